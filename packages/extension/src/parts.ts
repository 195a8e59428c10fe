/** What commands work with. */
import type * as vscode from 'vscode';
import type { Drafts } from './evaluate/drafts.ts';
import type { Evaluator } from './evaluate/evaluator.ts';
import type { RecordingsView } from './recordings/view.ts';
import type { ReportPanel } from './report/panel.ts';
import type { Server } from './server.ts';
import type { WorkspaceUri } from './workspaces.ts';

export interface Parts {
  readonly server: Server;
  readonly recordings: RecordingsView;
  readonly report: ReportPanel;
  readonly drafts: Drafts;
  readonly evaluator: Evaluator;
}

/** A command: the parts, and what the caller gave (a lens, a row of a view, or nothing). */
export type Command = (parts: Parts, argument: unknown) => Promise<void> | void;

/** Something that a person can mend; shown as it is. */
export class Told extends Error {}

/** The workspace that an argument names, else that of a document, else that of the active editor. */
export function workspaceFor(server: Server, argument: unknown, document?: vscode.Uri): WorkspaceUri {
  const workspace = named(argument, 'folder') ?? named(argument, 'workspace') ?? server.workspace(document);
  if (workspace === null) throw new Told('Open a folder first: Benchbook works on the policies of a folder.');
  return workspace;
}

/** A text member of whatever a caller gave. */
export function named(argument: unknown, member: string): string | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const value = (argument as Record<string, unknown>)[member];
  return typeof value === 'string' ? value : undefined;
}

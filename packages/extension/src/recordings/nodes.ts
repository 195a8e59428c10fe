/** Rows of the Recordings view as plain data. */
import type { AgentEntry, CallEntry, RecordingEntry, SessionEntry } from '@benchbook/model';
import type { WorkspaceUri } from '../workspaces.ts';

export type Node =
  | { readonly kind: 'workspace'; readonly workspace: WorkspaceUri }
  /** The registry of a workspace, where it has one. */
  | { readonly kind: 'agents'; readonly workspace: WorkspaceUri; readonly agents: readonly AgentEntry[] }
  | { readonly kind: 'agent'; readonly workspace: WorkspaceUri; readonly entry: AgentEntry }
  | { readonly kind: 'recording'; readonly workspace: WorkspaceUri; readonly entry: RecordingEntry }
  | { readonly kind: 'session'; readonly workspace: WorkspaceUri; readonly entry: SessionEntry }
  | { readonly kind: 'call'; readonly workspace: WorkspaceUri; readonly entry: CallEntry }
  /** Further calls of a session, fetched when the row is opened. */
  | {
      readonly kind: 'more';
      readonly workspace: WorkspaceUri;
      readonly session: SessionEntry;
      readonly from: number;
      readonly left: number;
    };

/** Stable, so that rows stay open when outcomes change. */
export function nodeId(node: Node): string {
  switch (node.kind) {
    case 'workspace':
      return JSON.stringify([node.workspace]);
    case 'agents':
      return JSON.stringify([node.workspace, 'agents', '', '', '']);
    case 'agent':
      return JSON.stringify([node.workspace, 'agents', '', '', '', node.entry.id]);
    case 'recording':
      return JSON.stringify([node.workspace, node.entry.file]);
    case 'session':
      return JSON.stringify([node.workspace, node.entry.file, node.entry.session]);
    case 'call':
      return JSON.stringify([node.workspace, node.entry.source.file, node.entry.session, node.entry.id]);
    case 'more':
      return JSON.stringify([node.workspace, node.session.file, node.session.session, '', node.from]);
  }
}

/** A call as commands get it from a row, or from elsewhere. */
export interface CallArgument {
  readonly workspace: WorkspaceUri;
  readonly entry: CallEntry;
}

export function isCallArgument(value: unknown): value is CallArgument {
  return (
    typeof value === 'object' &&
    value !== null &&
    'workspace' in value &&
    typeof value.workspace === 'string' &&
    'entry' in value &&
    typeof value.entry === 'object' &&
    value.entry !== null &&
    'source' in value.entry
  );
}

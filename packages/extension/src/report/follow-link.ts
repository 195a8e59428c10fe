import * as vscode from 'vscode';
import { findCall } from '../calls/find-call.ts';
import { fileUri, openCall } from '../calls/open-call.ts';
import type { Server } from '../server.ts';
import type { WorkspaceUri } from '../workspaces.ts';
import type { PageMessage } from './messages.ts';

/** Opens what a link of the report means, beside the report. Never rejects. */
export async function followLink(
  server: Server,
  workspace: WorkspaceUri,
  link: Exclude<PageMessage, { kind: 'ready' }>,
): Promise<void> {
  try {
    if (link.kind === 'call') {
      const entry = await findCall(server.ask, workspace, link.call);
      if (!entry) throw new Error(`Call ${link.call} is recorded no more.`);
      await openCall({ workspace, entry });
    } else {
      const place = new vscode.Position((link.line ?? 1) - 1, (link.column ?? 1) - 1);
      await vscode.window.showTextDocument(fileUri(workspace, link.file), {
        selection: new vscode.Range(place, place),
        viewColumn: vscode.ViewColumn.One,
      });
    }
  } catch (error) {
    void vscode.window.showWarningMessage(error instanceof Error ? error.message : String(error));
  }
}

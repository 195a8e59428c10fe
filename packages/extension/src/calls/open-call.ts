import * as vscode from 'vscode';
import type { CallArgument } from '../recordings/nodes.ts';
import type { WorkspaceUri } from '../workspaces.ts';

/** The URI of a file of a workspace; `path` with `/`. */
export function fileUri(workspace: WorkspaceUri, path: string): vscode.Uri {
  const root = vscode.Uri.parse(workspace);
  // The root of a virtual file system may come without its slash, and joins with nothing then.
  return vscode.Uri.joinPath(root.path === '' ? root.with({ path: '/' }) : root, ...path.split('/'));
}

/** Opens the recording at the line of the call. */
export async function openCall({ workspace, entry }: CallArgument): Promise<void> {
  const { file, line } = entry.source;
  const place = new vscode.Position(Math.max(0, (line ?? 1) - 1), 0);
  await vscode.window.showTextDocument(fileUri(workspace, file), {
    selection: new vscode.Range(place, place),
    preview: true,
    preserveFocus: true,
  });
}

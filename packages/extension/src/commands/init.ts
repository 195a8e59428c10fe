import * as vscode from 'vscode';
import { fileUri } from '../calls/open-call.ts';
import { type Command, workspaceFor } from '../parts.ts';

/** Writes what the server would start a workspace with, as far as the user wants it. Nothing is overwritten. */
export const init: Command = async ({ server }, argument) => {
  const folder = workspaceFor(server, argument);
  const files = await server.ask.scaffold({ folder });
  if (files.length === 0) {
    void vscode.window.showInformationMessage('Nothing is missing here: the workspace is complete.');
    return;
  }
  const picked = await vscode.window.showQuickPick(
    files.map((file) => ({ file, label: file.path, description: firstLine(file.text), picked: true })),
    { title: 'Initialise Workspace', placeHolder: 'Files to write', canPickMany: true },
  );
  if (!picked || picked.length === 0) return;
  const edit = new vscode.WorkspaceEdit();
  for (const { file } of picked)
    edit.createFile(fileUri(folder, file.path), {
      contents: new TextEncoder().encode(file.text),
      ignoreIfExists: true,
    });
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error('the files could not be written');
  const first = picked.find(({ file }) => !/\.(ya?ml|json)$/.test(file.path)) ?? picked[0]!;
  await vscode.window.showTextDocument(fileUri(folder, first.file.path), { preview: false });
};

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!.slice(0, 80);
}

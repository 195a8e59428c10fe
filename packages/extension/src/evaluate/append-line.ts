import * as vscode from 'vscode';
import { afterLastLine } from './last-line.ts';

/** Adds a line at the end of a file, made if it is not there, and saves it. Returns where the line begins. */
export async function appendLine(uri: vscode.Uri, line: string): Promise<vscode.Position> {
  const edit = new vscode.WorkspaceEdit();
  const document = await openIfThere(uri);
  if (!document) {
    edit.createFile(uri, { contents: new TextEncoder().encode(`${line}\n`), ignoreIfExists: false });
    await apply(edit);
    return new vscode.Position(0, 0);
  }
  const { offset, newText, lineStart } = afterLastLine(document.getText(), line);
  edit.insert(uri, document.positionAt(offset), newText);
  await apply(edit);
  await document.save();
  return document.positionAt(lineStart);
}

async function apply(edit: vscode.WorkspaceEdit): Promise<void> {
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error('the recording could not be written');
}

async function openIfThere(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    await vscode.workspace.fs.stat(uri);
  } catch {
    return undefined;
  }
  return vscode.workspace.openTextDocument(uri);
}

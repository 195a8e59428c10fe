import * as vscode from 'vscode';
import { baseParts } from '../base/base-uri.ts';
import { fileUri } from '../calls/open-call.ts';
import { type Command, Told, workspaceFor } from '../parts.ts';
import { isCallArgument } from '../recordings/nodes.ts';
import { nameOf, pathIn } from '../workspaces.ts';

/** Shows a policy file beside the one of the last commit: the active editor's, or the one a flip is laid to. */
export const compareWithBase: Command = async ({ server }, argument) => {
  const file = policyFile(argument) ?? vscode.window.activeTextEditor?.document.uri;
  if (!file) throw new Told('Open a policy file first.');
  const folder = workspaceFor(server, argument, file);
  const path = pathIn(folder, file.toString());
  if (path === null) throw new Told('This file lies in no open folder.');
  const base = await server.ask.baseText({ folder, path });
  if ('refused' in base) throw new Told(base.refused);
  const name = server.statuses.get(folder)?.base ?? 'HEAD';
  const before = vscode.Uri.from(baseParts(folder, path));
  await vscode.commands.executeCommand('vscode.diff', before, file, `${path} (${name} ↔ ${nameOf(folder)})`);
};

/** `file#name` is a policy's id. */
function policyFile(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  if (!isCallArgument(argument)) return undefined;
  const { workspace, entry } = argument;
  const policy = entry.because?.[0] ?? entry.determining[0];
  return policy === undefined ? undefined : fileUri(workspace, policy.slice(0, policy.lastIndexOf('#')));
}

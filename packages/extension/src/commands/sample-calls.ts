import * as vscode from 'vscode';
import { fileUri } from '../calls/open-call.ts';
import { type Command, Told, workspaceFor } from '../parts.ts';
import { readTools } from '../sample/read-tools.ts';
import { sampleCalls as callsFrom } from '../sample/sample-calls.ts';
import { count } from '../status/status-text.ts';
import type { WorkspaceUri } from '../workspaces.ts';

const FILE = 'traces/sample-calls.jsonl';
const MOST_FILES = 100;

/** Writes calls that are made up from the argument schemas of the workspace's tools. */
export const sampleCalls: Command = async ({ server }, argument) => {
  const folder = workspaceFor(server, argument);
  const tools = (await toolTexts(folder)).flatMap(([path, text]) => readTools(path, text));
  if (tools.length === 0)
    throw new Told(
      'No tool is declared here. Put the answer of an MCP server to tools/list into tools/NAME.json, then try again.',
    );
  const lines = callsFrom(tools, { agent: 'sample-agent', user: 'sample-user' });
  const uri = fileUri(folder, FILE);
  if (await isThere(uri)) {
    const replace = 'Replace';
    const answer = await vscode.window.showWarningMessage(
      `${FILE} is there already.`,
      { modal: true },
      replace,
    );
    if (answer !== replace) return;
  }
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, { contents: new TextEncoder().encode(`${lines.join('\n')}\n`), overwrite: true });
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error(`${FILE} could not be written`);
  const open = 'Open';
  const message = `${count(lines.length)} sample calls of ${count(tools.length)} tools are in ${FILE}.`;
  void vscode.window.showInformationMessage(message, open).then((answer) => {
    if (answer === open) void vscode.window.showTextDocument(uri);
  });
};

async function toolTexts(folder: WorkspaceUri): Promise<[path: string, text: string][]> {
  const pattern = new vscode.RelativePattern(vscode.Uri.parse(folder), 'tools/**/*.json');
  const files = await vscode.workspace.findFiles(pattern, undefined, MOST_FILES);
  const sorted = files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return Promise.all(
    sorted.map(async (uri) => [uri.path, new TextDecoder().decode(await vscode.workspace.fs.readFile(uri))]),
  );
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

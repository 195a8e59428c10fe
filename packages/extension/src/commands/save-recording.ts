import { OUTCOMES, type Outcome } from '@benchbook/model';
import * as vscode from 'vscode';
import { fileUri } from '../calls/open-call.ts';
import { appendLine } from '../evaluate/append-line.ts';
import { type Command, type Parts, Told } from '../parts.ts';
import { OUTCOME_ICONS } from '../status/status-text.ts';
import type { WorkspaceUri } from '../workspaces.ts';

const NEW_FILE = 'traces/expectations.jsonl';

/** Adds the edited copy in front to a recording, with the outcome that a reviewer expects of it. */
export const saveRecording: Command = async ({ server, drafts }) => {
  const current = drafts.current();
  if (!current) throw new Told('Open an edited copy of a recorded call first.');
  const { document, draft } = current;
  const folder = draft.workspace;
  const expect = await pickOutcome(server, folder, document.getText(), draft.after);
  if (expect === undefined) return;
  const line = await server.ask.callLine({ folder, text: document.getText(), expect });
  if ('refused' in line) throw new Told(line.refused);
  const path = await pickFile(server, folder);
  if (path === undefined) return;
  const uri = fileUri(folder, path);
  const place = await appendLine(uri, line.line);
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(place, place), preview: false });
};

/** What comes out now stands first. */
async function pickOutcome(
  server: Parts['server'],
  folder: WorkspaceUri,
  text: string,
  after: string | undefined,
): Promise<Outcome | undefined> {
  const result = await server.ask.evaluate(after === undefined ? { folder, text } : { folder, text, after });
  if ('refused' in result) throw new Told(result.refused);
  const now = result.evaluation.outcome;
  const outcomes = [now, ...OUTCOMES.filter((outcome) => outcome !== now)];
  const items = outcomes.map((outcome) => ({
    outcome,
    label: `$(${OUTCOME_ICONS[outcome]}) ${outcome}`,
    ...(outcome === now ? { description: 'what the policies decide now' } : {}),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Save as Recording with Expectation (1 of 2)',
    placeHolder: 'What should come out of this call?',
  });
  return picked?.outcome;
}

async function pickFile(server: Parts['server'], folder: WorkspaceUri): Promise<string | undefined> {
  const recordings = await server.ask.recordings({ folder, filter: {} });
  // A line of the native format can stand in native JSON Lines alone.
  const native = recordings.filter(({ file, format }) => format === 'native' && file.endsWith('.jsonl'));
  const files = native.map(({ file }) => ({ file, label: `$(file) ${file}` }));
  const another = { file: null, label: '$(new-file) Another file...' };
  const first = native.some(({ file }) => file === NEW_FILE)
    ? []
    : [{ file: NEW_FILE, label: `$(new-file) ${NEW_FILE}`, description: 'new' }];
  const picked = await vscode.window.showQuickPick([...first, ...files, another], {
    title: 'Save as Recording with Expectation (2 of 2)',
    placeHolder: 'Which recording is it added to?',
  });
  if (!picked) return undefined;
  if (picked.file !== null) return picked.file;
  return vscode.window.showInputBox({
    title: 'Recording',
    value: NEW_FILE,
    prompt: "Path in the workspace; JSON Lines in Benchbook's own format",
    validateInput: (path) =>
      /^(?!\/)(?!.*(^|\/)\.\.?(\/|$))[^\\]+\.jsonl$/.test(path)
        ? undefined
        : 'A path below the workspace that ends in .jsonl',
  });
}

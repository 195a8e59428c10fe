import type { CallEntry } from '@benchbook/model';
import * as vscode from 'vscode';
import { pickCall } from '../calls/pick-call.ts';
import { type Command, named, type Parts, workspaceFor } from '../parts.ts';
import { OUTCOME_ICONS } from '../status/status-text.ts';
import { pathIn, type WorkspaceUri } from '../workspaces.ts';
import { copyOf } from './evaluate-copy.ts';

/** Files with what a policy sees, offered at most. */
const MOST_INPUTS = 50;

interface Choice extends vscode.QuickPickItem {
  run(): Promise<void>;
}

/** Evaluates a draft at once; from anywhere else it asks what to evaluate. */
export const evaluate: Command = async (parts, argument) => {
  const isLens = named(argument, 'policy') !== undefined;
  const current = isLens ? undefined : parts.drafts.current();
  if (current) {
    const { document } = current;
    const { workspace, call, after } = current.draft;
    const name = `Edited copy of ${call}`;
    return parts.evaluator.show(workspace, { document, name, ...(after === undefined ? {} : { after }) });
  }
  const folder = workspaceFor(parts.server, argument);
  const choices = await choicesIn(parts, folder);
  const picked = await vscode.window.showQuickPick(choices, {
    title: 'Evaluate Now',
    placeHolder: 'What are the policies to decide on?',
    matchOnDescription: true,
  });
  await picked?.run();
};

async function choicesIn(parts: Parts, folder: WorkspaceUri): Promise<Choice[]> {
  const { server, evaluator } = parts;
  const chosen: CallEntry | null = server.statuses.get(folder)?.chosen ?? null;
  const pick = (title: string) => pickCall(server, folder, title, parts.recordings.filter);
  return [
    ...(chosen
      ? [
          {
            label: `$(${OUTCOME_ICONS[chosen.outcome]}) The chosen call`,
            description: `${chosen.tool} ${chosen.id}`,
            run: () => evaluator.show(folder, { call: chosen.id }),
          },
        ]
      : []),
    {
      label: '$(target) A recorded call...',
      description: 'as it was recorded',
      run: async () => {
        const call = await pick('Evaluate a recorded call');
        if (call) await evaluator.show(folder, { call: call.id });
      },
    },
    {
      label: '$(edit) An edited copy of a recorded call...',
      description: 'opens it in a new document',
      run: async () => {
        const call = chosen ?? (await pick('Copy a recorded call'));
        if (call) await copyOf(parts, folder, call);
      },
    },
    ...(await inputs(folder)).map((uri) => ({
      label: '$(json) File',
      description: pathIn(folder, uri.toString()) ?? uri.path,
      run: async () => {
        const document = await vscode.workspace.openTextDocument(uri);
        await evaluator.show(folder, { document, name: pathIn(folder, uri.toString()) ?? uri.path });
      },
    })),
  ];
}

/** Files named as such inputs are, and the JSON document in front. */
async function inputs(folder: WorkspaceUri): Promise<vscode.Uri[]> {
  const found = await vscode.workspace.findFiles(
    new vscode.RelativePattern(vscode.Uri.parse(folder), '**/{input.json,*.input.json}'),
    '**/node_modules/**',
    MOST_INPUTS,
  );
  const active = vscode.window.visibleTextEditors
    .map(({ document }) => document)
    .filter(({ languageId, uri }) => languageId === 'json' && uri.scheme !== 'untitled')
    .map(({ uri }) => uri);
  const all = new Map([...active, ...found].map((uri) => [uri.toString(), uri]));
  return [...all.values()].filter((uri) => pathIn(folder, uri.toString()) !== null);
}

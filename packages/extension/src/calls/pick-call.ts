import type { CallEntry, CallFilter } from '@benchbook/model';
import * as vscode from 'vscode';
import { filterText } from '../recordings/filter.ts';
import { callDescription } from '../recordings/labels.ts';
import type { Server } from '../server.ts';
import { count, OUTCOME_ICONS } from '../status/status-text.ts';
import type { WorkspaceUri } from '../workspaces.ts';
import { allCalls } from './all-calls.ts';

/** Lets a person pick a recorded call; undefined where none is picked, or there is none. */
export async function pickCall(
  server: Server,
  folder: WorkspaceUri,
  title: string,
  filter: CallFilter = {},
): Promise<CallEntry | undefined> {
  const found = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: 'Benchbook: reading recorded calls' },
    () => allCalls(server.ask, folder, filter),
  );
  const { calls, total } = found;
  const only = filterText(filter);
  if (total === 0) {
    void vscode.window.showInformationMessage(
      only === '' ? 'No recorded call is here yet.' : `No recorded call has: ${only}.`,
    );
    return undefined;
  }
  const items = calls.map((call) => ({
    call,
    label: `$(${OUTCOME_ICONS[call.outcome]}) ${call.tool}`,
    description: call.id,
    detail: callDescription(call),
  }));
  const some = calls.length < total ? `the first ${count(calls.length)} of ${count(total)}` : count(total);
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: `${some} recorded calls${only === '' ? '' : ` with ${only}`}: search by tool, id or argument`,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.call;
}

import * as vscode from 'vscode';
import { type Command, workspaceFor } from '../parts.ts';
import { OUTAGES } from '../report/outages.ts';

/** Plays an outage over the recordings and shows its time line in the report panel. */
export const simulateOutage: Command = async ({ server, report }, argument) => {
  const workspace = workspaceFor(server, argument);
  const picked = await vscode.window.showQuickPick([...OUTAGES], {
    title: 'Simulate an Outage',
    placeHolder: 'What the PDP is like for a third of the recorded time',
  });
  if (picked) report.show(workspace, picked.state);
};

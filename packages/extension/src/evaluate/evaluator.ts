import type { EvaluateParams } from '@benchbook/protocol';
import * as vscode from 'vscode';
import type { Server } from '../server.ts';
import type { WorkspaceUri } from '../workspaces.ts';
import type { Results } from './results.ts';

/** Milliseconds after the last key. */
const RENEW_AFTER = 300;

type Evaluated =
  | { readonly call: string }
  | { readonly document: vscode.TextDocument; readonly name: string; readonly after?: string };

/** Evaluates, shows the result beside, and renews it while the evaluated text or the policies change. */
export interface Evaluator extends vscode.Disposable {
  show(workspace: WorkspaceUri, what: Evaluated): Promise<void>;
}

export function evaluator(server: Server, results: Results): Evaluator {
  const shown = new Map<string, { readonly workspace: WorkspaceUri; readonly what: Evaluated }>();
  const keyOf = (what: Evaluated) => ('call' in what ? `call ${what.call}` : what.document.uri.toString());
  const nameOf = (what: Evaluated) => ('call' in what ? `Call ${what.call}` : what.name);

  function params(folder: WorkspaceUri, what: Evaluated): EvaluateParams {
    if ('call' in what) return { folder, call: what.call };
    const text = what.document.getText();
    return what.after === undefined ? { folder, text } : { folder, text, after: what.after };
  }

  async function renew(): Promise<void> {
    for (const [key, { workspace, what }] of shown) {
      if (!results.isShown(key)) shown.delete(key);
      else results.renew(key, nameOf(what), await server.ask.evaluate(params(workspace, what)));
    }
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  function renewSoon(): void {
    if (shown.size === 0) return;
    clearTimeout(timer);
    // While the server restarts there is nothing to renew with; the next status comes back here.
    timer = setTimeout(() => void renew().catch(() => {}), RENEW_AFTER);
  }

  const listening = vscode.Disposable.from(
    server.onStatus(renewSoon),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (shown.has(document.uri.toString())) renewSoon();
    }),
  );

  return {
    async show(workspace, what) {
      const result = await server.ask.evaluate(params(workspace, what));
      shown.set(keyOf(what), { workspace, what });
      await results.show(keyOf(what), nameOf(what), result);
    },
    dispose() {
      clearTimeout(timer);
      listening.dispose();
    },
  };
}

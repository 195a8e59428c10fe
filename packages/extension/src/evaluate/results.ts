import type { EvaluateResult } from '@benchbook/protocol';
import * as vscode from 'vscode';
import { resultText } from './result-text.ts';

const SCHEME = 'benchbook-evaluation';

/** Shows evaluations as a preview of a document that nobody can edit; evaluating again renews it. */
export interface Results extends vscode.Disposable {
  /** `key` is the same for evaluations that replace each other. */
  show(key: string, what: string, result: EvaluateResult): Promise<void>;
  /** Renews what is shown under a key already; brings nothing to the front. */
  renew(key: string, what: string, result: EvaluateResult): void;
  isShown(key: string): boolean;
}

export function results(): Results {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const uriOf = (key: string) => vscode.Uri.from({ scheme: SCHEME, path: '/Evaluation.md', query: key });

  const listening = vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: ({ query }) => texts.get(query) ?? 'Evaluate again to see the result.\n',
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === SCHEME) texts.delete(uri.query);
    }),
  );

  function put(key: string, what: string, result: EvaluateResult): void {
    texts.set(key, resultText(what, result));
    changed.fire(uriOf(key));
  }

  return {
    isShown: (key) => texts.has(key),
    renew: put,
    async show(key, what, result) {
      const isNew = !texts.has(key);
      const editor = vscode.window.activeTextEditor;
      put(key, what, result);
      const uri = uriOf(key);
      if (isNew) await vscode.workspace.openTextDocument(uri);
      try {
        await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
        // Whoever evaluates goes on typing.
        if (editor?.viewColumn) await vscode.window.showTextDocument(editor.document, editor.viewColumn);
      } catch {
        // The Markdown extension may be off.
        await vscode.window.showTextDocument(uri, {
          viewColumn: vscode.ViewColumn.Beside,
          preserveFocus: true,
        });
      }
    },
    dispose: () => listening.dispose(),
  };
}

/** Edited copies of recorded calls, in documents that are nowhere saved yet. */
import * as vscode from 'vscode';
import { setContext } from '../context.ts';
import type { WorkspaceUri } from '../workspaces.ts';

export interface Draft {
  readonly workspace: WorkspaceUri;
  /** The recorded call that it is a copy of. */
  readonly call: string;
  /** The call before it in its session. */
  readonly after?: string;
}

export interface Drafts extends vscode.Disposable {
  /** Opens a copy in a new document. */
  open(draft: Draft, text: string): Promise<vscode.TextDocument>;
  /** The draft in front, else the one beside it (the result of an evaluation may have the focus). */
  current(): { readonly document: vscode.TextDocument; readonly draft: Draft } | undefined;
}

export function drafts(): Drafts {
  const open = new Map<string, Draft>();
  const lensChanged = new vscode.EventEmitter<void>();
  const current: Drafts['current'] = () => {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    for (const { document } of activeTextEditor ? [activeTextEditor] : visibleTextEditors) {
      const draft = open.get(document.uri.toString());
      if (draft) return { document, draft };
    }
    return undefined;
  };
  const tellMenus = () => {
    setContext('isDraft', current() !== undefined);
  };
  const listening = vscode.Disposable.from(
    lensChanged,
    vscode.window.onDidChangeActiveTextEditor(tellMenus),
    vscode.window.onDidChangeVisibleTextEditors(tellMenus),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (open.delete(uri.toString())) tellMenus();
    }),
    vscode.languages.registerCodeLensProvider(
      { scheme: 'untitled', language: 'json' },
      {
        onDidChangeCodeLenses: lensChanged.event,
        provideCodeLenses(document) {
          if (!open.has(document.uri.toString())) return [];
          const top = new vscode.Range(0, 0, 0, 0);
          return [
            new vscode.CodeLens(top, { title: '$(play) Evaluate Now', command: 'benchbook.evaluate' }),
            new vscode.CodeLens(top, {
              title: '$(save) Save as Recording with Expectation',
              command: 'benchbook.saveRecording',
            }),
          ];
        },
      },
    ),
  );
  return {
    async open(draft, text) {
      const document = await vscode.workspace.openTextDocument({ language: 'json', content: text });
      open.set(document.uri.toString(), draft);
      await vscode.window.showTextDocument(document, { preview: false });
      lensChanged.fire();
      tellMenus();
      return document;
    },
    current,
    dispose: () => listening.dispose(),
  };
}

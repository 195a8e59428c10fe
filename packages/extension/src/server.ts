/** The language server as everything else in the extension sees it. */
import { METHODS, type StatusParams } from '@benchbook/protocol';
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type Requests, requests } from './client/requests.ts';
import { type WorkspaceUri, workspaceOf } from './workspaces.ts';

export interface Server {
  readonly ask: Requests;
  /** Latest status by workspace, as far as it is known. */
  readonly statuses: ReadonlyMap<WorkspaceUri, StatusParams>;
  /** A status came, or workspaces came or went. */
  readonly onStatus: vscode.Event<void>;
  /** The workspace of a document, else of the active editor, else the first; null where none is open. */
  workspace(document?: vscode.Uri): WorkspaceUri | null;
  workspaces(): readonly WorkspaceUri[];
  /** Asks for workspaces and their status; after the start and where files came that make a workspace. */
  refresh(): Promise<void>;
  restart(): Promise<void>;
  showOutput(): void;
  dispose(): Promise<void>;
}

export function serve(client: BaseLanguageClient): Server {
  const statuses = new Map<WorkspaceUri, StatusParams>();
  let known: readonly WorkspaceUri[] = [];
  const changed = new vscode.EventEmitter<void>();
  const ask = requests({ sendRequest: (method, params, token) => client.sendRequest(method, params, token) });

  async function refresh(): Promise<void> {
    known = await ask.folders();
    for (const workspace of statuses.keys()) if (!known.includes(workspace)) statuses.delete(workspace);
    await Promise.all(
      known.map(async (folder) => {
        const status = await ask.status({ folder });
        if (status) statuses.set(status.folder, status);
      }),
    );
    changed.fire();
  }
  /** Where nobody waits: the server may just be going, and says so itself. */
  const refreshSoon = () => void refresh().catch((error: unknown) => client.warn(String(error)));

  const manifests = vscode.workspace.createFileSystemWatcher('**/benchbook.yaml', false, true, false);
  const listening = [
    client.onNotification(METHODS.status, (status: StatusParams) => {
      statuses.set(status.folder, status);
      if (known.includes(status.folder)) changed.fire();
      else refreshSoon();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(refreshSoon),
    manifests.onDidCreate(refreshSoon),
    manifests.onDidDelete(refreshSoon),
    manifests,
    changed,
  ];

  const server: Server = {
    ask,
    statuses,
    refresh,
    onStatus: changed.event,
    workspaces: () => known,
    workspace(document) {
      const wanted = document ?? vscode.window.activeTextEditor?.document.uri;
      return (wanted && workspaceOf(wanted.toString(), known)) ?? known[0] ?? null;
    },
    async restart() {
      statuses.clear();
      changed.fire();
      // A server that could not start has nothing to stop.
      if (client.needsStop()) await client.stop();
      await client.start();
      await refresh();
    },
    showOutput: () => client.outputChannel.show(true),
    async dispose() {
      for (const one of listening) one.dispose();
      await client.dispose(5000);
    },
  };
  return server;
}

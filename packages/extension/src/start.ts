/** What the extension does in both hosts, once there is a language client. */
import { METHODS } from '@benchbook/protocol';
import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { DidChangeConfigurationNotification } from 'vscode-languageclient';
import { baseDocuments } from './base/base-documents.ts';
import { clientOptions } from './client/client-options.ts';
import { filesForServer } from './client/files-for-server.ts';
import { registerCommands } from './commands/index.ts';
import { setContext } from './context.ts';
import { drafts } from './evaluate/drafts.ts';
import { evaluator } from './evaluate/evaluator.ts';
import { results } from './evaluate/results.ts';
import { recordingsView } from './recordings/view.ts';
import { reportPanel } from './report/panel.ts';
import { serve } from './server.ts';
import { statusBar } from './status/status-bar.ts';
import { testExplorer } from './tests/controller.ts';

/** What differs between the hosts. */
export interface Host {
  /** The server cannot read files itself, whatever the folders. */
  readonly needsFiles: boolean;
  /** URLs of the engines' assets and of the inner worker, where the server cannot tell by itself. */
  readonly urls?: { readonly assets: string; readonly worker: string };
  connect(options: LanguageClientOptions): BaseLanguageClient;
}

/** Resolves to what ends it again, when the server answers. */
export async function start(context: vscode.ExtensionContext, host: Host): Promise<() => Promise<void>> {
  const output = vscode.window.createOutputChannel('Benchbook', { log: true });
  const folders = vscode.workspace.workspaceFolders ?? [];
  const options = clientOptions(output, {
    trusted: vscode.workspace.isTrusted,
    filesFromClient: host.needsFiles || folders.some(({ uri }) => uri.scheme !== 'file'),
    ...host.urls,
  });
  const client = host.connect(options);
  const files = filesForServer();
  const server = serve(client);
  const shown = results();
  const parts = {
    server,
    recordings: recordingsView(server),
    report: reportPanel(server, context.extensionUri),
    drafts: drafts(),
    evaluator: evaluator(server, shown),
  };
  /** The server asks for what it needs. */
  const tellSettings = () =>
    void client.sendNotification(DidChangeConfigurationNotification.type, { settings: null }).catch(() => {});
  context.subscriptions.push(
    output,
    client.onRequest(METHODS.listFiles, files.list),
    client.onRequest(METHODS.readFile, files.read),
    shown,
    parts.recordings,
    parts.report,
    parts.drafts,
    parts.evaluator,
    registerCommands(parts),
    baseDocuments(server),
    statusBar(server),
    testExplorer(server),
    vscode.extensions.onDidChange(tellSettings),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('benchbook')) tellSettings();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      options.initializationOptions = { ...options.initializationOptions, trusted: true };
      void server.restart();
    }),
  );
  try {
    await client.start();
    await server.refresh();
  } catch (error) {
    output.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    const message = error instanceof Error ? error.message : String(error);
    const show = 'Show Output';
    void vscode.window.showErrorMessage(`Benchbook could not start: ${message}`, show).then((answer) => {
      if (answer === show) output.show();
    });
  }
  setContext('ready', true);
  return () => server.dispose();
}

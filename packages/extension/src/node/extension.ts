/** Entry in the Node extension host: the server is a process of its own. */
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { start } from '../start.ts';

let stop: (() => Promise<void>) | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const module = vscode.Uri.joinPath(context.extensionUri, 'dist', 'server', 'node-main.js').fsPath;
  stop = await start(context, {
    needsFiles: false,
    connect: (options) =>
      // Run by the editor's own Node (`process.execPath`, as Node where that is Electron): nothing is to be installed.
      new LanguageClient('benchbook', 'Benchbook', { module, transport: TransportKind.stdio }, options),
  });
}

export async function deactivate(): Promise<void> {
  await stop?.();
}

/** Entry in the web extension host: the server is a Web Worker. */
import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { start } from '../start.ts';

let stop: (() => Promise<void>) | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const url = (...path: string[]) =>
    vscode.Uri.joinPath(context.extensionUri, 'dist', ...path).toString(true);
  stop = await start(context, {
    needsFiles: true,
    urls: { assets: url('assets'), worker: url('server', 'browser-worker.js') },
    connect: (options) =>
      new LanguageClient(
        'benchbook',
        'Benchbook',
        // A function, so that a restart gets a new worker.
        async () => new Worker(url('server', 'browser-main.js'), { name: 'Benchbook' }),
        options,
      ),
  });
}

export async function deactivate(): Promise<void> {
  await stop?.();
}

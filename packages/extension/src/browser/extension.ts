/** Entry in the web extension host: the server is a Web Worker. */
import * as vscode from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
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
        // A function, so that a restart gets a new worker. Both ends of it are given, since the host's `Worker` is not
        // the class of the workers that it makes, and the client would not know it for one.
        async () => {
          const worker = new Worker(url('server', 'browser-main.js'), { name: 'Benchbook' });
          return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
        },
        options,
      ),
  });
}

export async function deactivate(): Promise<void> {
  await stop?.();
}

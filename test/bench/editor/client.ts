import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { METHODS, type StatusParams } from '@benchbook/protocol';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import type { EditorWorkspace } from './workspace.ts';

/** The built language server in a process of its own, seen as an editor sees it. */
export interface EditorClient {
  /** Milliseconds from starting the process to the answer to `initialize`. */
  readonly readyMs: number;
  /** Milliseconds from the change of the whole text to the diagnostics of that version. */
  change(text: string): Promise<number>;
  /** The next state of the preview that `wanted` takes; its time by `performance.now()`. */
  status(wanted: (status: StatusParams) => boolean): Promise<number>;
  /** Milliseconds that a completion took. */
  complete(line: number, character: number): Promise<number>;
  /** Megabytes of resident memory, now. */
  memory(): number;
  stop(): Promise<void>;
}

/** Starts `benchbook lsp --stdio` on a workspace and opens its policy file. */
export async function startEditor(workspace: EditorWorkspace): Promise<EditorClient> {
  const started = performance.now();
  const child = spawn(process.execPath, ['packages/cli/bin/benchbook.js', 'lsp', '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout!),
    new StreamMessageWriter(child.stdin!),
  );
  const uri = pathToFileURL(`${workspace.root}/${workspace.path}`).href;
  const statuses = listen<StatusParams>(connection, METHODS.status);
  const diagnostics = listen<{ uri: string; version?: number }>(
    connection,
    'textDocument/publishDiagnostics',
  );
  for (const method of [
    'client/registerCapability',
    'workspace/inlayHint/refresh',
    'workspace/codeLens/refresh',
  ])
    connection.onRequest(method, () => null);
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => null));
  connection.listen();
  const folder = pathToFileURL(workspace.root).href;
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: folder,
    workspaceFolders: [{ uri: folder, name: 'bench' }],
    capabilities: {
      textDocument: { publishDiagnostics: { versionSupport: true } },
      workspace: { inlayHint: { refreshSupport: true }, codeLens: { refreshSupport: true } },
    },
  });
  const readyMs = performance.now() - started;
  void connection.sendNotification('initialized', {});
  let version = 1;
  void connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: '', version, text: workspace.text },
  });
  return {
    readyMs,
    async change(text) {
      version++;
      const own = version;
      const sent = performance.now();
      const told = diagnostics((params) => params.uri === uri && params.version === own);
      void connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      });
      return (await told) - sent;
    },
    status: statuses,
    async complete(line, character) {
      const sent = performance.now();
      await connection.sendRequest('textDocument/completion', {
        textDocument: { uri },
        position: { line, character },
      });
      return performance.now() - sent;
    },
    memory: () => residentMegabytes(child),
    async stop() {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      await new Promise((resolve) => child.once('exit', resolve));
    },
  };
}

/** Gives a function that waits for the next notification that is wanted. */
function listen<Params>(connection: MessageConnection, method: string) {
  const waiting = new Set<{ wanted: (params: Params) => boolean; resolve: (at: number) => void }>();
  connection.onNotification(method, (params: Params) => {
    const now = performance.now();
    for (const one of waiting)
      if (one.wanted(params)) {
        waiting.delete(one);
        one.resolve(now);
      }
  });
  return (wanted: (params: Params) => boolean): Promise<number> =>
    new Promise((resolve) => waiting.add({ wanted, resolve }));
}

/** Of a process and nothing else: Linux tells it under `/proc`. */
function residentMegabytes({ pid }: ChildProcess): number {
  const line = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? Number.NaN) / 1024;
}

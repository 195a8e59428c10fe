import { textDocument } from '@benchbook/model';
import {
  type ClientCapabilities,
  createMessageConnection,
  type Diagnostic,
  type InitializeResult,
  type ShowMessageParams,
} from 'vscode-languageserver-protocol/node';
import { EVERYTHING } from './capabilities.ts';
import type { Transport } from './transport.ts';

export interface LspOptions {
  /** URIs; the first is the root of paths. */
  readonly folders: readonly string[];
  readonly initializationOptions?: unknown;
  /** Default: what VS Code can. */
  readonly capabilities?: ClientCapabilities;
  /** Answers `workspace/configuration`. */
  readonly settings?: unknown;
  /** Answers other requests of the server, by method. */
  readonly answers?: { readonly [method: string]: (params: never) => unknown };
}

/** A client as an editor is one: it holds documents, and keeps what the server sends. */
export interface LspClient {
  readonly initialized: InitializeResult;
  uri(path: string): string;
  open(path: string, text: string, languageId?: string): Promise<void>;
  /** Replaces the part of the document between two offsets. */
  edit(path: string, start: number, end: number, text: string): Promise<void>;
  close(path: string): Promise<void>;
  text(path: string): string;
  version(path: string): number;
  request<Result>(method: string, params?: unknown): Promise<Result>;
  /** A request about an open document, at an offset. */
  at<Result>(method: string, path: string, offset: number, more?: object): Promise<Result>;
  notify(method: string, params?: unknown): Promise<void>;
  /** What was published last. */
  diagnostics(path: string): { readonly version?: number; readonly diagnostics: readonly Diagnostic[] };
  readonly messages: readonly ShowMessageParams[];
  /** Requests and notifications of the server, in order. */
  readonly received: readonly { readonly method: string; readonly params: unknown }[];
  /** Resolves when `check` holds, which is tried whenever something comes; rejects after `ms` (10,000). */
  until(check: () => boolean, what: string, ms?: number): Promise<void>;
  set(settings: unknown): Promise<void>;
  /** `shutdown` and `exit`. */
  stop(): Promise<void>;
}

/** Connects, initializes, and answers what servers ask. */
export async function startLspClient({ reader, writer }: Transport, options: LspOptions): Promise<LspClient> {
  const connection = createMessageConnection(reader, writer);
  const documents = new Map<string, { readonly text: string; readonly version: number }>();
  const published = new Map<
    string,
    { readonly version?: number; readonly diagnostics: readonly Diagnostic[] }
  >();
  const messages: ShowMessageParams[] = [];
  const received: { readonly method: string; readonly params: unknown }[] = [];
  const waiting = new Set<() => void>();
  let { settings } = options;
  const root = options.folders[0] ?? 'file:///nowhere';
  const uri = (path: string) => `${root}/${path.split('/').map(encodeURIComponent).join('/')}`;
  const arrived = (method: string, params: unknown) => {
    received.push({ method, params });
    for (const look of waiting) look();
  };

  connection.onNotification((method, params) => {
    if (method === 'textDocument/publishDiagnostics') {
      const { uri: of, ...rest } = params as unknown as {
        readonly uri: string;
        readonly diagnostics: Diagnostic[];
      };
      published.set(of, rest);
    } else if (method === 'window/showMessage') messages.push(params as unknown as ShowMessageParams);
    arrived(method, params);
  });
  connection.onRequest((method, params) => {
    arrived(method, params);
    if (method === 'workspace/configuration') return [settings ?? null];
    return options.answers?.[method]?.(params as never) ?? null;
  });
  connection.listen();
  const initialized = await connection.sendRequest<InitializeResult>('initialize', {
    processId: null,
    rootUri: root,
    capabilities: options.capabilities ?? EVERYTHING,
    workspaceFolders: options.folders.map((folder) => ({ uri: folder, name: folder })),
    initializationOptions: options.initializationOptions,
  });
  await connection.sendNotification('initialized', {});

  const documentAt = (path: string) => {
    const document = documents.get(path);
    if (!document) throw new Error(`${path} is not open`);
    return document;
  };
  const positionIn = (text: string, offset: number) => {
    const { line, column } = textDocument(text).lineColumn(offset);
    return { line: line - 1, character: column - 1 };
  };

  return {
    initialized,
    uri,
    messages,
    received,
    async open(path, text, languageId = path.slice(path.lastIndexOf('.') + 1)) {
      documents.set(path, { text, version: 1 });
      await connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri: uri(path), languageId, version: 1, text },
      });
    },
    async edit(path, start, end, text) {
      const before = documentAt(path);
      const version = before.version + 1;
      documents.set(path, { text: before.text.slice(0, start) + text + before.text.slice(end), version });
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: uri(path), version },
        contentChanges: [
          { range: { start: positionIn(before.text, start), end: positionIn(before.text, end) }, text },
        ],
      });
    },
    async close(path) {
      documents.delete(path);
      await connection.sendNotification('textDocument/didClose', { textDocument: { uri: uri(path) } });
    },
    text: (path) => documentAt(path).text,
    version: (path) => documentAt(path).version,
    request: (method, params) => connection.sendRequest(method, params),
    at: (method, path, offset, more = {}) =>
      connection.sendRequest(method, {
        textDocument: { uri: uri(path) },
        position: positionIn(documentAt(path).text, offset),
        ...more,
      }),
    notify: (method, params) => connection.sendNotification(method, params),
    diagnostics: (path) => published.get(uri(path)) ?? { diagnostics: [] },
    until(check, what, ms = 10_000) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`waited ${ms} ms for ${what}`));
        }, ms);
        function look(): void {
          if (!check()) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve();
        }
        waiting.add(look);
        look();
      });
    },
    async set(next) {
      settings = next;
      await connection.sendNotification('workspace/didChangeConfiguration', { settings: next });
    },
    async stop() {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      connection.dispose();
    },
  };
}

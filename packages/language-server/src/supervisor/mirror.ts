import { type ChooseCallParams, METHODS } from '@benchbook/protocol';
import type {
  DidChangeTextDocumentParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
  InitializeParams,
  Message,
  NotificationMessage,
  RequestMessage,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';

interface FolderEvent {
  readonly event: {
    readonly added: readonly { readonly uri: string; readonly name: string }[];
    readonly removed: readonly { readonly uri: string }[];
  };
}

/** What a client has told a server so far, as far as a new server must be told it again. */
export interface Mirror {
  /** Takes note of a message of the client. */
  note(message: Message): void;
  /** The client's `initialize`, with the folders as they are now; null before it came. */
  initialize(): RequestMessage | null;
  /** What follows it: notifications, and requests whose answers nobody waits for (their ids start with `idPrefix`). */
  replay(idPrefix: string): readonly Message[];
}

const notification = (method: string, params: object): NotificationMessage => ({
  jsonrpc: '2.0',
  method,
  params,
});

export function createMirror(): Mirror {
  const documents = new Map<string, TextDocument>();
  const chosen = new Map<string, ChooseCallParams>();
  let initialize: RequestMessage | null = null;
  let isInitialized = false;
  let settings: NotificationMessage | null = null;

  /** By method: what is remembered of it. */
  const notes: { readonly [method: string]: (params: never, message: Message) => void } = {
    initialize(_params, message) {
      initialize = message as RequestMessage;
    },
    initialized() {
      isInitialized = true;
    },
    'workspace/didChangeConfiguration'(_params, message) {
      settings = message as NotificationMessage;
    },
    'workspace/didChangeWorkspaceFolders'({ event }: FolderEvent) {
      if (!initialize) return;
      const params = initialize.params as InitializeParams;
      const gone = new Set(event.removed.map(({ uri }) => uri));
      const kept = (params.workspaceFolders ?? []).filter(({ uri }) => !gone.has(uri));
      initialize = { ...initialize, params: { ...params, workspaceFolders: [...kept, ...event.added] } };
    },
    'textDocument/didOpen'({ textDocument: { uri, languageId, version, text } }: DidOpenTextDocumentParams) {
      documents.set(uri, TextDocument.create(uri, languageId, version, text));
    },
    'textDocument/didChange'({
      textDocument: { uri, version },
      contentChanges,
    }: DidChangeTextDocumentParams) {
      const document = documents.get(uri);
      if (document) documents.set(uri, TextDocument.update(document, contentChanges, version));
    },
    'textDocument/didClose'({ textDocument: { uri } }: DidCloseTextDocumentParams) {
      documents.delete(uri);
    },
    [METHODS.chooseCall](params: ChooseCallParams) {
      chosen.set(params.folder, params);
    },
  };

  return {
    note(message) {
      const { method, params } = message as NotificationMessage;
      if (typeof method === 'string' && Object.hasOwn(notes, method))
        notes[method]?.(params as never, message);
    },
    initialize: () => initialize,
    replay: (idPrefix) => [
      ...(isInitialized ? [notification('initialized', {})] : []),
      ...(settings ? [settings] : []),
      ...[...documents.values()].map((document) =>
        notification('textDocument/didOpen', {
          textDocument: {
            uri: document.uri,
            languageId: document.languageId,
            version: document.version,
            text: document.getText(),
          },
        }),
      ),
      ...[...chosen.values()].map(
        (params, index): RequestMessage => ({
          jsonrpc: '2.0',
          id: `${idPrefix}${index}`,
          method: METHODS.chooseCall,
          params,
        }),
      ),
    ],
  };
}

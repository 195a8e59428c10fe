import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { placeOfUri } from './uri.ts';

/** The open documents, as the client has them. */
export interface Documents {
  open(uri: string, languageId: string, version: number, text: string): TextDocument;
  /** null where the document is not open. */
  change(
    uri: string,
    version: number,
    changes: readonly TextDocumentContentChangeEvent[],
  ): TextDocument | null;
  close(uri: string): void;
  /** By any way of writing its URI. */
  get(uri: string): TextDocument | undefined;
  /** By place (see `placeOfUri`). */
  at(place: string): TextDocument | undefined;
  /** With their places. */
  all(): Iterable<readonly [string, TextDocument]>;
}

export function createDocuments(): Documents {
  const open = new Map<string, TextDocument>();
  const keyOf = (uri: string) => placeOfUri(uri) ?? uri;
  return {
    open(uri, languageId, version, text) {
      const document = TextDocument.create(uri, languageId, version, text);
      open.set(keyOf(uri), document);
      return document;
    },
    change(uri, version, changes) {
      const document = open.get(keyOf(uri));
      return document ? TextDocument.update(document, [...changes], version) : null;
    },
    close(uri) {
      open.delete(keyOf(uri));
    },
    get: (uri) => open.get(keyOf(uri)),
    at: (place) => open.get(place),
    all: () => open,
  };
}

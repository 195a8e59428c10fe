import type { LanguageService, ServiceEvent, ServicePorts } from '@benchbook/language-service';
import type { TextRange } from '@benchbook/model';
import type { Location } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { rangeOf } from '../convert/range.ts';
import type { Documents } from '../documents.ts';
import type { RootPorts } from '../platform.ts';
import { uriBelow } from '../uri.ts';

/** A folder that is a workspace of its own, with its language service. */
export interface Root {
  /** As clients name it. */
  readonly uri: string;
  /** See `placeOfUri`. */
  readonly place: string;
  readonly service: LanguageService;
  /** The client's own URI where the file is open. */
  uriOf(path: string): string;
  isOpen(path: string): boolean;
  /** The text that positions of a file belong to; null where there is none. */
  document(path: string): Promise<TextDocument | null>;
  /** null where the file is not there. */
  locate(path: string, range: TextRange): Promise<Location | null>;
  dispose(): void;
}

export interface RootOptions {
  readonly uri: string;
  readonly place: string;
  readonly ports: ServicePorts;
  readonly outside: RootPorts;
  readonly documents: Documents;
  createService(ports: ServicePorts): LanguageService;
  onEvent(root: Root, event: ServiceEvent): void;
}

export function openRoot({ uri, place, ports, outside, documents, ...options }: RootOptions): Root {
  const service = options.createService(ports);
  const stopListening = service.on((event) => options.onEvent(root, event));
  const root: Root = {
    uri,
    place,
    service,
    uriOf: (path) => documents.at(`${place}/${path}`)?.uri ?? uriBelow(uri, path),
    isOpen: (path) => documents.at(`${place}/${path}`) !== undefined,
    async document(path) {
      const open = documents.at(`${place}/${path}`);
      if (open) return open;
      const text = await service.text(path);
      return text === null ? null : TextDocument.create(uriBelow(uri, path), '', 0, text);
    },
    async locate(path, range) {
      const document = await root.document(path);
      return document && { uri: document.uri, range: rangeOf(document, range) };
    },
    dispose() {
      stopListening();
      service.dispose();
      outside.dispose();
    },
  };
  return root;
}

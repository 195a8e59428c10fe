import type { DocumentSymbol as ModelSymbol } from '@benchbook/model';
import type {
  DocumentSymbol,
  DocumentSymbolParams,
  SymbolInformation,
  WorkspaceSymbolParams,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ServerContext } from '../context.ts';
import { SYMBOL_KINDS } from '../convert/kinds.ts';
import { rangeOf } from '../convert/range.ts';
import type { Target } from './answer.ts';

export async function documentSymbols(
  { root, path, document }: Target,
  _params: DocumentSymbolParams,
  { client }: ServerContext,
): Promise<DocumentSymbol[] | SymbolInformation[]> {
  const found = await root.service.symbols(path);
  return client.nestedSymbols
    ? found.map((symbol) => nested(document, symbol))
    : found.flatMap((symbol) => flat(document, symbol));
}

function nested(document: TextDocument, symbol: ModelSymbol): DocumentSymbol {
  return {
    // Clients refuse an answer with an empty name in it.
    name: symbol.name || '…',
    detail: symbol.detail,
    kind: SYMBOL_KINDS[symbol.kind],
    range: rangeOf(document, symbol.range),
    selectionRange: rangeOf(document, symbol.selection),
    children: symbol.children.map((child) => nested(document, child)),
  };
}

function flat(document: TextDocument, symbol: ModelSymbol, container?: string): SymbolInformation[] {
  return [
    {
      name: symbol.name || '…',
      kind: SYMBOL_KINDS[symbol.kind],
      location: { uri: document.uri, range: rangeOf(document, symbol.range) },
      ...(container !== undefined && { containerName: container }),
    },
    ...symbol.children.flatMap((child) => flat(document, child, symbol.name)),
  ];
}

/** Of all workspaces that are open. */
export async function workspaceSymbols(
  { query }: WorkspaceSymbolParams,
  { folders }: ServerContext,
): Promise<SymbolInformation[]> {
  const answers = await Promise.all(
    [...folders.roots()].map(async (root) =>
      Promise.all(
        (await root.service.workspaceSymbols(query)).map(async ({ file, range, name, detail, kind }) => {
          const location = await root.locate(file, range);
          return location && { name, kind: SYMBOL_KINDS[kind], location, containerName: detail };
        }),
      ),
    ),
  );
  return answers.flat().filter((symbol) => symbol !== null);
}

import type { Location as ModelLocation } from '@benchbook/model';
import type {
  DefinitionParams,
  DocumentHighlight,
  DocumentHighlightParams,
  Location,
  ReferenceParams,
} from 'vscode-languageserver';
import { HIGHLIGHT_KINDS } from '../convert/kinds.ts';
import { rangeOf } from '../convert/range.ts';
import type { Root } from '../folders/root.ts';
import type { Target } from './answer.ts';

export async function definition(
  { root, path, document }: Target,
  { position }: DefinitionParams,
): Promise<Location[]> {
  return locations(root, await root.service.definition(path, document.offsetAt(position)));
}

export async function references(
  { root, path, document }: Target,
  { position, context }: ReferenceParams,
): Promise<Location[]> {
  const offset = document.offsetAt(position);
  return locations(root, await root.service.references(path, offset, context.includeDeclaration));
}

export async function highlights(
  { root, path, document }: Target,
  { position }: DocumentHighlightParams,
): Promise<DocumentHighlight[]> {
  const found = await root.service.highlights(path, document.offsetAt(position));
  return found.map(({ range, kind }) => ({ range: rangeOf(document, range), kind: HIGHLIGHT_KINDS[kind] }));
}

async function locations(root: Root, found: readonly ModelLocation[]): Promise<Location[]> {
  const located = await Promise.all(found.map(({ file, range }) => root.locate(file, range)));
  return located.filter((location) => location !== null);
}

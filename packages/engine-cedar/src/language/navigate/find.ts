import type { DocumentHighlight, Location } from '@benchbook/model';
import { holds, inFile, placeAt } from '../place.ts';
import type { LanguageWorkspace } from '../workspace.ts';
import { allOccurrences, type Occurrence, occurrencesIn } from './occurrences.ts';

/** The name at a place; null where none stands. */
export function occurrenceAt(workspace: LanguageWorkspace, path: string, offset: number): Occurrence | null {
  const file = workspace.file(path);
  if (!file) return null;
  let best: Occurrence | null = null;
  for (const one of nearby(workspace, path, offset) ?? occurrencesIn(workspace, file, null))
    if (holds(one.range, offset)) best = one;
  return best;
}

/** Of a policy file, only the names of the piece at hand. */
function nearby(workspace: LanguageWorkspace, path: string, offset: number): Occurrence[] | null {
  const place = placeAt(workspace, path, offset);
  if (!place) return null;
  const file = workspace.file(path)!;
  const only = { text: place.piece.text, pieces: [place.piece], starts: [place.start] };
  return [...occurrencesIn(workspace, file, null, only)];
}

/** Where the name at a place is declared: types, actions, entities, policies, attributes. */
export function definition(workspace: LanguageWorkspace, path: string, offset: number): readonly Location[] {
  const at = occurrenceAt(workspace, path, offset);
  if (at)
    return allOccurrences(workspace, at)
      .filter(({ defines }) => defines)
      .map(({ file, range }) => ({ file, range }));
  return attributePlaces(workspace, path, offset);
}

/** Declarations of the attribute at a place. */
function attributePlaces(workspace: LanguageWorkspace, path: string, offset: number): readonly Location[] {
  const place = placeAt(workspace, path, offset);
  if (!place?.view) return [];
  for (const expr of place.around.toReversed()) {
    const name =
      expr.kind === 'member'
        ? expr.name
        : expr.kind === 'has'
          ? expr.attributes.length === 1
            ? expr.attributes[0]!
            : null
          : null;
    if (!name || (expr.kind !== 'member' && expr.kind !== 'has') || !holds(name.range, place.offset))
      continue;
    const found = new Map<string, Location>();
    for (const member of place.view.membersOf(expr.target))
      if (member.name === name.text)
        for (const { place: where } of member.members)
          if (where) found.set(`${where.file} ${where.range.start}`, where);
    return [...found.values()];
  }
  return [];
}

/** All places of the name at a place. */
export function references(
  workspace: LanguageWorkspace,
  path: string,
  offset: number,
  includeDefinition: boolean,
): readonly Location[] {
  const at = occurrenceAt(workspace, path, offset);
  if (!at) return [];
  return allOccurrences(workspace, at)
    .filter(({ defines }) => includeDefinition || !defines)
    .map(({ file, range }) => ({ file, range }));
}

/** The name at a place wherever it stands in the file; of a variable, in its policy. */
export function highlights(
  workspace: LanguageWorkspace,
  path: string,
  offset: number,
): readonly DocumentHighlight[] {
  const file = workspace.file(path);
  const at = occurrenceAt(workspace, path, offset);
  if (file && at)
    return [...occurrencesIn(workspace, file, at.name)]
      .filter(({ key }) => key === at.key)
      .map(({ range, defines }) => ({ range, kind: defines ? 'write' : 'read' }));
  const place = placeAt(workspace, path, offset);
  const { token, piece } = place ?? {};
  if (!place || token?.kind !== 'word' || !piece) return [];
  const word = piece.text.slice(token.start, token.end);
  return piece.tokens
    .filter(({ kind, start, end }) => kind === 'word' && piece.text.slice(start, end) === word)
    .map((one) => ({ range: inFile(place, one), kind: 'text' }));
}

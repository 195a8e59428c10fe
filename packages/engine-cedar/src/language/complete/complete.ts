import type { Completion, CompletionItem, TextRange, ToolKnowledge } from '@benchbook/model';
import { inFile, type Place, placeAt, tokenBefore } from '../place.ts';
import type { EditorToken } from '../syntax/lexer.ts';
import { expressionsAt } from '../syntax/tree.ts';
import type { LanguageWorkspace } from '../workspace.ts';
import { expressionItems } from './expression.ts';
import { item } from './items.ts';
import { completeSchema } from './schema.ts';
import { scopeItems } from './scope.ts';
import { completeString } from './strings.ts';
import { annotationKeys, topItems } from './top.ts';

/** What completion knows of its place beside {@link Place}. */
export interface Spot extends Place {
  readonly workspace: LanguageWorkspace;
  readonly known: ToolKnowledge;
  /** The word that is being typed, in the file: it is replaced. */
  readonly range: TextRange;
  /** The token before that word, and its text (`"` for a string, '' at the start). */
  readonly before: EditorToken | null;
  readonly word: string;
}

const NOTHING: Completion = { items: [] };

/** What may stand at a place. */
export function complete(
  workspace: LanguageWorkspace,
  path: string,
  offset: number,
  known: ToolKnowledge,
): Completion {
  const place = placeAt(workspace, path, offset, known);
  if (!place)
    return workspace.file(path)?.role === 'schema' ? completeSchema(workspace, path, offset) : NOTHING;
  const { token, piece } = place;
  if (token?.kind === 'comment' && token.start < place.offset) return NOTHING;
  if (token?.kind === 'string' && token.start < place.offset && insideString(place, token))
    return completeString(workspace, known, place, token);
  if (token?.kind === 'number' && token.start < place.offset) return NOTHING;

  const isWord = token?.kind === 'word' && token.start < place.offset;
  const range = isWord ? { start: token.start, end: token.end } : { start: place.offset, end: place.offset };
  const before = tokenBefore(piece.tokens, range.start);
  const word = !before ? '' : before.kind === 'string' ? '"' : piece.text.slice(before.start, before.end);
  // White space before the cursor belongs to no expression: what stands before it does.
  const around = place.policy && before ? expressionsAt(place.policy, before.end) : place.around;
  const spot: Spot = { ...place, around, workspace, known, range: inFile(place, range), before, word };
  return itemsAt(spot, range);
}

/** False behind the closing quote. */
function insideString({ piece, offset }: Place, { start, end }: EditorToken): boolean {
  return offset < end || !(piece.text[end - 1] === '"' && end - start > 1);
}

function itemsAt(spot: Spot, typed: TextRange): Completion {
  const { policy, word, offset, workspace, known } = spot;
  if (word === '@') return keyItems(spot, typed);
  if (!policy || word === ';' || !policy.effect || typed.start <= policy.effect.range.start)
    return { items: topItems(workspace, known, spot.range) };
  const { scopeRange } = policy;
  if (!scopeRange) return { items: [] };
  const isClosed = spot.piece.text[scopeRange.end - 1] === ')';
  if (offset <= scopeRange.start) return NOTHING;
  if (offset < scopeRange.end || (!isClosed && offset <= clauseStart(spot)))
    return { items: scopeItems(spot) };
  for (const [index, { inner, range }] of policy.clauses.entries()) {
    const isOpen = inner.start > range.start && (inner.end > inner.start || word === '{');
    const isLast = index === policy.clauses.length - 1 && range.end === inner.end;
    if (isOpen && offset >= inner.start && (offset <= inner.end || isLast))
      return { items: expressionItems(spot) };
  }
  if (word === ')' || word === '}') return { items: clauseItems(spot.range) };
  return NOTHING;
}

function clauseStart({ policy, piece }: Spot): number {
  return policy?.clauses[0]?.keyword.start ?? piece.text.length;
}

function clauseItems(range: TextRange): CompletionItem[] {
  return ['when', 'unless'].map((word) =>
    item('keyword', word, range, 'condition', { newText: `${word} { $0 }`, isSnippet: true, rank: 10 }),
  );
}

function keyItems(spot: Spot, typed: TextRange): Completion {
  const { piece, policy, range, offset, start } = spot;
  const taken = new Set(
    policy?.annotations
      .filter(({ key }) => key && !(key.range.start <= offset && offset <= key.range.end))
      .map(({ key }) => key!.text),
  );
  const hasValue = piece.text[typed.end] === '(';
  return annotationKeys(range, piece.text.slice(typed.start, offset), offset + start, taken, hasValue);
}

import type { Completion, CompletionItem, TextRange, ToolKnowledge } from '@benchbook/model';
import { cedarString } from '../cedar-text.ts';
import { pathText } from '../knowledge/catalog.ts';
import { type Example, examplesOf } from '../knowledge/examples.ts';
import { oneLine } from '../markdown.ts';
import { inFile, type Place } from '../place.ts';
import { type EditorToken, isClosed } from '../syntax/lexer.ts';
import type { Expr } from '../syntax/tree.ts';
import type { LanguageWorkspace } from '../workspace.ts';
import { idItems } from './entities.ts';
import { item } from './items.ts';
import { annotationValues } from './top.ts';

/** Inside a string: the value of an annotation, an entity's id, an attribute's name, a value to compare with. */
export function completeString(
  workspace: LanguageWorkspace,
  known: ToolKnowledge,
  place: Place,
  token: EditorToken,
): Completion {
  const { policy, piece, view, offset, start } = place;
  if (!policy || !view) return { items: [] };
  const end = isClosed(piece.text, token) ? token.end - 1 : token.end;
  const range = inFile(place, { start: token.start + 1, end: Math.max(end, token.start + 1) });
  const annotation = policy.annotations.find(({ value }) => value?.range.start === token.start);
  if (annotation?.key) {
    const typed = piece.text.slice(token.start + 1, offset);
    return annotationValues(annotation.key.text, typed, range, start + offset);
  }
  return { items: valueItems(workspace, known, place, token, range) };
}

function valueItems(
  workspace: LanguageWorkspace,
  known: ToolKnowledge,
  { around, view }: Place,
  token: EditorToken,
  range: TextRange,
): CompletionItem[] {
  const inner = (text: string) => cedarString(text).slice(1, -1);
  const chain = around.toReversed();
  const [own] = chain;
  if (own?.kind === 'entity') return idItems(workspace, known, pathText(own.path), range, inner);
  if ((own?.kind === 'member' && own.indexed) || own?.kind === 'has')
    return view!
      .membersOf(own.target)
      .map(({ name }) => item('member', inner(name), range, 'attribute', { rank: 10 }));
  if (own?.kind !== 'text' || own.range.start !== token.start) return [];
  const texts = (examples: readonly Example[]) =>
    examples.flatMap(({ value, from }) =>
      typeof value === 'string' ? [item('constant', inner(value), range, oneLine(from), { rank: 5 })] : [],
    );
  for (const parent of chain.slice(1)) {
    if (parent.kind === 'group' || parent.kind === 'set') continue;
    if (parent.kind === 'binary') return texts(examplesOf(view!, otherSide(parent, own)));
    if (parent.kind === 'method') return texts(examplesOf(view!, parent.target, true));
    if (parent.kind !== 'call') return [];
    return callValues(view!, pathText(parent.callee), chain, range);
  }
  return [];
}

function otherSide({ left, right }: Extract<Expr, { kind: 'binary' }>, own: Expr): Expr {
  return right.range.start <= own.range.start && own.range.end <= right.range.end ? left : right;
}

/** Inside `decimal("...")` that something is compared with. */
function callValues(
  view: NonNullable<Place['view']>,
  name: string,
  chain: readonly Expr[],
  range: TextRange,
): CompletionItem[] {
  const method = chain.find((expr) => expr.kind === 'method');
  if (name !== 'decimal' || method?.kind !== 'method') return [];
  return examplesOf(view, method.target).flatMap(({ text, from }) => {
    const digits = /^decimal\("(.*)"\)$/.exec(text ?? '')?.[1];
    return digits === undefined ? [] : [item('constant', digits, range, oneLine(from), { rank: 5 })];
  });
}

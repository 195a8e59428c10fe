import type { TextRange } from '@benchbook/model';
import { clamp, holds, inFile, placeAt, tokenAt } from './place.ts';
import { editorTokens } from './syntax/lexer.ts';
import type { LanguageWorkspace } from './workspace.ts';

/** Ever larger ranges around a place: word, expression, condition, policy, file. */
export function selections(workspace: LanguageWorkspace, path: string, offset: number): readonly TextRange[] {
  const file = workspace.file(path);
  if (!file) return [];
  const at = clamp(offset, file.text);
  const whole = { start: 0, end: file.text.length };
  const place = placeAt(workspace, path, at);
  if (!place) return nested([...schemaRanges(workspace, path, at), whole], at);
  const { token, around, policy, piece } = place;
  const ranges: TextRange[] = [];
  if (token && token.start < token.end) {
    if (token.kind === 'string')
      ranges.push({ start: token.start + 1, end: Math.max(token.start + 1, token.end - 1) });
    ranges.push({ start: token.start, end: token.end });
  }
  ranges.push(...around.toReversed().map(({ range }) => range));
  for (const { inner, range } of policy?.clauses ?? [])
    if (holds(range, place.offset)) ranges.push(inner, range);
  for (const { range } of policy?.scope ?? []) if (holds(range, place.offset)) ranges.push(range);
  for (const { range } of policy?.annotations ?? []) if (holds(range, place.offset)) ranges.push(range);
  if (policy?.scopeRange && holds(policy.scopeRange, place.offset)) ranges.push(policy.scopeRange);
  if (policy) ranges.push(policy.range);
  const lead = piece.tokens.find(({ kind }) => kind === 'comment');
  if (policy && lead && lead.start < policy.range.start)
    ranges.push({ start: lead.start, end: policy.range.end });
  return nested([...ranges.map((range) => inFile(place, range)), whole], at);
}

function schemaRanges(workspace: LanguageWorkspace, path: string, at: number): TextRange[] {
  const file = workspace.file(path)!;
  if (file.role !== 'schema' || path.endsWith('.json')) return [];
  const tokens = editorTokens(file.text);
  const ranges: TextRange[] = [];
  const token = tokenAt(tokens, at);
  if (token) ranges.push({ start: token.start, end: token.end });
  const open: number[] = [];
  for (const { kind, start, end } of tokens) {
    if (kind !== 'symbol') continue;
    const symbol = file.text[start]!;
    if (symbol === '{' || symbol === '[') open.push(start);
    else if (symbol === '}' || symbol === ']') ranges.push({ start: open.pop() ?? start, end });
  }
  for (const { range } of workspace.catalog.trees.get(path)?.declarations ?? []) ranges.push(range);
  for (const { range } of workspace.catalog.trees.get(path)?.namespaces ?? []) ranges.push(range);
  return ranges.sort((a, b) => a.end - a.start - (b.end - b.start));
}

/** Those that hold the place, each within the next. */
function nested(ranges: readonly TextRange[], at: number): TextRange[] {
  const found: TextRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.end - a.start - (b.end - b.start))) {
    if (!holds(range, at)) continue;
    const last = found.at(-1);
    const isLarger =
      !last ||
      (range.start <= last.start && last.end <= range.end && range.end - range.start > last.end - last.start);
    if (isLarger) found.push({ start: range.start, end: range.end });
  }
  return found;
}

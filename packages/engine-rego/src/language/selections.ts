import type { TextRange } from '@benchbook/model';
import { type RegoFile, ruleAt } from './index/file.ts';
import { tokenIndexAt } from './syntax/lexer.ts';
import type { Statement } from './syntax/statements.ts';

/** Ever larger ranges: the name, its reference, the expression, brackets, the rule, with its comments, the file. */
export function selections(file: RegoFile, offset: number): readonly TextRange[] {
  const ranges: TextRange[] = [];
  const token = file.tokens[tokenIndexAt(file.tokens, offset)];
  const before = file.tokens[tokenIndexAt(file.tokens, offset) - 1];
  if (token && token.start <= offset) ranges.push(token);
  else if (before && before.end === offset) ranges.push(before);
  const statement = file.statements.findLast(({ comments }) => comments.start <= offset);
  if (statement && offset <= statement.range.end) {
    const line = ruleAt(file, offset);
    if (line?.statement === statement) {
      for (const { range } of line.rule.references) if (holds(range, offset)) ranges.push(range);
      if (line.rule.head.reference && holds(line.rule.head.reference.range, offset)) {
        ranges.push(line.rule.head.reference.range);
      }
    }
    ranges.push(...brackets(statement, offset), ...expressions(statement, offset));
    if (offset >= statement.range.start) ranges.push(statement.range);
    ranges.push({ start: statement.comments.start, end: statement.range.end });
  }
  ranges.push({ start: 0, end: file.text.length });
  return nested(ranges, offset);
}

function holds({ start, end }: TextRange, offset: number): boolean {
  return start <= offset && offset <= end;
}

function brackets({ tokens, pairs }: Statement, offset: number): TextRange[] {
  return [...pairs].flatMap(([open, close]) => {
    if (open > close) return [];
    const inside = { start: tokens[open]!.end, end: tokens[close]!.start };
    if (!holds(inside, offset)) return [];
    return [inside, { start: tokens[open]!.start, end: tokens[close]!.end }];
  });
}

/** What stands between line ends around the offset, brackets kept whole. */
function expressions({ tokens, pairs }: Statement, offset: number): TextRange[] {
  const out: TextRange[] = [];
  let from = 0;
  const stack: number[] = [];
  tokens.forEach((token, index) => {
    if (index > 0 && (token.first || token.text === ';' || token.text === '}')) {
      const start = tokens[from]!.start;
      const end = tokens[index - 1]!.end;
      if (start <= offset && offset <= end && index > from) out.push({ start, end });
      from = token.text === ';' ? index + 1 : index;
    }
    const close = pairs.get(index);
    if (close !== undefined && close > index && token.text === '{') {
      stack.push(from);
      from = Math.min(index + 1, tokens.length - 1);
    } else if (close !== undefined && close < index && token.text === '}') from = stack.pop() ?? from;
  });
  return out;
}

/** Those that hold one another, the smallest first. */
function nested(ranges: readonly TextRange[], offset: number): TextRange[] {
  const sorted = ranges
    .filter((range) => holds(range, offset))
    .sort((a, b) => a.end - a.start - (b.end - b.start));
  const out: TextRange[] = [];
  for (const { start, end } of sorted) {
    const last = out.at(-1);
    if (last && (start > last.start || end < last.end || (start === last.start && end === last.end)))
      continue;
    if (start < end || out.length === 0) out.push({ start, end });
  }
  return out;
}

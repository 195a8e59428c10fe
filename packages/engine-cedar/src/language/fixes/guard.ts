import type { CodeFix, Diagnostic, TextEdit, TextRange } from '@benchbook/model';
import { attributeName } from '../cedar-text.ts';
import { type Expr, expressionsAt } from '../syntax/tree.ts';
import type { FixPlace } from './fixes.ts';

const CODES: ReadonlySet<string> = new Set([
  'cedar-validation-error',
  'erring-policy',
  'policy-errors',
  'unknown-argument',
]);

/** Puts `x has a &&` before the comparison that reads an attribute which may be absent. */
export function guardFix(place: FixPlace, range: TextRange, diagnostic: Diagnostic): CodeFix | null {
  if (!CODES.has(diagnostic.code)) return null;
  const { policy, view, path, start, text } = place;
  const around = expressionsAt(policy, range.end);
  const index = around.findLastIndex(
    (expr) => expr.kind === 'member' && !!expr.name && (sameEnd(expr, range) || sameName(expr, range)),
  );
  const read = around[index];
  if (read?.kind !== 'member' || !read.name) return null;
  const found = view.membersOf(read.target).find(({ name }) => name === read.name!.text);
  // What the schema requires, or does not know, is no matter of `has`.
  if (!found?.optional) return null;
  const operand = boolean(around.slice(0, index + 1));
  const target = text.slice(read.target.range.start, read.target.range.end);
  const guard = `${target} has ${attributeName(read.name.text)} && `;
  const needsGroup = needsParentheses(around, operand);
  const at = (offset: number, newText: string): TextEdit => ({
    range: { start: start + offset, end: start + offset },
    newText,
  });
  const edits = needsGroup
    ? [at(operand.range.start, `(${guard}`), at(operand.range.end, ')')]
    : [at(operand.range.start, guard)];
  return {
    title: `Test \`${target} has ${attributeName(read.name.text)}\` first`,
    kind: 'quickfix',
    edits: [{ file: path, edits }],
    diagnostic,
    isPreferred: true,
  };
}

function sameEnd(expr: Expr, range: TextRange): boolean {
  return expr.range.end === range.end && expr.range.start === range.start;
}

function sameName(expr: Expr, range: TextRange): boolean {
  return (
    expr.kind === 'member' && expr.name?.range.start === range.start && expr.name.range.end === range.end
  );
}

/** The largest part around the read that is one operand of `&&` and its like. */
function boolean(around: readonly Expr[]): Expr {
  let operand = around.at(-1)!;
  for (const expr of around.toReversed()) {
    const isLogic = expr.kind === 'binary' && (expr.operator === '&&' || expr.operator === '||');
    if (
      isLogic ||
      expr.kind === 'group' ||
      expr.kind === 'if' ||
      expr.kind === 'set' ||
      expr.kind === 'record'
    )
      break;
    operand = expr;
  }
  return operand;
}

/** Below `||` and `!` the added `&&` has to be held together. */
function needsParentheses(around: readonly Expr[], operand: Expr): boolean {
  const parent = around[around.indexOf(operand) - 1];
  return operand.kind === 'if' || (parent?.kind === 'binary' && parent.operator === '||');
}

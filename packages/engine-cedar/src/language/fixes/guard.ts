import type { CodeFix, Diagnostic, TextEdit, TextRange } from '@benchbook/model';
import { attributeName } from '../cedar-text.ts';
import { type Expr, expressionsAt, expressionsOf, type PolicyNode } from '../syntax/tree.ts';
import type { FixPlace } from './fixes.ts';

const CODES: ReadonlySet<string> = new Set(['cedar-validation-error', 'unknown-argument']);

/** Puts `x has a &&` before the comparison that reads an attribute which may be absent. */
export function guardFix(place: FixPlace, range: TextRange, diagnostic: Diagnostic): CodeFix | null {
  if (!CODES.has(diagnostic.code)) return null;
  const read = readWithin(place.policy, range);
  if (!read?.name) return null;
  const guard = guarded(place, read);
  return guard && { ...guard, kind: 'quickfix', diagnostic, isPreferred: true };
}

/** The same at a place that nobody complains about. */
export function guardAt(place: FixPlace, offset: number): CodeFix | null {
  const read = expressionsAt(place.policy, offset).findLast(
    (expr) =>
      expr.kind === 'member' && expr.name && expr.name.range.start <= offset && offset <= expr.name.range.end,
  );
  const guard = read?.kind === 'member' ? guarded(place, read) : null;
  return guard && { ...guard, kind: 'refactor' };
}

function guarded(place: FixPlace, read: Read): Pick<CodeFix, 'title' | 'edits'> | null {
  const { policy, path, start } = place;
  const tests = missingTests(place, read);
  if (!tests.length) return null;
  const around = expressionsAt(policy, read.range.end).filter(
    ({ range: one }) => one.start <= read.range.start,
  );
  const operand = operandOf(around.slice(0, around.indexOf(read) + 1));
  const at = (offset: number, newText: string): TextEdit => ({
    range: { start: start + offset, end: start + offset },
    newText,
  });
  const guard = tests.map((test) => `${test} && `).join('');
  const edits = needsParentheses(around, operand)
    ? [at(operand.range.start, `(${guard}`), at(operand.range.end, ')')]
    : [at(operand.range.start, guard)];
  return { title: `Test \`${tests.join(' && ').slice(0, 120)}\` first`, edits: [{ file: path, edits }] };
}

type Read = Extract<Expr, { kind: 'member' }>;

/** The longest member access that the finding is about. */
function readWithin(policy: PolicyNode, range: TextRange): Read | null {
  let found: Read | null = null;
  for (const expr of expressionsOf(policy)) {
    if (expr.kind !== 'member' || !expr.name) continue;
    const isInside = range.start <= expr.range.start && expr.range.end <= range.end;
    const isNamed = expr.name.range.start === range.start && expr.name.range.end === range.end;
    if (!isInside && !isNamed) continue;
    if (!found || expr.range.end - expr.range.start > found.range.end - found.range.start) found = expr;
  }
  return found;
}

/** `x has a` for each optional step of a read that the policy tests nowhere, from the outside in. */
function missingTests({ policy, view, text }: FixPlace, read: Read): string[] {
  const written = ({ range }: { readonly range: TextRange }) => text.slice(range.start, range.end);
  const tested = new Set<string>();
  for (const expr of expressionsOf(policy)) {
    if (expr.kind !== 'has') continue;
    let target = written(expr.target);
    for (const { text: name } of expr.attributes) {
      tested.add(`${target} has ${name}`);
      target = `${target}.${name}`;
    }
  }
  const tests: string[] = [];
  for (let step: Expr = read; step.kind === 'member' && step.name; step = step.target) {
    const { name, target } = step;
    const member = view.membersOf(target).find((one) => one.name === name.text);
    // What the schema requires, or does not know, is no matter of `has`.
    if (member?.optional && !tested.has(`${written(target)} has ${name.text}`))
      tests.unshift(`${written(target)} has ${attributeName(name.text)}`);
  }
  return tests;
}

/** The largest part around the read that is one operand of `&&` and its like. */
function operandOf(around: readonly Expr[]): Expr {
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

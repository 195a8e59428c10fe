import { Cursor } from './cursor.ts';
import { parseExpression } from './expression.ts';
import type { EditorToken } from './lexer.ts';
import type { AnnotationNode, Clause, PolicyNode, ScopePart, Variable } from './tree.ts';

const VARIABLES: readonly Variable[] = ['principal', 'action', 'resource'];

/** Reads the policy that a piece holds; null where there are only comments. Never fails. */
export function parsePolicy(text: string, tokens: readonly EditorToken[]): PolicyNode | null {
  const cursor = new Cursor(text, tokens);
  if (cursor.isDone) return null;
  const { start } = cursor.range();
  const annotations: AnnotationNode[] = [];
  while (cursor.word() === '@') annotations.push(annotation(cursor));

  const isEffect = cursor.word() === 'permit' || cursor.word() === 'forbid';
  if (!isEffect) cursor.hasGap = true;
  const effect = cursor.kind() === 'word' ? cursor.name() : null;
  let scopeRange = null;
  const scope: ScopePart[] = [];
  if (cursor.word() === '(') {
    const open = cursor.range().start;
    readScope(cursor, scope);
    scopeRange = { start: open, end: cursor.end };
  } else cursor.hasGap = true;

  const clauses: Clause[] = [];
  while (!cursor.isDone && cursor.word() !== ';') {
    const word = cursor.word();
    if (word === 'when' || word === 'unless') clauses.push(clause(cursor, word));
    else {
      cursor.hasGap = true;
      cursor.skip();
    }
  }
  cursor.expect(';');
  return {
    range: { start, end: Math.max(cursor.end, start) },
    annotations,
    effect,
    scopeRange,
    scope,
    clauses,
    isComplete: !cursor.hasGap,
  };
}

function annotation(cursor: Cursor): AnnotationNode {
  const { start, end } = cursor.skip();
  const key = cursor.kind() === 'word' && cursor.range().start === end ? cursor.name() : null;
  if (!key) cursor.hasGap = true;
  let value = null;
  if (key && cursor.take('(')) {
    if (cursor.kind() === 'string') value = cursor.string();
    else cursor.hasGap = true;
    // Beyond a value that is not closed stands the policy, not the parenthesis.
    cursor.expect(')');
  }
  return { key, value, range: { start, end: cursor.end } };
}

function readScope(cursor: Cursor, scope: ScopePart[]): void {
  cursor.skip();
  while (!cursor.isDone && cursor.word() !== ')') {
    const word = cursor.word();
    if (word === ';' || word === '{' || word === 'when' || word === 'unless') break;
    const variable = VARIABLES.find((one) => one === word);
    if (variable) scope.push(scopePart(cursor, variable));
    else {
      cursor.hasGap = true;
      cursor.skip();
      continue;
    }
    if (!cursor.take(',') && cursor.word() !== ')') cursor.hasGap = true;
  }
  if (scope.map(({ variable }) => variable).join() !== VARIABLES.join()) cursor.hasGap = true;
  cursor.expect(')');
}

function scopePart(cursor: Cursor, variable: Variable): ScopePart {
  const name = cursor.name();
  let operator: ScopePart['operator'] = null;
  let type = null;
  let target = null;
  const isVariable = () => VARIABLES.some((one) => one === cursor.word());
  if (cursor.word() === 'is') {
    cursor.skip();
    operator = 'is';
    if (cursor.kind() === 'word' && !isVariable() && cursor.word() !== 'in') type = cursor.path();
    else cursor.hasGap = true;
    if (cursor.take('in')) target = isVariable() ? null : parseExpression(cursor);
  } else if (cursor.word() === '==' || cursor.word() === 'in') {
    operator = cursor.word() as '==' | 'in';
    cursor.skip();
    if (isVariable()) cursor.hasGap = true;
    else target = parseExpression(cursor);
  } else if (cursor.word() === '=') {
    cursor.hasGap = true;
    cursor.skip();
  }
  return { variable, name, operator, type, target, range: { start: name.range.start, end: cursor.end } };
}

function clause(cursor: Cursor, kind: 'when' | 'unless'): Clause {
  const keyword = cursor.skip();
  let body = null;
  const inner = { start: keyword.end, end: keyword.end };
  const open = cursor.expect('{');
  if (open) {
    inner.start = open.end;
    if (cursor.word() === '}') cursor.hasGap = true;
    else body = parseExpression(cursor);
    // Whatever cannot go on with the condition is passed over, to the brace that ends it.
    while (!cursor.isDone && !/^(?:[};]|when|unless)$/.test(cursor.word())) {
      cursor.hasGap = true;
      cursor.skip();
    }
    inner.end = cursor.range().start;
    cursor.expect('}');
  }
  return { kind, keyword, body, range: { start: keyword.start, end: cursor.end }, inner };
}

import type { TextRange } from '@benchbook/model';
import type { Cursor } from './cursor.ts';
import type { Arguments, Expr, Name } from './tree.ts';

/** Deepest nesting that is followed; what lies deeper is skipped. */
const MAX_DEPTH = 150;

const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=', '=', 'in', 'like']);
const ENDS: ReadonlySet<string> = new Set(['', ')', ']', '}', ';', ',', 'then', 'else', 'when', 'unless']);
const RESERVED: ReadonlySet<string> = new Set(['then', 'else', 'in', 'is', 'like', 'has']);

/** Reads an expression; what is missing becomes a node of that kind, and the cursor's gap is noted. */
export function parseExpression(cursor: Cursor, depth = 0): Expr {
  if (depth > MAX_DEPTH) return skipDeep(cursor);
  if (cursor.word() === 'if') return conditional(cursor, depth);
  return chain(cursor, '||', () => chain(cursor, '&&', () => relation(cursor, depth)));
}

function conditional(cursor: Cursor, depth: number): Expr {
  const { start } = cursor.skip();
  const parts = [parseExpression(cursor, depth + 1)];
  for (const word of ['then', 'else'])
    if (cursor.expect(word)) parts.push(parseExpression(cursor, depth + 1));
  return { kind: 'if', parts, range: { start, end: Math.max(cursor.end, start) } };
}

function chain(cursor: Cursor, operator: string, operand: () => Expr): Expr {
  let left = operand();
  while (cursor.word() === operator) left = binary(left, operator, cursor.skip(), operand());
  return left;
}

function binary(left: Expr, operator: string, at: TextRange, right: Expr): Expr {
  return {
    kind: 'binary',
    operator,
    at,
    left,
    right,
    range: { start: left.range.start, end: Math.max(right.range.end, at.end) },
  };
}

function relation(cursor: Cursor, depth: number): Expr {
  let left = sum(cursor, depth);
  for (;;) {
    const word = cursor.word();
    if (COMPARISONS.has(word)) {
      if (word === '=') cursor.hasGap = true;
      left = binary(left, word, cursor.skip(), sum(cursor, depth));
    } else if (word === 'has') left = hasTest(cursor, left);
    else if (word === 'is') left = isTest(cursor, left, depth);
    else return left;
  }
}

function hasTest(cursor: Cursor, target: Expr): Expr {
  const keyword = cursor.skip();
  const attributes: Name[] = [];
  if (cursor.kind() === 'string') {
    const text = cursor.string();
    attributes.push({ text: text.value, range: text.inner });
  } else
    while (cursor.kind() === 'word' && !RESERVED.has(cursor.word())) {
      attributes.push(cursor.name());
      if (!cursor.take('.')) break;
      if (cursor.kind() !== 'word') cursor.hasGap = true;
    }
  if (!attributes.length) cursor.hasGap = true;
  return {
    kind: 'has',
    target,
    keyword,
    attributes,
    range: { start: target.range.start, end: Math.max(cursor.end, keyword.end) },
  };
}

function isTest(cursor: Cursor, target: Expr, depth: number): Expr {
  const keyword = cursor.skip();
  const isType = cursor.kind() === 'word' && !RESERVED.has(cursor.word());
  if (!isType) cursor.hasGap = true;
  const type = isType ? cursor.path() : null;
  const within = type && cursor.take('in') ? sum(cursor, depth) : null;
  return {
    kind: 'is',
    target,
    keyword,
    type,
    within,
    range: { start: target.range.start, end: Math.max(cursor.end, keyword.end) },
  };
}

function sum(cursor: Cursor, depth: number): Expr {
  let left = product(cursor, depth);
  while (cursor.word() === '+' || cursor.word() === '-')
    left = binary(left, cursor.word(), cursor.skip(), product(cursor, depth));
  return left;
}

function product(cursor: Cursor, depth: number): Expr {
  let left = unary(cursor, depth);
  while (cursor.word() === '*') left = binary(left, '*', cursor.skip(), unary(cursor, depth));
  return left;
}

function unary(cursor: Cursor, depth: number): Expr {
  const signs: { operator: '!' | '-'; start: number }[] = [];
  while (cursor.word() === '!' || cursor.word() === '-')
    signs.push({ operator: cursor.word() as '!' | '-', start: cursor.skip().start });
  let operand = postfix(cursor, depth);
  // A row of signs is a tree as deep: no person writes more than a few.
  for (const { operator, start } of signs.slice(-MAX_DEPTH).toReversed())
    operand = { kind: 'unary', operator, operand, range: { start, end: operand.range.end } };
  return operand;
}

/** Members and calls on one value; more are read, but not kept. */
const MAX_MEMBERS = 500;

function postfix(cursor: Cursor, depth: number): Expr {
  let target = primary(cursor, depth);
  for (let count = 0; count < MAX_MEMBERS; count++) {
    if (cursor.word() === '.') target = member(cursor, target, depth);
    else if (cursor.word() === '[') target = indexed(cursor, target);
    else return target;
  }
  return target;
}

function member(cursor: Cursor, target: Expr, depth: number): Expr {
  const { start: dot, end: behind } = cursor.skip();
  const { start } = target.range;
  if (cursor.kind() !== 'word' || isKeywordBehindBreak(cursor, behind)) {
    cursor.hasGap = true;
    return { kind: 'member', target, name: null, dot, indexed: false, range: { start, end: behind } };
  }
  const name = cursor.name();
  if (cursor.word() === '(') {
    const args = parseArguments(cursor, depth);
    return { kind: 'method', target, name, dot, args, range: { start, end: cursor.end } };
  }
  return { kind: 'member', target, name, dot, indexed: false, range: { start, end: name.range.end } };
}

/** `context.input.` at a line's end, then `when`: the word is no member. */
function isKeywordBehindBreak(cursor: Cursor, behind: number): boolean {
  const { start } = cursor.range();
  return cursor.text.slice(behind, start).includes('\n') && /^(?:when|unless)$/.test(cursor.word());
}

function indexed(cursor: Cursor, target: Expr): Expr {
  const { start: dot } = cursor.skip();
  let name: Name | null = null;
  if (cursor.kind() === 'string') {
    const text = cursor.string();
    name = { text: text.value, range: text.inner };
  } else cursor.hasGap = true;
  cursor.expect(']');
  return {
    kind: 'member',
    target,
    name,
    dot,
    indexed: true,
    range: { start: target.range.start, end: cursor.end },
  };
}

function parseArguments(cursor: Cursor, depth: number): Arguments {
  const { start: open } = cursor.skip();
  const commas: number[] = [];
  const items = list(cursor, ')', depth, commas);
  return { open, close: cursor.expect(')')?.start ?? null, items, commas };
}

/** Expressions up to a closing bracket, which is left. */
function list(cursor: Cursor, close: string, depth: number, commas: number[] = []): Expr[] {
  const items: Expr[] = [];
  while (cursor.word() !== close && !cursor.isDone) {
    items.push(parseExpression(cursor, depth + 1));
    const comma = cursor.take(',');
    if (!comma) break;
    commas.push(comma.start);
  }
  return items;
}

function primary(cursor: Cursor, depth: number): Expr {
  const { start } = cursor.range();
  const word = cursor.word();
  const within = (end: number) => ({ start, end });
  switch (cursor.kind()) {
    case 'string': {
      const text = cursor.string();
      return { kind: 'text', text, range: text.range };
    }
    case 'number':
      return { kind: 'number', value: Number(word), range: cursor.skip() };
    case 'word':
      if (word === 'true' || word === 'false')
        return { kind: 'boolean', value: word === 'true', range: cursor.skip() };
      if (word.startsWith('?')) return { kind: 'slot', name: word, range: cursor.skip() };
      if (!RESERVED.has(word)) return named(cursor, depth);
      break;
    case 'symbol':
      if (word === '(') {
        cursor.skip();
        const inner = parseExpression(cursor, depth + 1);
        cursor.expect(')');
        return { kind: 'group', inner, range: within(Math.max(cursor.end, inner.range.end)) };
      }
      if (word === '[') {
        cursor.skip();
        const elements = list(cursor, ']', depth);
        cursor.expect(']');
        return { kind: 'set', elements, range: within(cursor.end) };
      }
      if (word === '{') return record(cursor, depth);
  }
  return missing(cursor);
}

function missing(cursor: Cursor): Expr {
  cursor.hasGap = true;
  const at = cursor.range().start;
  // What cannot stand here is passed over, unless it ends something around.
  if (!ENDS.has(cursor.word()) && cursor.kind() === 'symbol' && !/^(?:&&|\|\||[=!<>]=?)$/.test(cursor.word()))
    cursor.skip();
  const end = Math.min(cursor.end, at);
  return { kind: 'missing', range: { start: end, end } };
}

function named(cursor: Cursor, depth: number): Expr {
  const path = cursor.path();
  const { start } = path.range;
  if (cursor.kind() === 'string' && cursor.text[path.range.end - 1] === ':') {
    const id = cursor.string();
    return { kind: 'entity', path, id, range: { start, end: id.range.end } };
  }
  if (cursor.word() === '(') {
    const args = parseArguments(cursor, depth);
    return { kind: 'call', callee: path, args, range: { start, end: cursor.end } };
  }
  if (path.parts.length > 1 || cursor.text[path.range.end - 1] === ':') {
    cursor.hasGap = true;
    return { kind: 'entity', path, id: null, range: path.range };
  }
  return { kind: 'variable', name: path.parts[0]!.text, range: path.range };
}

function record(cursor: Cursor, depth: number): Expr {
  const { start } = cursor.skip();
  const members: { key: Name; value: Expr }[] = [];
  while (cursor.kind() === 'word' || cursor.kind() === 'string') {
    let key: Name;
    if (cursor.kind() === 'string') {
      const { value, inner } = cursor.string();
      key = { text: value, range: inner };
    } else key = cursor.name();
    if (!cursor.expect(':')) break;
    members.push({ key, value: parseExpression(cursor, depth + 1) });
    if (!cursor.take(',')) break;
  }
  cursor.expect('}');
  return { kind: 'record', members, range: { start, end: cursor.end } };
}

/** Passes over what is nested too deep, brackets matched. */
function skipDeep(cursor: Cursor): Expr {
  cursor.hasGap = true;
  const { start } = cursor.range();
  let depth = 0;
  for (; !cursor.isDone; cursor.skip()) {
    const word = cursor.word();
    if (word === '(' || word === '[' || word === '{') depth++;
    else if (word === ')' || word === ']' || word === '}') {
      if (depth === 0) break;
      depth--;
    } else if (depth === 0 && (word === ',' || word === ';')) break;
  }
  return { kind: 'missing', range: { start, end: Math.max(start, cursor.end) } };
}

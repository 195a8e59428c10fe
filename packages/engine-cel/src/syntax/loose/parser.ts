/** Reads an expression as it is being typed: a tree and all that is wrong, whatever the text. */
import type { TextRange } from '@benchbook/model';
import { type LooseToken, looseTokens } from './lexer.ts';
import type { LooseNode, LooseOperator } from './node.ts';

export interface LooseIssue extends TextRange {
  readonly message: string;
}

/** An expression's text as far as it can be understood. */
export interface LooseTree {
  readonly text: string;
  readonly root: LooseNode;
  readonly tokens: readonly LooseToken[];
  /** By place. */
  readonly issues: readonly LooseIssue[];
}

/** Beyond it, text is left out of the tree: whoever walks it may recurse. */
const MAX_DEPTH = 400;
const MAX_NESTING = 120;
const MAX_LENGTH = 100_000;

const RANKS: readonly (readonly LooseOperator[])[] = [
  ['==', '!=', '<', '<=', '>', '>=', 'in'],
  ['+', '-'],
  ['*', '/', '%'],
];
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Never fails. Of text beyond 100,000 characters only the beginning is read. */
export function parseLoose(text: string): LooseTree {
  return new LooseParser(text.slice(0, MAX_LENGTH)).parse(text);
}

class LooseParser {
  readonly #tokens: readonly LooseToken[];
  readonly #length: number;
  readonly #issues: LooseIssue[] = [];
  readonly #depths = new WeakMap<LooseNode, number>();
  readonly #open: string[] = [];
  #at = 0;
  #nesting = 0;

  constructor(text: string) {
    this.#tokens = looseTokens(text);
    this.#length = text.length;
    for (const token of this.#tokens) {
      if (!token.isClosed) this.#issue('this string is not closed', token);
      else if (token.kind === 'unknown') this.#issue(`unexpected character ${shown(token)}`, token);
    }
  }

  parse(text: string): LooseTree {
    const items = [this.#expression()];
    for (let token = this.#peek(); token; token = this.#peek()) {
      this.#unexpected(token);
      if (!this.#begins(token)) this.#at++;
      if (this.#peek()) items.push(this.#expression());
    }
    const [only] = items;
    const root =
      items.length === 1 && only
        ? only
        : this.#node(
            { kind: 'sequence', items, start: only?.start ?? 0, end: items.at(-1)?.end ?? 0 },
            items,
          );
    const issues = [...this.#issues].sort((a, b) => a.start - b.start || a.end - b.end);
    return { text, root, tokens: this.#tokens, issues };
  }

  #peek(): LooseToken | undefined {
    return this.#tokens[this.#at];
  }

  #is(text: string): boolean {
    const token = this.#peek();
    return token?.text === text && (token.kind === 'punctuation' || token.kind === 'name');
  }

  #issue(message: string, { start, end }: TextRange): void {
    const known = this.#issues.some((issue) => issue.start < Math.max(end, start + 1) && start < issue.end);
    if (!known && this.#issues.length < 50) this.#issues.push({ message, start, end });
  }

  #unexpected(token: LooseToken): void {
    if (token.kind !== 'unknown') this.#issue(`unexpected ${shown(token)}`, token);
  }

  #begins(token: LooseToken): boolean {
    return token.kind !== 'punctuation' && token.kind !== 'unknown'
      ? token.text !== 'in'
      : ['(', '[', '{', '!', '-', '.'].includes(token.text);
  }

  /** The end of the token before the next. */
  #before(): number {
    return this.#tokens[this.#at - 1]?.end ?? 0;
  }

  #missing(told = true): LooseNode {
    const next = this.#peek();
    const start = this.#before();
    if (told) {
      if (next) this.#issue(`an expression is missing before ${shown(next)}`, next);
      else
        this.#issue('an expression is missing here', {
          start: Math.max(0, start - 1),
          end: Math.max(1, start),
        });
    }
    return { kind: 'missing', start, end: next?.start ?? this.#length };
  }

  /** Notes how deep a node is; what lies too deep is cut off. */
  #node(node: LooseNode, parts: readonly LooseNode[]): LooseNode {
    let depth = 0;
    for (const part of parts) depth = Math.max(depth, this.#depths.get(part) ?? 0);
    if (depth >= MAX_DEPTH) return { kind: 'missing', start: node.start, end: node.end };
    this.#depths.set(node, depth + 1);
    return node;
  }

  #expression(): LooseNode {
    if (++this.#nesting > MAX_NESTING) {
      this.#nesting--;
      const start = this.#before();
      this.#at = this.#tokens.length;
      return { kind: 'missing', start, end: this.#length };
    }
    const test = this.#chain('or');
    let result = test;
    if (this.#is('?')) {
      this.#at++;
      const then = this.#chain('or');
      if (this.#is(':')) this.#at++;
      else
        this.#issue('`:` is missing after this', {
          start: then.start,
          end: Math.max(then.end, then.start + 1),
        });
      const otherwise = this.#expression();
      const parts = [test, then, otherwise];
      const place = { start: test.start, end: otherwise.end };
      result = this.#node({ kind: 'conditional', test, then, otherwise, ...place }, parts);
    }
    this.#nesting--;
    return result;
  }

  #chain(kind: 'and' | 'or'): LooseNode {
    const next = () => (kind === 'or' ? this.#chain('and') : this.#binary(0));
    const first = next();
    const sign = kind === 'or' ? '||' : '&&';
    if (!this.#is(sign)) return first;
    const operands = [first];
    while (this.#is(sign)) {
      this.#at++;
      operands.push(next());
    }
    const end = operands.at(-1)?.end ?? first.end;
    return this.#node({ kind, operands, start: first.start, end }, operands);
  }

  #binary(rank: number): LooseNode {
    const operators = RANKS[rank];
    if (!operators) return this.#unary();
    let left = this.#binary(rank + 1);
    for (;;) {
      const operator = operators.find((candidate) => this.#is(candidate));
      if (!operator) return left;
      this.#at++;
      const right = this.#binary(rank + 1);
      const place = { start: left.start, end: right.end };
      left = this.#node({ kind: 'binary', operator, left, right, ...place }, [left, right]);
    }
  }

  #unary(): LooseNode {
    const signs: LooseToken[] = [];
    while (this.#is('!') || this.#is('-')) {
      signs.push(this.#peek() as LooseToken);
      this.#at++;
    }
    let node = this.#postfix();
    for (const sign of signs.reverse()) {
      const kind = sign.text === '!' ? 'not' : 'negate';
      node = this.#node({ kind, operand: node, start: sign.start, end: node.end }, [node]);
    }
    return node;
  }

  #postfix(): LooseNode {
    let node = this.#primary();
    for (;;) {
      if (this.#is('.')) node = this.#member(node);
      else if (this.#is('[') && node.kind !== 'missing') node = this.#index(node);
      else return node;
    }
  }

  #member(operand: LooseNode): LooseNode {
    const dot = (this.#peek() as LooseToken).start;
    this.#at++;
    const optional = this.#is('?');
    if (optional) this.#at++;
    const token = this.#peek();
    // A name on the next line, after a dot that ends this one, begins something else as a rule; CEL reads it so all the same.
    if (token?.kind !== 'name' && token?.kind !== 'quoted') {
      const at = this.#before();
      const end = token?.start ?? this.#length;
      this.#issue('a name is missing after the dot', { start: dot, end: at });
      const fieldRange = { start: at, end: at };
      const place = { start: operand.start, end: Math.min(at, end) };
      return this.#node({ kind: 'select', operand, dot, field: '', fieldRange, optional, ...place }, [
        operand,
      ]);
    }
    this.#at++;
    const fieldRange = { start: token.start, end: token.end };
    const field = token.kind === 'quoted' ? token.text.slice(1, -1) : token.text;
    if (!optional && token.kind === 'name' && this.#is('(')) return this.#call(operand, field, fieldRange);
    const place = { start: operand.start, end: token.end };
    return this.#node({ kind: 'select', operand, dot, field, fieldRange, optional, ...place }, [operand]);
  }

  #index(operand: LooseNode): LooseNode {
    const opening = this.#peek() as LooseToken;
    this.#at++;
    const optional = this.#is('?');
    if (optional) this.#at++;
    const { items, end } = this.#items(opening, () => this.#expression());
    const index = items[0] ?? {
      kind: 'missing' as const,
      start: opening.end,
      end: Math.max(opening.end, end - 1),
    };
    if (items.length === 0) this.#issue('an index is missing', opening);
    return this.#node({ kind: 'index', operand, index, optional, start: operand.start, end }, [
      operand,
      ...items,
    ]);
  }

  #call(target: LooseNode | null, name: string, nameRange: TextRange): LooseNode {
    const opening = this.#peek() as LooseToken;
    this.#at++;
    const { items, commas, end, close } = this.#items(opening, () => this.#expression());
    const start = target?.start ?? nameRange.start;
    const parts = target ? [target, ...items] : items;
    return this.#node(
      { kind: 'call', target, name, nameRange, open: opening.end, args: items, commas, close, start, end },
      parts,
    );
  }

  /** What stands between brackets, with commas between. */
  #items<Item extends LooseNode | readonly LooseNode[]>(
    opening: LooseToken,
    read: () => Item,
  ): { items: Item[]; commas: number[]; end: number; close: number } {
    const closing = CLOSING[opening.text] ?? ')';
    const items: Item[] = [];
    const commas: number[] = [];
    this.#open.push(closing);
    let isAfterComma = false;
    for (;;) {
      const token = this.#peek();
      if (!token || (token.text !== closing && token.kind === 'punctuation' && this.#endsOuter(token))) {
        this.#open.pop();
        this.#issue(`${shown(opening)} is not closed`, opening);
        if (isAfterComma) items.push(read());
        const end = token?.start ?? this.#length;
        return { items, commas, end, close: end };
      }
      if (token.text === closing && token.kind === 'punctuation') {
        if (isAfterComma && closing === ')') items.push(read());
        this.#open.pop();
        this.#at++;
        return { items, commas, end: token.end, close: token.start };
      }
      if (token.text === ',' && token.kind === 'punctuation') {
        if (isAfterComma || items.length === 0) items.push(read());
        commas.push(token.start);
        this.#at++;
        isAfterComma = true;
        continue;
      }
      if (items.length > 0 && !isAfterComma) this.#unexpected(token);
      isAfterComma = false;
      const before = this.#at;
      items.push(read());
      if (this.#at === before) {
        this.#unexpected(token);
        this.#at++;
      }
    }
  }

  /** True where a closing bracket belongs to brackets further out. */
  #endsOuter(token: LooseToken): boolean {
    return [')', ']', '}'].includes(token.text) && this.#open.slice(0, -1).includes(token.text);
  }

  #primary(): LooseNode {
    const token = this.#peek();
    if (!token) return this.#missing();
    const { start, end } = token;
    switch (token.kind) {
      case 'string':
      case 'bytes':
        this.#at++;
        return {
          kind: 'literal',
          type: token.kind,
          content: token.content ?? null,
          isRaw: token.raw === true,
          isClosed: token.isClosed,
          start,
          end,
        };
      case 'number':
        this.#at++;
        return { kind: 'literal', type: numberType(token.text), ...NO_TEXT, start, end };
      case 'name':
        return this.#name(token);
      case 'punctuation':
        return this.#bracketed(token);
      case 'unknown':
      case 'quoted':
        this.#at++;
        this.#unexpected(token);
        return this.#begins(this.#peek() ?? token) && this.#peek()
          ? this.#primary()
          : { kind: 'missing', start, end };
    }
  }

  #name(token: LooseToken): LooseNode {
    const { start, end, text } = token;
    if (text === 'in') return this.#missing();
    this.#at++;
    if (text === 'true' || text === 'false') return { kind: 'literal', type: 'bool', ...NO_TEXT, start, end };
    if (text === 'null') return { kind: 'literal', type: 'null', ...NO_TEXT, start, end };
    if (this.#is('(')) return this.#call(null, text, { start, end });
    return { kind: 'name', name: text, start, end };
  }

  #bracketed(token: LooseToken): LooseNode {
    const { start } = token;
    if (token.text === '.') {
      // A leading dot names the root; its name follows.
      this.#at++;
      const next = this.#peek();
      if (next?.kind === 'name') return this.#name(next);
      this.#issue('a name is missing after the dot', token);
      return { kind: 'missing', start: token.end, end: next?.start ?? this.#length };
    }
    if (token.text === '(') {
      this.#at++;
      const { items, end } = this.#items(token, () => this.#expression());
      const [only, other] = items;
      if (!only) this.#issue('an expression is missing between the parentheses', { start, end });
      const missing: LooseNode = { kind: 'missing', start: token.end, end: Math.max(token.end, end - 1) };
      const operand: LooseNode = other
        ? this.#node({ kind: 'sequence', items, start: items[0]?.start ?? start, end }, items)
        : (only ?? missing);
      return this.#node({ kind: 'paren', operand, start, end }, [operand]);
    }
    if (token.text === '[') {
      this.#at++;
      const { items, end } = this.#items(token, () => this.#element());
      return this.#node({ kind: 'list', items, start, end }, items);
    }
    if (token.text === '{') {
      this.#at++;
      const { items, end } = this.#items(token, () => this.#entry());
      const entries = items.flatMap(([key, value]) => (key && value ? [{ key, value }] : []));
      return this.#node({ kind: 'map', entries, start, end }, items.flat());
    }
    return this.#missing();
  }

  #element(): LooseNode {
    if (this.#is('?')) this.#at++;
    return this.#expression();
  }

  #entry(): readonly LooseNode[] {
    if (this.#is('?')) this.#at++;
    const key = this.#expression();
    if (!this.#is(':')) {
      const isKnown = key.kind === 'missing';
      if (!isKnown) this.#issue('`:` and a value are missing after this key', key);
      return [key, { kind: 'missing', start: key.end, end: key.end }];
    }
    this.#at++;
    return [key, this.#expression()];
  }
}

const NO_TEXT = { content: null, isRaw: false, isClosed: true } as const;

function numberType(text: string): 'int' | 'uint' | 'double' {
  if (/[uU]$/.test(text)) return 'uint';
  return /^0[xX]/.test(text) || !/[.eE]/.test(text) ? 'int' : 'double';
}

function shown(token: LooseToken): string {
  return `\`${token.text.length > 40 ? `${token.text.slice(0, 40)}…` : token.text}\``;
}

import type { TextRange } from '@benchbook/model';
import type { Token } from '../policies/lex.ts';

/** The boolean part of an expression; `index` counts its leaves in the order in which they stand. */
export type Tree =
  | { readonly kind: 'leaf'; readonly index: number }
  | { readonly kind: 'not'; readonly operand: Tree }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Tree[] }
  | { readonly kind: 'if'; readonly condition: Tree; readonly positive: Tree; readonly negative: Tree };

/** An expression as a tree over its leaves. */
export interface Split {
  readonly tree: Tree;
  /** Of the whole expression, parentheses around it dropped. */
  readonly range: TextRange;
  /** Parentheses and `!` dropped. */
  readonly leaves: readonly TextRange[];
}

interface Part {
  readonly tree: Tree;
  /** With its parentheses. */
  readonly outer: TextRange;
  /** Without. */
  readonly inner: TextRange;
}

class NoTree extends Error {}

/**
 * Splits the expression that `tokens` hold (not empty) at `&&`, `||`, `!` and `if`. Cedar has parsed it before;
 * what cannot be followed is one leaf.
 */
export function splitExpression(text: string, tokens: readonly Token[]): Split {
  const splitter = new Splitter(text, tokens);
  try {
    const { tree, inner } = splitter.whole();
    return { tree, range: inner, leaves: splitter.leaves };
  } catch (error) {
    if (!(error instanceof NoTree)) throw error;
    const range = { start: tokens[0]!.start, end: tokens.at(-1)!.end };
    return { tree: { kind: 'leaf', index: 0 }, range, leaves: [range] };
  }
}

class Splitter {
  readonly leaves: TextRange[] = [];
  readonly #words: readonly string[];
  readonly #tokens: readonly Token[];
  /** Index of the closing bracket of each opening one. */
  readonly #closing: ReadonlyMap<number, number>;
  #at = 0;

  constructor(text: string, tokens: readonly Token[]) {
    this.#tokens = tokens;
    this.#words = tokens.map(({ kind, start, end }) => (kind === 'string' ? '"' : text.slice(start, end)));
    this.#closing = closingBrackets(this.#words);
  }

  whole(): Part {
    const part = this.#expression();
    if (this.#at < this.#words.length) throw new NoTree();
    return part;
  }

  #expression(): Part {
    if (this.#words[this.#at] !== 'if')
      return this.#chain('||', () => this.#chain('&&', () => this.#operand()));
    const start = this.#tokens[this.#at]!.start;
    this.#at++;
    const condition = this.#expression().tree;
    this.#expect('then');
    const positive = this.#expression().tree;
    this.#expect('else');
    const { tree: negative, outer } = this.#expression();
    const range = { start, end: outer.end };
    return { tree: { kind: 'if', condition, positive, negative }, outer: range, inner: range };
  }

  #chain(operator: '&&' | '||', operand: () => Part): Part {
    const first = operand();
    if (this.#words[this.#at] !== operator) return first;
    const operands = [first];
    while (this.#words[this.#at] === operator) {
      this.#at++;
      operands.push(operand());
    }
    const range = { start: first.outer.start, end: operands.at(-1)!.outer.end };
    const kind = operator === '&&' ? 'and' : 'or';
    return { tree: { kind, operands: operands.map(({ tree }) => tree) }, outer: range, inner: range };
  }

  #operand(): Part {
    const first = this.#at;
    while (this.#words[this.#at] === '!') this.#at++;
    const negations = this.#at - first;
    const close = this.#words[this.#at] === '(' ? this.#closing.get(this.#at) : undefined;
    if (close !== undefined && this.#isEnd(close + 1)) {
      this.#at++;
      const { tree, inner } = this.#expression();
      if (this.#at !== close) throw new NoTree();
      this.#at++;
      const outer = this.#range(first, close);
      return { tree: negate(tree, negations), outer, inner: negations ? outer : inner };
    }
    return this.#leaf(first, this.#at);
  }

  /** `bare`: index of its first token behind `!`. */
  #leaf(first: number, bare: number): Part {
    let isMember = true;
    for (this.#at = bare; !this.#isEnd(this.#at); this.#at++) {
      const word = this.#words[this.#at]!;
      const close = this.#closing.get(this.#at);
      if (close !== undefined) this.#at = close;
      else if (!this.#isName(this.#at) && word !== '.' && word !== '::') isMember = false;
    }
    if (this.#at === bare) throw new NoTree();
    // `!a == b` is `(!a) == b`: there the `!` is a part of the leaf.
    const outer = this.#range(first, this.#at - 1);
    const leaf = isMember ? this.#range(bare, this.#at - 1) : outer;
    const tree: Tree = { kind: 'leaf', index: this.leaves.length };
    this.leaves.push(leaf);
    return { tree: negate(tree, isMember ? bare - first : 0), outer, inner: outer };
  }

  /** No operator: a name, a number, a string. Names of operators are reserved. */
  #isName(index: number): boolean {
    return this.#tokens[index]!.kind !== 'symbol' && !OPERATORS.has(this.#words[index]!);
  }

  #isEnd(index: number): boolean {
    const word = this.#words[index];
    if (word === undefined || ENDS.has(word)) return true;
    if (word === ',' || word === ':' || word === ';') throw new NoTree();
    return false;
  }

  #expect(keyword: string): void {
    if (this.#words[this.#at] !== keyword) throw new NoTree();
    this.#at++;
  }

  #range(first: number, last: number): TextRange {
    return { start: this.#tokens[first]!.start, end: this.#tokens[last]!.end };
  }
}

const ENDS: ReadonlySet<string> = new Set(['&&', '||', ')', 'then', 'else']);
const OPERATORS: ReadonlySet<string> = new Set(['in', 'has', 'like', 'is']);

function negate(tree: Tree, times: number): Tree {
  return times % 2 ? { kind: 'not', operand: tree } : tree;
}

/** By the index of each opening bracket; brackets that do not match are left out. */
export function closingBrackets(words: readonly string[]): Map<number, number> {
  const closing = new Map<number, number>();
  const open: number[] = [];
  words.forEach((word, index) => {
    if (word === '(' || word === '[' || word === '{') open.push(index);
    else if (word === ')' || word === ']' || word === '}') {
      const start = open.pop();
      if (start !== undefined) closing.set(start, index);
    }
  });
  return closing;
}

import type { Comparison } from '@benchbook/model';
import { type Token, unescapeString } from '../policies/lex.ts';

/** A comparison as a policy states it, turned so that the path stands on the left. */
export interface ComparedText {
  /** Names behind `context`, from the outside in. */
  readonly path: readonly string[];
  readonly operator: Comparison['operator'];
  readonly literal: Comparison['literal'];
}

type Operand =
  | { readonly kind: 'path'; readonly path: readonly string[]; readonly next: number }
  | { readonly kind: 'literal'; readonly literal: Comparison['literal']; readonly next: number };

const MIRRORED: Readonly<Record<Comparison['operator'], Comparison['operator']>> = {
  '<': '>',
  '<=': '>=',
  '==': '==',
  '!=': '!=',
  '>=': '<=',
  '>': '<',
};

const METHODS: ReadonlyMap<string, Comparison['operator']> = new Map([
  ['lessThan', '<'],
  ['lessThanOrEqual', '<='],
  ['greaterThan', '>'],
  ['greaterThanOrEqual', '>='],
]);

/** Longest comparison looked at, in tokens: a path and a literal are short. */
const MAX_TOKENS = 64;

/** The comparison of a path into `context` with a literal that a leaf is; null for every other leaf. */
export function comparisonOf(text: string, tokens: readonly Token[]): ComparedText | null {
  if (tokens.length > MAX_TOKENS) return null;
  const reader = new Reader(text, tokens);
  const left = reader.operand(0);
  if (!left) return null;
  const compared = reader.operator(left.next);
  if (!compared) return null;
  const right = reader.operand(compared.next);
  if (!right || right.next + compared.closing !== tokens.length) return null;
  if (left.kind === 'path' && right.kind === 'literal')
    return { path: left.path, operator: compared.operator, literal: right.literal };
  if (left.kind === 'literal' && right.kind === 'path')
    return { path: right.path, operator: MIRRORED[compared.operator], literal: left.literal };
  return null;
}

class Reader {
  readonly #text: string;
  readonly #tokens: readonly Token[];

  constructor(text: string, tokens: readonly Token[]) {
    this.#text = text;
    this.#tokens = tokens;
  }

  /** `==`, or `.lessThan(` with the parenthesis that must end the comparison. */
  operator(at: number): { operator: Comparison['operator']; next: number; closing: 0 | 1 } | null {
    const word = this.#word(at);
    if (Object.hasOwn(MIRRORED, word))
      return { operator: word as Comparison['operator'], next: at + 1, closing: 0 };
    const method = word === '.' ? METHODS.get(this.#word(at + 1)) : undefined;
    if (!method || this.#word(at + 2) !== '(' || this.#word(this.#tokens.length - 1) !== ')') return null;
    return { operator: method, next: at + 3, closing: 1 };
  }

  operand(at: number): Operand | null {
    const string = this.#string(at);
    if (string !== null) return { kind: 'literal', literal: string, next: at + 1 };
    const word = this.#word(at);
    if (word === 'true' || word === 'false')
      return { kind: 'literal', literal: word === 'true', next: at + 1 };
    if (word === '-' || /^\d+$/.test(word)) return this.#long(at);
    if (word === 'decimal') return this.#decimal(at);
    return word === 'context' ? this.#path(at + 1) : null;
  }

  #long(at: number): Operand | null {
    const isNegative = this.#word(at) === '-';
    const digits = this.#word(isNegative ? at + 1 : at);
    const value = Number(digits) * (isNegative ? -1 : 1);
    if (!/^\d+$/.test(digits) || !Number.isSafeInteger(value)) return null;
    return { kind: 'literal', literal: value + 0, next: at + (isNegative ? 2 : 1) };
  }

  /** `decimal("1.50")`; those with more digits than a number can tell apart are left out. */
  #decimal(at: number): Operand | null {
    const written = this.#word(at + 1) === '(' && this.#word(at + 3) === ')' ? this.#string(at + 2) : null;
    if (written === null || !/^-?\d+\.\d{1,4}$/.test(written)) return null;
    const value = Number(written);
    if (!Number.isSafeInteger(Math.round(value * 10_000))) return null;
    return { kind: 'literal', literal: value + 0, next: at + 4 };
  }

  #path(start: number): Operand | null {
    const path: string[] = [];
    let at = start;
    for (;;) {
      const key = this.#word(at) === '[' && this.#word(at + 2) === ']' ? this.#string(at + 1) : null;
      if (key !== null) {
        path.push(key);
        at += 3;
      } else if (this.#word(at) === '.' && this.#isAttribute(at + 1)) {
        path.push(this.#word(at + 1));
        at += 2;
      } else break;
    }
    return path.length ? { kind: 'path', path, next: at } : null;
  }

  /** A name that is no call. */
  #isAttribute(at: number): boolean {
    return this.#tokens[at]?.kind === 'word' && this.#word(at + 1) !== '(';
  }

  /** The value of a string literal, or null. */
  #string(at: number): string | null {
    const token = this.#tokens[at];
    if (token?.kind !== 'string') return null;
    return unescapeString(this.#text.slice(token.start + 1, token.end - 1));
  }

  /** '' for strings and behind the last token. */
  #word(at: number): string {
    const token = this.#tokens[at];
    return token && token.kind !== 'string' ? this.#text.slice(token.start, token.end) : '';
  }
}

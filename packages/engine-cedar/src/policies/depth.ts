/**
 * How deep a policy makes cedar-wasm recurse, from its tokens alone, before Cedar sees it: a stack overflow
 * ends the instance. Long chains of `&&` and `||` are common in real policies (lists of patterns), so they are
 * regrouped as balanced trees first: both are associative in Cedar, errors and short circuits included.
 */
import type { Token } from './lex.ts';
import type { Statement } from './split.ts';

/** Nested brackets; the parser of cedar-wasm 4.13.0 overflows at 72 on V8's default stack. */
export const MAX_NESTING = 48;
/** Levels of the syntax tree; evaluation overflows at 103 on V8's default stack. */
export const MAX_TREE_DEPTH = 64;
/** Operands of one chain; the formatter overflows at 2,789. */
export const MAX_CHAIN = 2000;
/** Chains up to this length stay as they are written. */
const FLAT_CHAIN = 8;

export type DepthVerdict =
  /** `text` is the statement's text, long chains regrouped: one character inserted at each of `insertions`. */
  | { readonly ok: true; readonly text: string; readonly insertions: readonly number[] }
  /** `message` says what is too deep. */
  | { readonly ok: false; readonly message: string };

interface Cost {
  /** Brackets, those to be inserted included. */
  readonly nesting: number;
  readonly tree: number;
}

interface Operand extends Cost {
  readonly start: number;
  readonly end: number;
}

interface Insertion {
  readonly at: number;
  readonly text: '(' | ')';
}

class TooDeep extends Error {}

/** Measures a statement and regroups its long chains. */
export function boundDepth(statement: Statement): DepthVerdict {
  const { text, tokens } = statement;
  const nesting = bracketDepth(text, tokens);
  if (nesting > MAX_NESTING)
    return { ok: false, message: `brackets nest ${nesting} deep; at most ${MAX_NESTING} can be evaluated` };
  try {
    return { ok: true, ...new Regrouper(text, tokens).run(statement.bodyStart) };
  } catch (error) {
    if (error instanceof TooDeep) return { ok: false, message: error.message };
    throw error;
  }
}

/** Offset in the original text of an offset in the regrouped one. `insertions` ascend. */
export function originalOffset(insertions: readonly number[], offset: number): number {
  let inserted = 0;
  while (inserted < insertions.length && insertions[inserted]! + inserted < offset) inserted++;
  return offset - inserted;
}

/** Deepest nesting of `(`, `[` and `{` outside strings. */
export function bracketDepth(text: string, tokens: readonly Token[]): number {
  let depth = 0;
  let deepest = 0;
  for (const token of tokens) {
    if (token.kind !== 'symbol') continue;
    const symbol = text[token.start]!;
    if ('([{'.includes(symbol)) deepest = Math.max(deepest, ++depth);
    else if (')]}'.includes(symbol)) depth--;
  }
  return deepest;
}

class Regrouper {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #insertions: Insertion[] = [];
  #at = 0;

  constructor(text: string, tokens: readonly Token[]) {
    this.#text = text;
    this.#tokens = tokens;
  }

  run(bodyStart: number): { text: string; insertions: readonly number[] } {
    this.#at = bodyStart;
    const cost = { nesting: 0, tree: 0 };
    let clauses = 0;
    while (this.#at < this.#tokens.length) {
      const word = this.#word(this.#at);
      if (word === '(' || word === '[' || word === '{') {
        clauses++;
        deepen(cost, this.#group());
      } else this.#at++;
    }
    // The scope and all clauses become one conjunction.
    const tree = cost.tree + clauses + 3;
    if (tree > MAX_TREE_DEPTH)
      throw new TooDeep(
        `the condition is a tree ${tree} levels deep; at most ${MAX_TREE_DEPTH} can be evaluated`,
      );
    if (cost.nesting > MAX_NESTING)
      throw new TooDeep(`brackets nest ${cost.nesting} deep; at most ${MAX_NESTING} can be evaluated`);
    return this.#apply();
  }

  /** From an opening bracket to behind its closing one. */
  #group(): Cost {
    // Parentheses alone are no level of the tree; sets, records and clauses are.
    const level = this.#word(this.#at) === '(' ? 0 : 1;
    this.#at++;
    const cost = { nesting: 0, tree: 0 };
    let branches = 0;
    while (this.#at < this.#tokens.length) {
      const word = this.#word(this.#at);
      if (word === ')' || word === ']' || word === '}') {
        this.#at++;
        break;
      }
      if (SEPARATORS.has(word)) {
        if (word === 'if') branches++;
        this.#at++;
      } else deepen(cost, this.#disjunction());
    }
    return { nesting: cost.nesting + 1, tree: cost.tree + branches + level };
  }

  #disjunction(): Cost {
    return this.#chain('||', () => this.#chain('&&', () => this.#operand()));
  }

  #chain(operator: string, operand: () => Operand): Operand {
    const operands = [operand()];
    while (this.#word(this.#at) === operator) {
      this.#at++;
      operands.push(operand());
    }
    if (operands.length > MAX_CHAIN)
      throw new TooDeep(`${operands.length} operands of ${operator}; at most ${MAX_CHAIN} can be evaluated`);
    const cost = { nesting: 0, tree: 0 };
    for (const one of operands) deepen(cost, one);
    const place = { start: operands[0]!.start, end: operands.at(-1)!.end };
    if (operands.length <= FLAT_CHAIN) return { ...place, ...cost, tree: cost.tree + operands.length - 1 };
    this.#balance(operands, 0, operands.length, true);
    const levels = Math.ceil(Math.log2(operands.length));
    return { ...place, nesting: cost.nesting + levels, tree: cost.tree + levels };
  }

  /** One operand of `&&`: relations, arithmetic, member access; each operator may add a level. */
  #operand(): Operand {
    const start = this.#tokens[this.#at]?.start ?? this.#text.length;
    const cost = { nesting: 0, tree: 0 };
    let operators = 0;
    let end = start;
    while (this.#at < this.#tokens.length) {
      const word = this.#word(this.#at);
      if (STOPS.has(word)) break;
      if (word === '(' || word === '[' || word === '{') {
        // Behind a name or another bracket it is a call, or access by name.
        if (end > start && this.#endsOperand(this.#at - 1)) operators++;
        deepen(cost, this.#group());
      } else {
        const isName = this.#tokens[this.#at]!.kind !== 'symbol' && !WORD_OPERATORS.has(word);
        if (!isName && word !== '::') operators++;
        this.#at++;
      }
      end = this.#tokens[this.#at - 1]!.end;
    }
    return { start, end, nesting: cost.nesting, tree: Math.max(cost.tree, 1) + operators };
  }

  #endsOperand(index: number): boolean {
    const isSymbol = this.#tokens[index]?.kind === 'symbol';
    const word = this.#word(index);
    return isSymbol ? word === ')' || word === ']' || word === '}' : !WORD_OPERATORS.has(word);
  }

  #balance(operands: readonly Operand[], from: number, to: number, isTop: boolean): void {
    if (to - from < 2) return;
    if (!isTop) {
      this.#insertions.push({ at: operands[from]!.start, text: '(' });
      this.#insertions.push({ at: operands[to - 1]!.end, text: ')' });
    }
    const middle = (from + to) >> 1;
    this.#balance(operands, from, middle, false);
    this.#balance(operands, middle, to, false);
  }

  #apply(): { text: string; insertions: readonly number[] } {
    if (!this.#insertions.length) return { text: this.#text, insertions: [] };
    const ordered = this.#insertions.toSorted((a, b) => a.at - b.at);
    let result = '';
    let at = 0;
    for (const insertion of ordered) {
      result += this.#text.slice(at, insertion.at) + insertion.text;
      at = insertion.at;
    }
    return { text: result + this.#text.slice(at), insertions: ordered.map((insertion) => insertion.at) };
  }

  /** The token's text; '' behind the last one and for strings. */
  #word(index: number): string {
    const token = this.#tokens[index];
    return token && token.kind !== 'string' ? this.#text.slice(token.start, token.end) : '';
  }
}

/** What ends an operand of `&&`. */
const STOPS: ReadonlySet<string> = new Set(['||', '&&', ')', ']', '}', ',', ':', ';', 'if', 'then', 'else']);
/** What stands between the expressions of one pair of brackets. */
const SEPARATORS: ReadonlySet<string> = new Set([',', ':', ';', 'if', 'then', 'else']);
const WORD_OPERATORS: ReadonlySet<string> = new Set(['in', 'has', 'like', 'is']);

function deepen(cost: { nesting: number; tree: number }, other: Cost): void {
  cost.nesting = Math.max(cost.nesting, other.nesting);
  cost.tree = Math.max(cost.tree, other.tree);
}

import type { TextRange } from '@benchbook/model';
import { originalOffset } from '../policies/depth.ts';
import { lex, type Token } from '../policies/lex.ts';
import { splitStatements } from '../policies/split.ts';
import { type ComparedText, comparisonOf } from './comparison.ts';
import { closingBrackets, splitExpression, type Tree } from './tree.ts';

/** One boolean leaf. */
export interface Leaf {
  /** What Cedar gets of it. */
  readonly text: string;
  readonly range: TextRange;
  readonly comparison: ComparedText | null;
}

/** One `when` or `unless`. */
export interface Clause {
  readonly kind: 'when' | 'unless';
  readonly tree: Tree;
  /** Of its condition, without braces and parentheses around it. */
  readonly range: TextRange;
  readonly leaves: readonly Leaf[];
}

/** What the parts of a policy are, as written. Ranges are offsets in the statement's own text. */
export interface Outline {
  /** From the effect to the parenthesis that ends the scope. */
  readonly head: TextRange;
  /** Parentheses included; null where it lets everything through. */
  readonly scope: string | null;
  readonly clauses: readonly Clause[];
}

/**
 * Outlines a policy or template that parses. `text` is what Cedar gets, with characters inserted at `insertions`
 * (see `ParsedPolicy`).
 */
export function outline(text: string, insertions: readonly number[]): Outline {
  const statement = splitStatements(text)[0];
  const tokens = statement ? statement.tokens.slice(statement.bodyStart) : lex(text);
  const words = tokens.map(({ kind, start, end }) => (kind === 'string' ? '"' : text.slice(start, end)));
  const closing = closingBrackets(words);
  const original = ({ start, end }: TextRange): TextRange => ({
    start: originalOffset(insertions, start),
    end: originalOffset(insertions, end),
  });

  const scopeEnd = closing.get(1) ?? 1;
  const scopeWords = words.slice(2, scopeEnd).join('');
  const scope = text.slice(tokens[1]!.start, tokens[scopeEnd]!.end);
  const clauses: Clause[] = [];
  for (let at = scopeEnd + 1; at < words.length; ) {
    const kind = words[at];
    const close = closing.get(at + 1);
    if ((kind !== 'when' && kind !== 'unless') || close === undefined || close < at + 3) break;
    const inside = tokens.slice(at + 2, close);
    const { tree, range, leaves } = splitExpression(text, inside);
    clauses.push({
      kind,
      tree,
      range: original(range),
      leaves: leaves.map((leaf) => ({
        text: text.slice(leaf.start, leaf.end),
        range: original(leaf),
        comparison: comparisonOf(text, tokensWithin(inside, leaf)),
      })),
    });
    at = close + 1;
  }
  return {
    head: original({ start: tokens[0]!.start, end: tokens[scopeEnd]!.end }),
    scope: scopeWords === 'principal,action,resource' ? null : scope,
    clauses,
  };
}

function tokensWithin(tokens: readonly Token[], { start, end }: TextRange): Token[] {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens[middle]!.start < start) low = middle + 1;
    else high = middle;
  }
  const found: Token[] = [];
  for (let at = low; at < tokens.length && tokens[at]!.end <= end; at++) found.push(tokens[at]!);
  return found;
}

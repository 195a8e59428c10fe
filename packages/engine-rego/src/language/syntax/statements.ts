import type { TextRange } from '@benchbook/model';
import type { Token } from './lexer.ts';

/** A package clause, an import or one clause of a rule, whether it parses or not. */
export interface Statement {
  readonly kind: 'package' | 'import' | 'rule';
  /** Its tokens without comments, in document order. */
  readonly tokens: readonly Token[];
  /** Of each bracket in `tokens` that has one, the index of its partner. */
  readonly pairs: ReadonlyMap<number, number>;
  /** Without the comments above it. */
  readonly range: TextRange;
  /** The comments that stand directly above it; empty ranges at its start where there are none. */
  readonly comments: TextRange;
}

const OPENERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
/** After these an expression goes on in the next line. */
const GOES_ON =
  /^(?::=|==|!=|<=|>=|[-+*/%&|=<>([{.,:]|if|else|contains|in|some|every|not|with|as|default|package|import)$/;
/** These go on with what stands in the line before. */
const CONTINUES = /^(?:if|else|contains|in|with|as|:=|==|!=|<=|>=|[-+*/%&|=<>)\]}.,:;])$/;
/** What follows the name of a rule. */
const AFTER_NAME = /^(?:if|contains|:=|=|\(|\[|\.|\{)$/;

/**
 * Cuts tokens into statements. Where brackets do not match, a line that begins in the first column like a statement
 * is taken as the start of one, so that what is half written spoils nothing below it.
 */
export function cutStatements(tokens: readonly Token[], text: string): Statement[] {
  const code = tokens.filter(({ kind }) => kind !== 'comment');
  const starts = startsOf(code, balanced(code), text);
  const comments = tokens.filter(({ kind }) => kind === 'comment');
  return starts.map((from, index) => {
    const own = code.slice(from, starts[index + 1] ?? code.length);
    const start = own[0]!.start;
    return {
      kind: kindOf(own[0]!),
      tokens: own,
      pairs: pairsOf(own),
      range: { start, end: own.at(-1)!.end },
      comments: commentsAbove(comments, start, text),
    };
  });
}

function kindOf({ text }: Token): Statement['kind'] {
  return text === 'package' || text === 'import' ? text : 'rule';
}

function balanced(code: readonly Token[]): boolean {
  const open: string[] = [];
  for (const { kind, text, open: unended } of code) {
    if (unended) return false;
    if (kind !== 'sign') continue;
    const closer = OPENERS[text];
    if (closer !== undefined) open.push(closer);
    else if ((text === ')' || text === ']' || text === '}') && open.pop() !== text) return false;
  }
  return open.length === 0;
}

function startsOf(code: readonly Token[], whole: boolean, text: string): number[] {
  const starts: number[] = [];
  let depth = 0;
  for (const [index, token] of code.entries()) {
    if (index === 0 || (token.first && begins(code, index, depth, whole, text))) {
      starts.push(index);
      depth = 0;
    }
    if (token.kind !== 'sign') continue;
    if (OPENERS[token.text] !== undefined) depth++;
    else if (token.text === ')' || token.text === ']' || token.text === '}') depth = Math.max(0, depth - 1);
  }
  return starts;
}

function begins(code: readonly Token[], index: number, depth: number, whole: boolean, text: string): boolean {
  const token = code[index]!;
  const before = code[index - 1]!;
  const inFirstColumn = token.start === 0 || /[\r\n]/.test(text[token.start - 1]!);
  // Nobody leaves a line empty within an expression.
  const apart =
    depth === 0 && /(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)$/.test(text.slice(before.end, token.start));
  if ((!whole || apart) && inFirstColumn && looksLikeStart(code, index)) return true;
  if (depth > 0 || CONTINUES.test(token.text)) return false;
  if (token.text === '{' || token.text === '[' || token.text === '(') return false;
  return !(before.kind !== 'string' && GOES_ON.test(before.text));
}

function looksLikeStart(code: readonly Token[], index: number): boolean {
  const token = code[index]!;
  if (token.kind !== 'name') return false;
  if (token.text === 'package' || token.text === 'import' || token.text === 'default') return true;
  if (CONTINUES.test(token.text) || token.text === 'not' || token.text === 'some') return false;
  const next = code[index + 1];
  return next !== undefined && !next.first && AFTER_NAME.test(next.text);
}

function pairsOf(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  const open: { index: number; closer: string }[] = [];
  const awaited = new Map<string, number>();
  const count = (closer: string, by: number) => awaited.set(closer, (awaited.get(closer) ?? 0) + by);
  tokens.forEach(({ kind, text }, index) => {
    if (kind !== 'sign') return;
    const closer = OPENERS[text];
    if (closer !== undefined) {
      open.push({ index, closer });
      count(closer, 1);
    } else if ((awaited.get(text) ?? 0) > 0) {
      // What is left open inside does not take the partner of what is around it.
      for (let last = open.pop(); last; last = open.pop()) {
        count(last.closer, -1);
        if (last.closer !== text) continue;
        pairs.set(last.index, index);
        pairs.set(index, last.index);
        break;
      }
    }
  });
  return pairs;
}

/** The run of comment lines that ends in the line above `start`. */
function commentsAbove(comments: readonly Token[], start: number, text: string): TextRange {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comments[middle]!.start < start) low = middle + 1;
    else high = middle;
  }
  let from = start;
  let end = start;
  for (let index = low - 1; index >= 0; index--) {
    const comment = comments[index]!;
    if (!comment.first || !/^(?:\r\n|\n|\r)[ \t]*$/.test(text.slice(comment.end, from))) break;
    if (from === start) end = comment.end;
    from = comment.start;
  }
  return { start: from, end };
}

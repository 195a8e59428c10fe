import { type Token, tokenize } from '../tokens.ts';

/** A token of half-typed text: a string that nobody closed ends with its line. */
export interface LooseToken extends Token {
  readonly text: string;
  readonly isClosed: boolean;
}

const OPENING = /^([bB]?[rR]?)("""|'''|"|')/;

/** Reads the tokens of an expression as it is being typed. */
export function looseTokens(source: string): LooseToken[] {
  const tokens: LooseToken[] = [];
  let from = 0;
  while (from < source.length) {
    let next = source.length;
    for (const token of tokenize(from === 0 ? source : source.slice(from))) {
      const start = token.start + from;
      const end = token.end + from;
      const text = source.slice(start, end);
      const opening = token.kind === 'unknown' ? OPENING.exec(text) : null;
      if (!opening) {
        const content = token.content && {
          start: token.content.start + from,
          end: token.content.end + from,
        };
        tokens.push({ ...token, start, end, text, isClosed: true, ...(content && { content }) });
        continue;
      }
      const stop = lineEnd(source, start + opening[0].length);
      tokens.push({
        kind: /b/i.test(opening[1] ?? '') ? 'bytes' : 'string',
        start,
        end: stop,
        text: source.slice(start, stop),
        raw: /r/i.test(opening[1] ?? ''),
        content: { start: start + opening[0].length, end: stop },
        isClosed: false,
      });
      next = stop;
      break;
    }
    from = next;
  }
  return tokens;
}

function lineEnd(source: string, from: number): number {
  const found = /\r?\n/g;
  found.lastIndex = from;
  return found.exec(source)?.index ?? source.length;
}

/** Comments, which are no tokens: from `//` to the end of the line. */
export function commentsOf(source: string, tokens: readonly LooseToken[]): { start: number; end: number }[] {
  const comments: { start: number; end: number }[] = [];
  let from = 0;
  for (const { start, end } of [...tokens, { start: source.length, end: source.length }]) {
    for (const match of source.slice(from, start).matchAll(/\/\/[^\n]*/g)) {
      const at = from + match.index;
      comments.push({ start: at, end: at + match[0].trimEnd().length });
    }
    from = end;
  }
  return comments;
}

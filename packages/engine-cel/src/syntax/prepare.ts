import { decodeBytes } from './bytes.ts';
import { matchBrackets, type Token, tokenize } from './tokens.ts';

/** An expression's text with what cel-js' own reading of it must be held against. */
export interface SourceText {
  readonly text: string;
  /** What cel-js is given: as long as `text`, with stand-ins for tokens that it does not know. */
  readonly parsed: string;
  /** Field names in backquotes, by the offset where they start. */
  readonly quotedNames: ReadonlyMap<number, string>;
  /** Bytes literals, by the offset where they start. */
  readonly bytes: ReadonlyMap<number, Uint8Array>;
  /** Ends of string literals by their start. */
  readonly strings: ReadonlyMap<number, number>;
  /** True where the text from `start` to `end` stands in parentheses of its own. */
  readonly isParenthesized: (start: number, end: number) => { start: number; end: number } | null;
  readonly tokens: readonly Token[];
}

/** Reads the tokens of an expression and prepares its text for cel-js. */
export function prepareSource(text: string): SourceText {
  const tokens = tokenize(text);
  const pairs = matchBrackets(text, tokens);
  const startIndex = new Map(tokens.map((token, index) => [token.start, index]));
  const endIndex = new Map(tokens.map((token, index) => [token.end, index]));
  const quotedNames = new Map<number, string>();
  const bytes = new Map<number, Uint8Array>();
  const strings = new Map<number, number>();
  let parsed = '';
  let copied = 0;
  const replace = (token: Token, stand: string): void => {
    parsed += text.slice(copied, token.start) + stand;
    copied = token.end;
  };
  for (const token of tokens) {
    const length = token.end - token.start;
    if (token.kind === 'quoted') {
      quotedNames.set(token.start, text.slice(token.start + 1, token.end - 1));
      replace(token, 'q'.padEnd(length, '_'));
    } else if (token.kind === 'string') {
      strings.set(token.start, token.end);
    } else if (token.kind === 'bytes' && token.content) {
      const content = text.slice(token.content.start, token.content.end);
      bytes.set(token.start, decodeBytes(content, token.raw === true));
      if (token.raw) replace(token, `b'${'x'.repeat(length - 3)}'`);
    }
  }
  return {
    text,
    parsed: parsed + text.slice(copied),
    quotedNames,
    bytes,
    strings,
    tokens,
    isParenthesized(start, end) {
      const first = startIndex.get(start);
      const last = endIndex.get(end);
      if (first === undefined || last === undefined || first === 0) return null;
      const before = tokens[first - 1] as Token;
      if (text[before.start] !== '(' || pairs.get(first - 1) !== last + 1) return null;
      return { start: before.start, end: (tokens[last + 1] as Token).end };
    },
  };
}

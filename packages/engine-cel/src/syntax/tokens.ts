/**
 * The tokens of a CEL expression by CEL's own lexical rules, with positions. cel-js keeps no parentheses and reads
 * a few literals its own way: what it read is held against these.
 */
export interface Token {
  /** `name` covers keywords, `quoted` is a field name in backquotes, `unknown` is what CEL has no token for. */
  readonly kind: 'name' | 'number' | 'string' | 'bytes' | 'quoted' | 'punctuation' | 'unknown';
  readonly start: number;
  readonly end: number;
  /** Strings and bytes: without escapes. */
  readonly raw?: boolean;
  /** Strings and bytes: what stands between the quotes. */
  readonly content?: { readonly start: number; readonly end: number };
}

const SPACE = /(?:[ \t\r\n\f]|\/\/[^\n]*)+/y;
const NUMBER = /0[xX][0-9a-fA-F]+[uU]?|(?:\d+\.\d+|\.\d+|\d+)(?:[eE][+-]?\d+)?[uU]?/y;
const STRING_START = /([bB]?[rR]?)("""|'''|"|')/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const QUOTED = /`[^`\n\r]+`/y;
const PUNCTUATION = /==|!=|<=|>=|&&|\|\||[-+*/%<>!()[\]{}.,:?]/y;

/** Reads all tokens; never fails. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    at = match(SPACE, source, at) ?? at;
    if (at >= source.length) break;
    const token = readString(source, at) ?? readPlain(source, at);
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

function match(pattern: RegExp, source: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(source) ? pattern.lastIndex : undefined;
}

function readPlain(source: string, start: number): Token {
  const kinds: [Token['kind'], RegExp][] = [
    ['name', NAME],
    ['number', NUMBER],
    ['quoted', QUOTED],
    ['punctuation', PUNCTUATION],
  ];
  for (const [kind, pattern] of kinds) {
    const end = match(pattern, source, start);
    if (end !== undefined) return { kind, start, end };
  }
  return { kind: 'unknown', start, end: start + 1 };
}

function readString(source: string, start: number): Token | null {
  STRING_START.lastIndex = start;
  const opening = STRING_START.exec(source);
  if (!opening) return null;
  const prefix = opening[1] ?? '';
  const quote = opening[2] ?? '';
  const raw = /r/i.test(prefix);
  const contentStart = start + opening[0].length;
  let at = contentStart;
  while (at < source.length && !source.startsWith(quote, at)) {
    if (quote.length === 1 && (source[at] === '\n' || source[at] === '\r')) break;
    at += source[at] === '\\' && !raw ? 2 : 1;
  }
  if (!source.startsWith(quote, at)) return { kind: 'unknown', start, end: source.length };
  return {
    kind: /b/i.test(prefix) ? 'bytes' : 'string',
    start,
    end: at + quote.length,
    raw,
    content: { start: contentStart, end: at },
  };
}

/** For each opening bracket's token index the index of its closing one, and the other way round. */
export function matchBrackets(source: string, tokens: readonly Token[]): Map<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  tokens.forEach((token, index) => {
    if (token.kind !== 'punctuation') return;
    const text = source.slice(token.start, token.end);
    if ('([{'.includes(text)) open.push(index);
    else if (')]}'.includes(text)) {
      const partner = open.pop();
      if (partner === undefined) return;
      pairs.set(partner, index);
      pairs.set(index, partner);
    }
  });
  return pairs;
}

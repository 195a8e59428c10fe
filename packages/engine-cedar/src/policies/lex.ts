/**
 * Tokens of Cedar's policy language, as far as splitting, annotations and depth need them. Never fails: what
 * Cedar would refuse becomes a token too, and Cedar's own parser says what is wrong.
 */
export interface Token {
  readonly kind: 'word' | 'string' | 'symbol';
  readonly start: number;
  readonly end: number;
}

const TRIVIA = /(?:\s+|\/\/[^\n]*)*/y;
const STRING = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"?/y;
const WORD = /[A-Za-z0-9_?]+/y;
const SYMBOL = /==|!=|<=|>=|&&|\|\||::|[\s\S]/y;

/** All tokens of `text`, comments and white space dropped. */
export function lex(text: string): Token[] {
  const tokens: Token[] = [];
  lexFrom(text, 0, (token) => {
    tokens.push(token);
    return true;
  });
  return tokens;
}

/** Gives the tokens from an offset on, one by one, until `visit` says false. */
export function lexFrom(text: string, from: number, visit: (token: Token) => boolean): void {
  let at = from;
  const match = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  for (;;) {
    match(TRIVIA);
    if (at >= text.length) return;
    const start = at;
    const kind = match(STRING) ? 'string' : match(WORD) ? 'word' : 'symbol';
    if (kind === 'symbol') match(SYMBOL);
    if (!visit({ kind, start, end: at })) return;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '0': '\0',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

/** The value of a Cedar string literal, given without its quotes. */
export function unescapeString(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replaceAll(
    /\\(?:x([0-9a-fA-F]{2})|u\{([0-9a-fA-F]{1,6})\}|([\s\S]))/g,
    (whole, hex?: string, unicode?: string, single?: string) => {
      const code = hex ?? unicode;
      if (code !== undefined) {
        const point = Number.parseInt(code, 16);
        return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
      }
      return ESCAPES[single ?? ''] ?? whole;
    },
  );
}

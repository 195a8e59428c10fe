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
  let at = 0;
  const match = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  for (;;) {
    match(TRIVIA);
    if (at >= text.length) return tokens;
    const start = at;
    if (match(STRING)) tokens.push({ kind: 'string', start, end: at });
    else if (match(WORD)) tokens.push({ kind: 'word', start, end: at });
    else {
      match(SYMBOL);
      tokens.push({ kind: 'symbol', start, end: at });
    }
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

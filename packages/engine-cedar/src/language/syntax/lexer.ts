/** Tokens for the editor: comments are kept, and a string that is not closed ends with its line. Never fails. */
export interface EditorToken {
  readonly kind: 'word' | 'number' | 'string' | 'symbol' | 'comment';
  readonly start: number;
  readonly end: number;
}

const SPACE = /\s*/y;
const COMMENT = /\/\/[^\n]*/y;
const STRING = /"(?:[^"\\\n]|\\[^\n])*(?:"|\\?(?=\n|$))/y;
const WORD = /\?[A-Za-z]\w*|[A-Za-z_]\w*/y;
const NUMBER = /\d+/y;
const SYMBOL = /==|!=|<=|>=|&&|\|\||::|[\s\S]/y;

const KINDS = [
  ['comment', COMMENT],
  ['string', STRING],
  ['word', WORD],
  ['number', NUMBER],
  ['symbol', SYMBOL],
] as const;

/** The token at or behind `from`, white space skipped; null at the end. */
export function nextToken(text: string, from: number): EditorToken | null {
  SPACE.lastIndex = from;
  SPACE.test(text);
  const start = SPACE.lastIndex;
  if (start >= text.length) return null;
  for (const [kind, pattern] of KINDS) {
    pattern.lastIndex = start;
    if (pattern.test(text)) return { kind, start, end: pattern.lastIndex };
  }
  return null;
}

/** All tokens of a text. */
export function editorTokens(text: string): EditorToken[] {
  const tokens: EditorToken[] = [];
  for (let token = nextToken(text, 0); token; token = nextToken(text, token.end)) tokens.push(token);
  return tokens;
}

/** True for a string token with its closing quote. */
export function isClosed(text: string, { start, end }: EditorToken): boolean {
  if (end - start < 2 || text[end - 1] !== '"') return false;
  let slashes = 0;
  while (text[end - 2 - slashes] === '\\') slashes++;
  return slashes % 2 === 0;
}

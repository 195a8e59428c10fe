/** `text`: the literal parts of a `$"..."` string. `bad`: a character that Rego has no use for. */
export type TokenKind = 'name' | 'string' | 'raw' | 'text' | 'number' | 'sign' | 'comment' | 'bad';

/** A piece of the text; white space lies between tokens. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** It is the first of its line. */
  readonly first: boolean;
  /** A string that ends without its quote. */
  readonly open?: boolean;
}

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SIGN = /:=|==|!=|<=|>=|[-+*/%&|=<>()[\]{}.,:;]/y;
const STRING = /"(?:[^"\\\r\n]|\\.)*("?)/y;
const RAW = /`[^`]*(`?)/y;
const COMMENT = /#[^\r\n]*/y;
const TEMPLATE_PART = /(?:[^"\\{\r\n]|\\.)*/y;
const RAW_TEMPLATE_PART = /(?:[^`\\{]|\\.)*/y;

/** Cuts any text into tokens; none is lost, and nothing is an error. Tokens of `$"a {x} b"` stand by themselves. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  // Of each `{` that is open, the quote of the template string that goes on after it, if there is one.
  const braces: (string | undefined)[] = [];
  let at = 0;
  let first = true;

  function push(kind: TokenKind, end: number, open = false): void {
    tokens.push({ kind, start: at, end, text: text.slice(at, end), first, ...(open && { open }) });
    first = false;
    at = end;
  }

  function match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    return pattern.exec(text);
  }

  /** The literal part of a template string from here to its next expression or end. */
  function template(quote: string, skip: number): void {
    const pattern = quote === '"' ? TEMPLATE_PART : RAW_TEMPLATE_PART;
    pattern.lastIndex = at + skip;
    const end = at + skip + (pattern.exec(text)?.[0].length ?? 0);
    if (text[end] === '{') {
      if (end > at) push('text', end);
      braces.push(quote);
      push('sign', end + 1);
    } else push('text', text[end] === quote ? end + 1 : end, text[end] !== quote);
  }

  while (at < text.length) {
    const char = text[at]!;
    if (char === '\n' || char === '\r') {
      first = true;
      at++;
      continue;
    }
    if (char === ' ' || char === '\t') {
      at++;
      continue;
    }
    if (char === '#') push('comment', at + match(COMMENT)![0].length);
    else if (char === '$' && (text[at + 1] === '"' || text[at + 1] === '`')) template(text[at + 1]!, 2);
    else if (char === '"') {
      const found = match(STRING)!;
      push('string', at + found[0].length, found[1] === '');
    } else if (char === '`') {
      const found = match(RAW)!;
      push('raw', at + found[0].length, found[1] === '');
    } else {
      const name = match(NAME);
      const number = name ? null : match(NUMBER);
      const sign = name || number ? null : match(SIGN);
      if (name) push('name', at + name[0].length);
      else if (number) push('number', at + number[0].length);
      else if (sign) {
        if (char === '{') braces.push(undefined);
        const quote = char === '}' ? braces.pop() : undefined;
        push('sign', at + sign[0].length);
        if (quote !== undefined) template(quote, 0);
      } else push('bad', at + (text.codePointAt(at)! > 0xffff ? 2 : 1));
    }
  }
  return tokens;
}

/** The value of a string token, or undefined where it has none. */
export function stringValue(token: Token): string | undefined {
  if (token.kind === 'raw') return token.text.slice(1, token.open ? undefined : -1);
  if (token.kind !== 'string') return undefined;
  if (token.open) return token.text.slice(1);
  try {
    return JSON.parse(token.text) as string;
  } catch {
    return token.text.slice(1, -1);
  }
}

/** Index of the first token that ends after `offset`. */
export function tokenIndexAt(tokens: readonly Token[], offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens[middle]!.end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

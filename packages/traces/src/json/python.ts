import { type Json, MAX_JSON_DEPTH, setOwn } from '@benchbook/model';
import { asJson, exactNumber } from './numbers.ts';

/** Signals that a text is none; never leaves this file. */
class NotPython extends Error {}

/**
 * A dict or list as Python's `repr` writes it, which frameworks log where JSON was meant: `{'a': 1, 'b': None}`.
 * Undefined where the text is anything else, or says what JSON cannot (a set, a date, bytes).
 */
export function parsePython(text: string): Json | undefined {
  const parser = new Parser(text.trim());
  try {
    return parser.whole();
  } catch (error) {
    if (error instanceof NotPython) return undefined;
    throw error;
  }
}

const ESCAPES: { readonly [char: string]: string } = {
  n: '\n',
  r: '\r',
  t: '\t',
  '\\': '\\',
  "'": "'",
  '"': '"',
};
const WORDS: readonly (readonly [string, Json])[] = [
  ['True', true],
  ['False', false],
  ['None', null],
];

class Parser {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  whole(): Json {
    const value = this.value(MAX_JSON_DEPTH);
    this.space();
    if (this.at < this.text.length) throw new NotPython();
    return value;
  }

  private value(left: number): Json {
    this.space();
    const char = this.text[this.at];
    if (left === 0) throw new NotPython();
    if (char === '{') return this.dict(left - 1);
    if (char === '[') return this.list(']', left - 1);
    if (char === '(') return this.list(')', left - 1);
    if (char === "'" || char === '"') return this.string(char);
    for (const [word, value] of WORDS) if (this.take(word)) return value;
    return this.number();
  }

  private dict(left: number): Json {
    const object = {};
    this.at++;
    for (;;) {
      if (this.closes('}')) return object;
      this.space();
      const quote = this.text[this.at];
      if (quote !== "'" && quote !== '"') throw new NotPython();
      const key = this.string(quote);
      this.space();
      if (!this.take(':')) throw new NotPython();
      setOwn(object, key, this.value(left));
      this.separator('}');
    }
  }

  private list(end: string, left: number): Json {
    const items: Json[] = [];
    this.at++;
    for (;;) {
      if (this.closes(end)) return items;
      items.push(this.value(left));
      this.separator(end);
    }
  }

  private separator(end: string): void {
    this.space();
    if (!this.take(',') && this.text[this.at] !== end) throw new NotPython();
  }

  private closes(end: string): boolean {
    this.space();
    return this.take(end);
  }

  private string(quote: string): string {
    let out = '';
    for (let i = this.at + 1; i < this.text.length; i++) {
      const char = this.text[i]!;
      if (char === quote) {
        this.at = i + 1;
        return out;
      }
      if (char !== '\\') {
        out += char;
        continue;
      }
      const next = this.text[++i] ?? '';
      const digits = { x: 2, u: 4, U: 8 }[next];
      if (digits === undefined) out += ESCAPES[next] ?? `\\${next}`;
      else {
        const code = Number.parseInt(this.text.slice(i + 1, i + 1 + digits), 16);
        if (!(code <= 0x10ffff)) throw new NotPython();
        out += String.fromCodePoint(code);
        i += digits;
      }
    }
    throw new NotPython();
  }

  private number(): Json {
    const match = /^-?[\d.][\d.eE+-]*/.exec(this.text.slice(this.at, this.at + 1_100));
    const value = match && exactNumber(match[0]);
    if (!match || value === undefined || value === null || typeof value === 'object') throw new NotPython();
    this.at += match[0].length;
    return asJson(value);
  }

  private take(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private space(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
  }
}

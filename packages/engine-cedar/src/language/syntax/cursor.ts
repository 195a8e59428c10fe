import type { TextRange } from '@benchbook/model';
import { unescapeString } from '../../policies/lex.ts';
import { type EditorToken, isClosed } from './lexer.ts';
import type { Name, Path, Text } from './tree.ts';

/** Reads tokens one by one, comments dropped, and notes whether anything was missing. */
export class Cursor {
  readonly text: string;
  readonly #tokens: readonly EditorToken[];
  #at = 0;
  /** Something was missing, or was skipped. */
  hasGap = false;

  constructor(text: string, tokens: readonly EditorToken[]) {
    this.text = text;
    this.#tokens = tokens.filter(({ kind }) => kind !== 'comment');
  }

  get isDone(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** Text of the token `ahead`; `"` for a string; '' at the end. */
  word(ahead = 0): string {
    const token = this.#tokens[this.#at + ahead];
    if (!token) return '';
    return token.kind === 'string' ? '"' : this.text.slice(token.start, token.end);
  }

  kind(ahead = 0): EditorToken['kind'] | null {
    return this.#tokens[this.#at + ahead]?.kind ?? null;
  }

  /** Range of the token `ahead`; the end of the text behind the last one. */
  range(ahead = 0): TextRange {
    const token = this.#tokens[this.#at + ahead];
    if (token) return { start: token.start, end: token.end };
    const end = this.#tokens.at(-1)?.end ?? 0;
    return { start: end, end };
  }

  /** End of the token before. */
  get end(): number {
    return this.#tokens[this.#at - 1]?.end ?? 0;
  }

  skip(): TextRange {
    const range = this.range();
    if (!this.isDone) this.#at++;
    return range;
  }

  /** Takes a token of that text; where another stands, notes a gap. */
  expect(word: string): TextRange | null {
    if (this.word() === word) return this.skip();
    this.hasGap = true;
    return null;
  }

  take(word: string): TextRange | null {
    return this.word() === word ? this.skip() : null;
  }

  name(): Name {
    const range = this.skip();
    return { text: this.text.slice(range.start, range.end), range };
  }

  string(): Text {
    const token = this.#tokens[this.#at]!;
    const range = this.skip();
    const closed = isClosed(this.text, token);
    if (!closed) this.hasGap = true;
    const inner = {
      start: range.start + 1,
      end: Math.max(range.start + 1, closed ? range.end - 1 : range.end),
    };
    return { value: unescapeString(this.text.slice(inner.start, inner.end)), range, inner };
  }

  /** `A::B::`, from its first word on; stops before a string. */
  path(): Path {
    const parts = [this.name()];
    while (this.word() === '::') {
      const after = this.kind(1);
      const separator = this.skip();
      if (after === 'word') parts.push(this.name());
      else {
        if (after !== 'string') this.hasGap = true;
        return { parts, range: { start: parts[0]!.range.start, end: separator.end } };
      }
    }
    return { parts, range: { start: parts[0]!.range.start, end: parts.at(-1)!.range.end } };
  }
}

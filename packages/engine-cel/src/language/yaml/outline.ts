/**
 * The structure of a YAML file as it is being typed, by indentation: a quote or a bracket that nobody closed ends
 * where the lines step back, so that what follows keeps its place. Real YAML errors come from the `yaml` package.
 */
import type { TextRange } from '@benchbook/model';
import type { ScalarStyle, YamlEmpty, YamlEntry, YamlItem, YamlNode } from './node.ts';

const MAX_DEPTH = 200;
const MAX_LENGTH = 1_000_000;
const KEY =
  /(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*'|(?:[^\s\-?:,[\]{}#&*!|>'"%@`]|[-?:](?=[^\s]))(?:[^\n#]|(?<=[^\s])#)*?)[ \t]*:(?=[ \t]|\r?$)/my;
const DASH = /-(?=[ \t\r\n]|$)/y;
const PROPERTY = /[&!][^\s,[\]{}]*[ \t]+/y;
const BLOCK = /[|>][-+0-9]{0,2}[ \t]*(?:#[^\n]*)?\r?(?=\n|$)/y;
/** A key that stands alone, not yet followed by its colon. */
const WORD = /[A-Za-z_][\w./-]*(?=[ \t]*\r?$)/my;

/** Never fails; beyond 1,000,000 characters nothing is read. */
export function outlineYaml(text: string): YamlNode {
  if (text.length > MAX_LENGTH) return { kind: 'empty', start: 0, end: text.length };
  return new Outliner(text).document();
}

class Outliner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): YamlNode {
    this.#skipBlank();
    const node = this.#block(0, -1, 0);
    return { ...node, start: 0, end: this.#text.length };
  }

  /** Goes to the next line that holds something; stands then at its first character. */
  #skipBlank(): void {
    const blank = /(?:[ \t]*(?:#[^\n]*)?(?:\r?\n|\r?$)|(?:---|\.\.\.|%[^\n]*)[ \t]*\r?\n)/y;
    for (;;) {
      blank.lastIndex = this.#at;
      if (this.#at >= this.#text.length || !blank.test(this.#text) || blank.lastIndex === this.#at) break;
      this.#at = blank.lastIndex;
    }
    const space = /[ \t]*/y;
    space.lastIndex = this.#at;
    space.test(this.#text);
    this.#at = space.lastIndex;
  }

  #column(at: number): number {
    return at - (this.#text.lastIndexOf('\n', at - 1) + 1);
  }

  #lineEnd(at: number): number {
    const newline = this.#text.indexOf('\n', at);
    const end = newline < 0 ? this.#text.length : newline;
    return this.#text[end - 1] === '\r' && end > at ? end - 1 : end;
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text)?.[0] ?? null;
  }

  #empty(at: number): YamlEmpty {
    return { kind: 'empty', start: at, end: at };
  }

  /** A node that starts where the reader stands, in a column of at least `least`, below a parent in column `parent`. */
  #block(least: number, parent: number, depth: number): YamlNode {
    const column = this.#column(this.#at);
    if (this.#at >= this.#text.length || column < least) return this.#empty(this.#at);
    for (let found = this.#match(PROPERTY); found; found = this.#match(PROPERTY)) this.#at += found.length;
    if (depth < MAX_DEPTH) {
      if (this.#match(DASH)) return this.#sequence(column, depth);
      if (this.#match(KEY)) return this.#map(column, depth);
      if (this.#isLoneWord(column)) return this.#map(column, depth);
    }
    return this.#value(parent, depth);
  }

  /** A word on a line of its own above the other keys of its mapping. */
  #isLoneWord(column: number): boolean {
    if (!this.#match(WORD)) return false;
    const start = this.#at;
    this.#at = this.#lineEnd(start);
    this.#skipBlank();
    const isAbove = this.#column(this.#at) === column && this.#match(KEY) !== null;
    this.#at = start;
    return isAbove;
  }

  #sequence(column: number, depth: number): YamlNode {
    const start = this.#at;
    const items: YamlItem[] = [];
    let end = start;
    while (this.#at < this.#text.length && this.#column(this.#at) === column && this.#match(DASH)) {
      const itemStart = this.#at;
      this.#at++;
      const value = this.#afterSign(column, column + 1, depth);
      end = Math.max(itemStart + 1, value.end);
      items.push({ start: itemStart, end, value });
      this.#nextLine();
      this.#skipDeeper(column);
    }
    return { kind: 'sequence', items, isFlow: false, start, end };
  }

  /** What follows a dash or a colon: on the same line, or indented below it. */
  #afterSign(parent: number, least: number, depth: number): YamlNode {
    const sign = this.#at;
    const space = this.#match(/[ \t]*/y) ?? '';
    this.#at += space.length;
    const rest = this.#text[this.#at];
    const isEnd = rest === undefined || rest === '\n' || rest === '\r' || (rest === '#' && space !== '');
    const isItem = this.#text[sign - 1] === '-';
    if (!isEnd) return isItem ? this.#block(0, parent, depth + 1) : this.#value(parent, depth + 1);
    const line = this.#at;
    this.#skipBlank();
    if (this.#at < this.#text.length && this.#column(this.#at) >= least) {
      return this.#block(least, parent, depth + 1);
    }
    this.#at = line;
    return this.#empty(sign);
  }

  /** Goes behind what is left of the line, to the next that holds something. */
  #nextLine(): void {
    const before = this.#text.slice(this.#text.lastIndexOf('\n', this.#at - 1) + 1, this.#at);
    if (before.trim() !== '') this.#at = this.#lineEnd(this.#at);
    this.#skipBlank();
  }

  #map(column: number, depth: number): YamlNode {
    const start = this.#at;
    const entries: YamlEntry[] = [];
    let end = start;
    while (this.#at < this.#text.length && this.#column(this.#at) === column) {
      const entry = this.#entry(column, depth);
      if (!entry) break;
      entries.push(entry);
      end = entry.end;
      this.#nextLine();
      this.#skipDeeper(column);
    }
    return { kind: 'map', entries, isFlow: false, start, end };
  }

  /** Lines that are indented further than where a key may stand belong to nothing. */
  #skipDeeper(column: number): void {
    while (this.#at < this.#text.length && this.#column(this.#at) > column) {
      this.#at = this.#lineEnd(this.#at);
      this.#skipBlank();
    }
  }

  #entry(column: number, depth: number): YamlEntry | null {
    const start = this.#at;
    const found = this.#match(KEY);
    if (!found) {
      if (this.#match(DASH)) return null;
      // Half a key, or a line that is none.
      const end = this.#lineEnd(start);
      const words = this.#text
        .slice(start, end)
        .replace(/\s+#.*$/, '')
        .trimEnd();
      this.#at = end;
      const keyRange = { start, end: start + words.length };
      return {
        key: words.slice(0, 200),
        keyRange,
        colon: null,
        value: this.#empty(keyRange.end),
        ...keyRange,
      };
    }
    const colon = start + found.length - 1;
    const written = found.slice(0, -1).trimEnd();
    const keyRange = { start, end: start + written.length };
    this.#at = colon + 1;
    // A sequence may stand in the column of its key.
    const value = this.#afterColon(column, depth);
    return { key: unquoted(written), keyRange, colon, value, start, end: Math.max(colon + 1, value.end) };
  }

  #afterColon(column: number, depth: number): YamlNode {
    const sign = this.#at;
    const value = this.#afterSign(column, column + 1, depth);
    if (value.kind !== 'empty') return value;
    const back = this.#at;
    this.#skipBlank();
    if (this.#column(this.#at) === column && this.#match(DASH) && depth < MAX_DEPTH) {
      return this.#sequence(column, depth + 1);
    }
    this.#at = back;
    return this.#empty(sign);
  }

  /** A scalar or a flow collection below a key or a dash in column `parent`. */
  #value(parent: number, depth: number): YamlNode {
    for (let found = this.#match(PROPERTY); found; found = this.#match(PROPERTY)) this.#at += found.length;
    const character = this.#text[this.#at];
    if (character === '"' || character === "'") return this.#quoted(parent);
    if (this.#match(BLOCK) !== null) return this.#blockScalar(parent);
    if ((character === '{' || character === '[') && depth < MAX_DEPTH) return this.#flow(parent, depth);
    return this.#plain(parent);
  }

  /** Where text below a parent in column `parent` must end: at the first line that steps back. */
  #limit(parent: number): number {
    const line = /\n([ \t]*)(?=[^\s])/g;
    line.lastIndex = this.#at;
    for (let found = line.exec(this.#text); found; found = line.exec(this.#text)) {
      if ((found[1]?.length ?? 0) <= parent) return found.index;
    }
    return this.#text.length;
  }

  #quoted(parent: number): YamlNode {
    const start = this.#at;
    const quote = this.#text[start];
    const style: ScalarStyle = quote === '"' ? 'double' : 'single';
    const body = quote === '"' ? /"(?:[^"\\]|\\[\s\S])*"/y : /'(?:[^']|'')*'/y;
    const found = this.#match(body);
    const isOneLine = found !== null && !found.includes('\n');
    if (found !== null && (isOneLine || start + found.length <= this.#limit(parent))) {
      this.#at += found.length;
      return { kind: 'scalar', style, isClosed: true, start, end: this.#at };
    }
    this.#at = this.#lineEnd(start);
    const end = start + this.#text.slice(start, this.#at).trimEnd().length;
    return { kind: 'scalar', style, isClosed: false, start, end };
  }

  #blockScalar(parent: number): YamlNode {
    const start = this.#at;
    const end = this.#limit(parent);
    this.#at = end;
    // The line break before what follows is the scalar's.
    const stop = this.#text[end] === '\n' ? end + 1 : end;
    return { kind: 'scalar', style: 'block', isClosed: true, start, end: stop };
  }

  #plain(parent: number): YamlNode {
    const start = this.#at;
    const limit = this.#limit(parent);
    let end = start;
    let line = start;
    for (;;) {
      const stop = Math.min(this.#lineEnd(line), limit);
      const content = this.#text.slice(line, stop);
      const comment = /(?:^|[ \t])#/.exec(content);
      const shown = (comment ? content.slice(0, comment.index) : content).trimEnd();
      if (shown.trim() !== '') end = line + shown.length;
      this.#at = stop;
      const newline = this.#text.indexOf('\n', stop);
      if (comment || newline < 0 || newline >= limit) break;
      line = newline + 1;
    }
    return { kind: 'scalar', style: 'plain', isClosed: true, start, end };
  }

  #flow(parent: number, depth: number): YamlNode {
    const limit = this.#limit(parent);
    return this.#flowNode(limit, depth);
  }

  #flowNode(limit: number, depth: number): YamlNode {
    const start = this.#at;
    const character = this.#text[start];
    if ((character === '{' || character === '[') && depth < MAX_DEPTH) {
      this.#at++;
      return character === '{' ? this.#flowMap(start, limit, depth) : this.#flowSequence(start, limit, depth);
    }
    return this.#flowScalar(limit);
  }

  #flowScalar(limit: number): YamlNode {
    const start = this.#at;
    const quote = this.#text[start];
    if (quote === '"' || quote === "'") {
      const found = this.#match(quote === '"' ? /"(?:[^"\\]|\\[\s\S])*"/y : /'(?:[^']|'')*'/y);
      const isClosed = found !== null && start + found.length <= limit;
      this.#at = isClosed ? start + found.length : Math.min(this.#lineEnd(start), limit);
      return { kind: 'scalar', style: quote === '"' ? 'double' : 'single', isClosed, start, end: this.#at };
    }
    const found = this.#match(/(?:[^,[\]{}:\n#]|:(?![\s,[\]{}]|$)|(?<=\S)#)+/y) ?? '';
    this.#at = Math.min(start + found.length, limit);
    const end = start + this.#text.slice(start, this.#at).trimEnd().length;
    if (end === start) return this.#empty(start);
    return { kind: 'scalar', style: 'plain', isClosed: true, start, end };
  }

  /** White space and comments inside a flow collection. */
  #flowSpace(limit: number): void {
    const found = this.#match(/(?:\s|(?<=\s)#[^\n]*)+/y) ?? '';
    this.#at = Math.min(this.#at + found.length, limit);
  }

  #flowSequence(start: number, limit: number, depth: number): YamlNode {
    const items: YamlItem[] = [];
    for (;;) {
      this.#flowSpace(limit);
      const character = this.#at < limit ? this.#text[this.#at] : undefined;
      if (character === undefined || character === ']') break;
      if (character === ',' || character === ':' || character === '}') {
        this.#at++;
        continue;
      }
      const before = this.#at;
      const value = this.#flowNode(limit, depth + 1);
      if (this.#at === before) this.#at++;
      if (value.kind !== 'empty') items.push({ start: value.start, end: value.end, value });
    }
    return { kind: 'sequence', items, isFlow: true, start, end: this.#closeFlow(limit) };
  }

  #flowMap(start: number, limit: number, depth: number): YamlNode {
    const entries: YamlEntry[] = [];
    for (;;) {
      this.#flowSpace(limit);
      const character = this.#at < limit ? this.#text[this.#at] : undefined;
      if (character === undefined || character === '}') break;
      const before = this.#at;
      const key = this.#flowScalar(limit);
      if (this.#at === before) {
        this.#at++;
        continue;
      }
      const keyRange: TextRange = { start: key.start, end: key.end };
      const name = unquoted(this.#text.slice(key.start, key.end)).slice(0, 200);
      this.#flowSpace(limit);
      if (this.#text[this.#at] !== ':' || this.#at >= limit) {
        entries.push({ key: name, keyRange, colon: null, value: this.#empty(key.end), ...keyRange });
        continue;
      }
      const colon = this.#at;
      this.#at++;
      this.#flowSpace(limit);
      const next = this.#text[this.#at];
      const isNone = this.#at >= limit || next === ',' || next === '}';
      const value = isNone ? this.#empty(colon + 1) : this.#flowNode(limit, depth + 1);
      entries.push({
        key: name,
        keyRange,
        colon,
        value,
        start: key.start,
        end: Math.max(colon + 1, value.end),
      });
    }
    return { kind: 'map', entries, isFlow: true, start, end: this.#closeFlow(limit) };
  }

  #closeFlow(limit: number): number {
    if (this.#at < limit) this.#at++;
    return this.#at;
  }
}

/** A key without its quotes. */
function unquoted(written: string): string {
  if (/^".*"$/s.test(written)) return written.slice(1, -1).replace(/\\(.)/g, '$1');
  return /^'.*'$/s.test(written) ? written.slice(1, -1).replaceAll("''", "'") : written;
}

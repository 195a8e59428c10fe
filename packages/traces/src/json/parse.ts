import { isObject, type Json, setOwn } from '@benchbook/model';
import { asJson, exactNumber, type InexactNumber } from './numbers.ts';

/** What a parsed text may hold that must be looked for before a call goes out. */
export const Doubt = {
  /** Escapes that may be half a surrogate pair. */
  surrogates: 1,
  /** An {@link InexactNumber} stands in it. */
  numbers: 2,
  /** The bytes were not UTF-8; U+FFFD stands for what was lost. */
  encoding: 4,
} as const;

/** A JSON value and its doubts (a sum of {@link Doubt}). */
export interface Parsed {
  readonly value: Json;
  readonly doubts: number;
}

/** Why a text is no JSON. */
export interface ParseFailure {
  readonly error: string;
}

const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;
/** A number in a place where numbers stand, long or with an exponent. May also match inside a string. */
const UNSURE_NUMBER = /(?:^|[[:,\s])-?(?:[\d.]{16}|[\d.]+[eE])/;
/** Nesting below which placeholders are not looked for: nothing that deep reaches a call. */
const MAX_WALK = 1_000;

/** Parses JSON without losing a digit. A value nested however deep is parsed; `__proto__` is a plain key. */
export function parseJson(text: string): Parsed | ParseFailure {
  const doubts = SURROGATE_ESCAPE.test(text) ? Doubt.surrogates : 0;
  try {
    if (!UNSURE_NUMBER.test(text)) return { value: JSON.parse(text) as Json, doubts };
    return parseExactly(text, doubts);
  } catch (error) {
    return { error: messageOf(error) };
  }
}

/** True where {@link parseJson} failed. */
export function isFailure(parsed: Parsed | ParseFailure): parsed is ParseFailure {
  return 'error' in parsed;
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `not valid JSON: ${message.replace(/\s+/g, ' ').slice(0, 160).toWellFormed()}`;
}

/** Numbers a double cannot hold are put aside before the parser sees them, and back after. */
function parseExactly(text: string, doubts: number): Parsed {
  const found = longNumbers(text);
  if (found.length === 0) return { value: JSON.parse(text) as Json, doubts };
  // U+0001 can stand in JSON only as this escape: a run that the text does not have is ours alone.
  let length = 1;
  while (text.includes('\\u0001'.repeat(length))) length++;
  const escapes = '\\u0001'.repeat(length);
  const mark = '\u0001'.repeat(length);
  let replaced = '';
  let from = 0;
  found.forEach((number, index) => {
    replaced += `${text.slice(from, number.start)}"${escapes}${index}"`;
    from = number.end;
  });
  const value = JSON.parse(replaced + text.slice(from)) as Json;
  const restore = (item: Json, depth: number): Json => {
    if (typeof item === 'string')
      return item.startsWith(mark) ? asJson(found[Number(item.slice(length))]!.value) : item;
    if (depth > MAX_WALK) return item;
    if (Array.isArray(item)) {
      for (let i = 0; i < item.length; i++) item[i] = restore(item[i] as Json, depth + 1);
    } else if (isObject(item)) {
      for (const key of Object.keys(item)) {
        if (key.startsWith(mark)) throw new SyntaxError('Unexpected number in place of a key');
        const member = item[key] as Json;
        const restored = restore(member, depth + 1);
        if (restored !== member) setOwn(item, key, restored);
      }
    }
    return item;
  };
  const inexact = found.some(({ value: number }) => typeof number === 'object');
  return { value: restore(value, 0), doubts: doubts | (inexact ? Doubt.numbers : 0) };
}

interface LongNumber {
  readonly start: number;
  readonly end: number;
  readonly value: bigint | InexactNumber | number;
}

/** The numbers outside strings that a double cannot hold. Linear in the text's length. */
function longNumbers(text: string): LongNumber[] {
  const found: LongNumber[] = [];
  const pattern = /-?\d[\d.eE+-]*/g;
  let next = pattern.exec(text);
  let at = 0;
  while (at < text.length && next) {
    const quote = text.indexOf('"', at);
    const end = quote < 0 ? text.length : quote;
    while (next && next.index < end) {
      const token = next[0];
      if (next.index >= at && (token.length > 15 || /[eE]/.test(token))) {
        const value = exactNumber(token);
        if (value !== undefined && typeof value !== 'number')
          found.push({ start: next.index, end: next.index + token.length, value });
      }
      pattern.lastIndex = Math.max(pattern.lastIndex, at);
      next = pattern.exec(text);
    }
    if (quote < 0) break;
    at = stringEnd(text, quote);
    if (next && next.index < at) {
      pattern.lastIndex = at;
      next = pattern.exec(text);
    }
  }
  return found;
}

/** The offset behind the string that opens at `quote`. */
function stringEnd(text: string, quote: number): number {
  let end = quote + 1;
  for (;;) {
    end = text.indexOf('"', end);
    if (end < 0) return text.length;
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 92) slashes++;
    end++;
    if (slashes % 2 === 0) return end;
  }
}

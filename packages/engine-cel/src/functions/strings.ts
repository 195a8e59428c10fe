import { codePoints, fail, isList, type Meter, noOverload, type Value } from '../values/index.ts';
import type { Apply, FunctionGroup } from './group.ts';

/** The `strings` extension, but for `format`. Positions are code points. */
export const strings: FunctionGroup = {
  functions: {
    '.charAt/1': charAt,
    '.indexOf/1': (meter, text, part) => indexOf(meter, text, part, 0n),
    '.indexOf/2': indexOf,
    '.lastIndexOf/1': (meter, text, part) => lastIndexOf(meter, text, part, null),
    '.lastIndexOf/2': lastIndexOf,
    '.substring/1': (meter, text, start) => substring(meter, text, start, null),
    '.substring/2': substring,
    '.lowerAscii/0': mapped('lowerAscii', (text) => text.replace(/[A-Z]+/g, (part) => part.toLowerCase())),
    '.upperAscii/0': mapped('upperAscii', (text) => text.replace(/[a-z]+/g, (part) => part.toUpperCase())),
    '.trim/0': mapped('trim', (text) => text.replace(EDGES, '')),
    '.reverse/0': reverse,
    '.replace/2': (meter, text, from, to) => replace(meter, text, from, to, -1n),
    '.replace/3': replace,
    '.split/1': (meter, text, separator) => split(meter, text, separator, -1n),
    '.split/2': split,
    '.join/0': (meter, list) => join(meter, list, ''),
    '.join/1': join,
    'strings.quote/1': (meter, text) => quote(meter, text),
  },
  signatures: [
    'string.charAt(int): string',
    'string.reverse(): string',
    'string.replace(string, string): string',
    'string.replace(string, string, int): string',
    'StringsNamespace.quote(string): string',
  ],
};

/** White space as Unicode (and Go) has it; a byte order mark is none. */
const EDGES = /^[\p{White_Space}]+|[\p{White_Space}]+$/gu;

function mapped(name: string, apply: (text: string) => string): Apply {
  return (meter, text) => {
    if (typeof text !== 'string') return noOverload(name, text);
    meter.chargeText(text.length);
    return apply(text);
  };
}

function points(meter: Meter, text: string): string[] {
  meter.charge(text.length >> 3);
  return codePoints(text);
}

function charAt(meter: Meter, text: Value, index: Value): Value {
  if (typeof text !== 'string' || typeof index !== 'bigint') return noOverload('charAt', text, index);
  const all = points(meter, text);
  if (index < 0n || index > BigInt(all.length)) return fail(`index out of range: ${index}`);
  return all[Number(index)] ?? '';
}

/** True where `part` stands in `text` at `at`. */
function standsAt(text: readonly string[], part: readonly string[], at: number): boolean {
  for (let i = 0; i < part.length; i++) if (text[at + i] !== part[i]) return false;
  return true;
}

function indexOf(meter: Meter, text: Value, part: Value, from: Value): Value {
  if (typeof text !== 'string' || typeof part !== 'string' || typeof from !== 'bigint') {
    return noOverload('indexOf', text, part, from);
  }
  const all = points(meter, text);
  if (from < 0n || from > BigInt(all.length)) return fail(`index out of range: ${from}`);
  const sought = points(meter, part);
  meter.charge((all.length * Math.max(1, Math.min(sought.length, 64))) >> 3);
  for (let at = Number(from); at + sought.length <= all.length; at++) {
    if (standsAt(all, sought, at)) return BigInt(at);
  }
  return -1n;
}

function lastIndexOf(meter: Meter, text: Value, part: Value, from: Value): Value {
  if (typeof text !== 'string' || typeof part !== 'string' || (from !== null && typeof from !== 'bigint')) {
    return noOverload('lastIndexOf', text, part, from);
  }
  const all = points(meter, text);
  if (from !== null && (from < 0n || from > BigInt(all.length))) return fail(`index out of range: ${from}`);
  const sought = points(meter, part);
  meter.charge((all.length * Math.max(1, Math.min(sought.length, 64))) >> 3);
  const last = all.length - sought.length;
  for (let at = from === null ? last : Math.min(last, Number(from)); at >= 0; at--) {
    if (standsAt(all, sought, at)) return BigInt(at);
  }
  return -1n;
}

function substring(meter: Meter, text: Value, start: Value, end: Value): Value {
  if (typeof text !== 'string' || typeof start !== 'bigint' || (end !== null && typeof end !== 'bigint')) {
    return noOverload('substring', text, start, end);
  }
  const all = points(meter, text);
  const stop = end ?? BigInt(all.length);
  if (start < 0n || start > BigInt(all.length)) return fail(`index out of range: ${start}`);
  if (stop < 0n || stop > BigInt(all.length)) return fail(`index out of range: ${stop}`);
  if (start > stop) return fail(`invalid substring range: start ${start}, end ${stop}`);
  return all.slice(Number(start), Number(stop)).join('');
}

function reverse(meter: Meter, text: Value): Value {
  if (typeof text !== 'string') return noOverload('reverse', text);
  return points(meter, text).reverse().join('');
}

/** Cuts at each `separator`, at most `limit` pieces (negative: all); the empty one cuts code points apart. */
function pieces(meter: Meter, text: string, separator: string, limit: number): string[] {
  const all = separator === '' ? points(meter, text) : text.split(separator);
  meter.charge(all.length);
  if (limit < 0 || all.length <= limit) return all;
  return [...all.slice(0, limit - 1), all.slice(limit - 1).join(separator)];
}

function split(meter: Meter, text: Value, separator: Value, limit: Value): Value {
  if (typeof text !== 'string' || typeof separator !== 'string' || typeof limit !== 'bigint') {
    return noOverload('split', text, separator, limit);
  }
  if (limit === 0n) return [];
  meter.chargeText(text.length);
  return pieces(meter, text, separator, Number(limit));
}

function replace(meter: Meter, text: Value, from: Value, to: Value, limit: Value): Value {
  if (
    typeof text !== 'string' ||
    typeof from !== 'string' ||
    typeof to !== 'string' ||
    typeof limit !== 'bigint'
  ) {
    return noOverload('replace', text, from, to, limit);
  }
  if (limit === 0n) return text;
  meter.chargeText(text.length);
  if (from === '') return interleave(meter, text, to, limit);
  const parts = pieces(meter, text, from, limit < 0n ? -1 : Number(limit) + 1);
  meter.chargeText(text.length + parts.length * to.length);
  return parts.join(to);
}

/** Replacing nothing puts `to` before each code point and at the end, as Go does. */
function interleave(meter: Meter, text: string, to: string, limit: bigint): string {
  const all = points(meter, text);
  meter.chargeText(all.length * (to.length + 1));
  let count = limit < 0n ? all.length + 1 : Math.min(Number(limit), all.length + 1);
  let result = '';
  for (const point of all) {
    if (count-- > 0) result += to;
    result += point;
  }
  return count > 0 ? result + to : result;
}

function join(meter: Meter, list: Value, separator: Value): Value {
  if (!isList(list) || typeof separator !== 'string') return noOverload('join', list, separator);
  let length = 0;
  for (const item of list) {
    if (typeof item !== 'string') return noOverload('join', list, separator);
    length += item.length + separator.length;
  }
  meter.charge(list.length);
  meter.chargeText(length);
  return list.join(separator);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
};

function quote(meter: Meter, text: Value): Value {
  if (typeof text !== 'string') return noOverload('strings.quote', text);
  meter.chargeText(text.length * 2);
  return `"${Array.from(text, (point) => ESCAPES[point] ?? point).join('')}"`;
}

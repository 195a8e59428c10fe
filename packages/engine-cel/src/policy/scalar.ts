/** Expressions inside YAML scalars, with the way back from their characters to the file's. */
import type { TextRange } from '@benchbook/model';
import type { Scalar } from 'yaml';

/** An expression as it stands in a file. */
export interface SourceExpression {
  /** What CEL reads. */
  readonly text: string;
  /** Of the scalar, quotes and block header included, in the file. */
  readonly range: TextRange;
  /** The file's range of a range of `text`. */
  toFile(start: number, end: number): TextRange;
}

/**
 * Reads a scalar as cel-go does: block scalars, literal and folded alike, with their line breaks and indentation;
 * plain and quoted ones by the rules of YAML.
 */
export function readScalar(node: Scalar, file: string): SourceExpression {
  const [start, end] = node.range ?? [0, 0];
  if (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED') return readBlock(file, start, end);
  const source = readFlowScalar(
    file,
    start,
    end,
    node.type === 'QUOTE_DOUBLE' ? '"' : node.type === 'QUOTE_SINGLE' ? "'" : '',
  );
  const value = node.source ?? String(node.value);
  // Should the scanner ever disagree with the parser, positions are coarse but the expression is right.
  if (source.text !== value) {
    return { text: value, range: { start, end }, toFile: () => ({ start, end }) };
  }
  return source;
}

/** Reads a plain or quoted scalar from its text; `isClosed` false: the quote at its end is missing. */
export function readFlowScalar(
  file: string,
  start: number,
  end: number,
  quote: '' | '"' | "'",
  isClosed = true,
): SourceExpression {
  const source = file.slice(start, end);
  const { units, offsets, ends } = readFlow(source, quote, isClosed);
  const text = units.join('');
  // Where nothing stands yet, behind the quote.
  const last = ends.at(-1) ?? (quote ? 1 : 0);
  const origin = (index: number): number => offsets[index] ?? last;
  return {
    text,
    range: { start, end },
    toFile(from, to) {
      const stop = to > from ? (ends[to - 1] ?? source.length) : origin(from);
      return { start: start + origin(from), end: start + stop };
    },
  };
}

/** A whole file as one expression. */
export function wholeFile(file: string): SourceExpression {
  return {
    text: file,
    range: { start: 0, end: file.length },
    toFile: (start, end) => ({ start, end }),
  };
}

/** Reads a block scalar that begins with its header. */
export function readBlock(file: string, start: number, end: number): SourceExpression {
  const newline = file.indexOf('\n', start);
  const from = newline < 0 || newline >= end ? end : newline + 1;
  return {
    text: file.slice(from, end),
    range: { start, end: Math.max(start, trimEnd(file, start, end)) },
    toFile: (a, b) => ({ start: from + a, end: from + b }),
  };
}

/** The end of a range without the white space at its end. */
export function trimEnd(file: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(file[at - 1] ?? '')) at--;
  return at;
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};
const HEX_ESCAPES: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** The text, one UTF-16 unit each, with where in the source it comes from and where that ends. */
interface Flow {
  readonly units: string[];
  readonly offsets: number[];
  readonly ends: number[];
}

/** The value of a flow scalar with the origin of each character: quotes, escapes and folded lines undone. */
function readFlow(source: string, quote: '' | '"' | "'", isClosed: boolean): Flow {
  const flow: Flow = { units: [], offsets: [], ends: [] };
  const end = quote && isClosed ? source.length - 1 : source.length;
  let at = quote ? 1 : 0;
  while (at < end) {
    const character = source[at] ?? '';
    if (character === '\n' || character === '\r') at = fold(source, at, flow);
    else if (quote === '"' && character === '\\') at = escaped(source, at, flow);
    else {
      const next = at + (quote === "'" && character === "'" ? 2 : 1);
      push(flow, character, at, next);
      at = next;
    }
  }
  return flow;
}

function push(flow: Flow, text: string, from: number, to: number): void {
  for (let i = 0; i < text.length; i++) {
    flow.units.push(text[i] ?? '');
    flow.offsets.push(from);
    flow.ends.push(to);
  }
}

/** One line break is a space, more are one less; white space around them goes. */
function fold(source: string, at: number, flow: Flow): number {
  let kept = flow.units.length;
  while (kept > 0 && /[ \t]/.test(flow.units[kept - 1] ?? '')) kept--;
  for (const list of [flow.units, flow.offsets, flow.ends]) list.length = kept;
  let breaks = 0;
  let index = at;
  while (/[ \t\r\n]/.test(source[index] ?? '')) {
    if (source[index] === '\n') breaks++;
    index++;
  }
  push(flow, breaks <= 1 ? ' ' : '\n'.repeat(breaks - 1), at, at + 1);
  return index;
}

function escaped(source: string, at: number, flow: Flow): number {
  const letter = source[at + 1] ?? '';
  if (letter === '\n' || letter === '\r') {
    let index = at + (source.startsWith('\r\n', at + 1) ? 3 : 2);
    while (/[ \t]/.test(source[index] ?? '')) index++;
    return index;
  }
  const digits = HEX_ESCAPES[letter];
  if (digits === undefined) {
    push(flow, SIMPLE_ESCAPES[letter] ?? letter, at, at + 2);
    return at + 2;
  }
  const code = Number.parseInt(source.slice(at + 2, at + 2 + digits), 16);
  const next = at + 2 + digits;
  push(flow, code <= 0x10ffff ? String.fromCodePoint(code) : '', at, next);
  return next;
}

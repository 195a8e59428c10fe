import type { TextRange } from '@benchbook/model';

/** Where the cursor stands in block YAML that may be half typed. */
export interface ManifestPlace {
  /** Keys above, list indexes left out. */
  readonly path: readonly string[];
  /** The key of the cursor's line; null where there is none yet. */
  readonly key: { readonly name: string; readonly range: TextRange } | null;
  /** The word before the cursor, in a key or in a value. */
  readonly typed: TextRange;
  readonly isInValue: boolean;
}

const LINE = /^([ ]*)((?:- +)*)(?:"([^"]*)"|'([^']*)'|([\w./-]+))?[ ]*(:(?: |$))?/;

interface Line {
  /** Column of its key. */
  readonly indent: number;
  readonly name: string;
  readonly at: number;
  readonly isKey: boolean;
}

/** Looks from the cursor's line up to where each smaller indentation begins. Flow style (`{ a: 1 }`) is not read. */
export function placeIn(text: string, offset: number): ManifestPlace | null {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const upToCursor = text.slice(start, offset);
  if (upToCursor.includes('#')) return null;
  const end = text.indexOf('\n', start) === -1 ? text.length : text.indexOf('\n', start);
  const own = readLine(text.slice(start, end), start);
  const indent = own.name === '' ? upToCursor.length : own.indent;
  const path: string[] = [];
  let below = indent;
  for (let at = start; at > 0 && below > 0; ) {
    const from = text.lastIndexOf('\n', at - 2) + 1;
    const line = readLine(text.slice(from, at - 1), from);
    if (line.isKey && line.indent < below) {
      path.unshift(line.name);
      below = line.indent;
    }
    at = from;
  }
  const word = /[\w./@-]*$/.exec(upToCursor)![0];
  const key = own.isKey ? { name: own.name, range: { start: own.at, end: own.at + own.name.length } } : null;
  const isInValue = own.isKey && offset > own.at + own.name.length;
  return { path, key, typed: { start: offset - word.length, end: offset }, isInValue };
}

function readLine(line: string, start: number): Line {
  const [, spaces = '', dashes = '', double, single, plain, colon] = LINE.exec(line) ?? [];
  const name = double ?? single ?? plain ?? '';
  const quote = double === undefined && single === undefined ? 0 : 1;
  const indent = spaces.length + dashes.length;
  return { indent, name, at: start + indent + quote, isKey: name !== '' && colon !== undefined };
}

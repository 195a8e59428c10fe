import type { TextRange } from '@benchbook/model';

/** A line of a METADATA comment: `key:` and what stands after it, or an entry of a list. */
export interface MetadataLine {
  readonly key: string | null;
  /** Of the key; of the line's text where there is none. */
  readonly keyRange: TextRange;
  readonly value: string;
  readonly valueRange: TextRange;
  /** Columns between `#` and the text. */
  readonly indent: number;
  /** Of the whole line without its end. */
  readonly range: TextRange;
}

export interface Metadata {
  /** Of the comment lines, from the one that says METADATA. */
  readonly range: TextRange;
  readonly lines: readonly MetadataLine[];
}

const KEY = /^([A-Za-z_][\w.@-]*)\s*:(?=\s|$)\s*/;

/** The METADATA block among comment lines, if there is one; the last where there are several. */
export function readMetadata(text: string, comments: TextRange): Metadata | null {
  const lines = linesOf(text, comments);
  const start = lines.findLastIndex(({ start: from, end }) =>
    /^#\s*METADATA\s*$/.test(text.slice(from, end)),
  );
  if (start < 0) return null;
  const own = lines.slice(start + 1);
  return {
    range: { start: lines[start]!.start, end: comments.end },
    lines: own.map((line) => readLine(text, line)),
  };
}

function linesOf(text: string, { start, end }: TextRange): TextRange[] {
  const lines: TextRange[] = [];
  for (let at = start; at < end; ) {
    const hash = text.indexOf('#', at);
    if (hash < 0 || hash >= end) break;
    const stop = /[\r\n]/.exec(text.slice(hash, end));
    const lineEnd = stop ? hash + stop.index : end;
    lines.push({ start: hash, end: lineEnd });
    at = lineEnd + 1;
  }
  return lines;
}

function readLine(text: string, range: TextRange): MetadataLine {
  const body = text.slice(range.start + 1, range.end);
  const indent = body.length - body.trimStart().length;
  const start = range.start + 1 + indent;
  const found = KEY.exec(body.trim());
  const end = range.start + 1 + body.trimEnd().length;
  if (!found) {
    const whole = { start: Math.min(start, range.end), end: Math.max(Math.min(start, range.end), end) };
    return { key: null, keyRange: whole, value: body.trim(), valueRange: whole, indent, range };
  }
  const valueStart = Math.min(start + found[0].length, range.end);
  return {
    key: found[1]!,
    keyRange: { start, end: start + found[1]!.length },
    value: body.trim().slice(found[0].length),
    valueRange: { start: valueStart, end: Math.max(valueStart, end) },
    indent,
    range,
  };
}

/** The keys that a line stands under, outermost first, its own not included. */
export function keysAbove(lines: readonly MetadataLine[], index: number, indent: number): string[] {
  const keys: string[] = [];
  let limit = indent;
  for (let at = index - 1; at >= 0; at--) {
    const line = lines[at]!;
    if (line.key === null || line.indent >= limit) continue;
    keys.unshift(line.key);
    limit = line.indent;
  }
  return keys;
}

/** The text of a key at the outermost level, block scalars joined to one paragraph; '' where there is none. */
export function metadataText(metadata: Metadata, key: string): string {
  const top = Math.min(...metadata.lines.map(({ indent }) => indent));
  const at = metadata.lines.findIndex((line) => line.key === key && line.indent === top);
  const line = metadata.lines[at];
  if (!line) return '';
  if (!/^[|>][+-]?$/.test(line.value) && line.value !== '') return line.value.replace(/^(["'])(.*)\1$/, '$2');
  const rest = metadata.lines.slice(at + 1);
  const end = rest.findIndex(({ indent, range }) => indent <= top && range.end > range.start + 1);
  const block = end < 0 ? rest : rest.slice(0, end);
  return block
    .map(({ keyRange, valueRange, key: name, value }) =>
      name === null ? value : `${name}: ${value}`.slice(0, valueRange.end - keyRange.start + 2),
    )
    .join(' ')
    .trim();
}

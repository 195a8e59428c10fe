/** A range of a document: UTF-16 offsets, `start` inclusive, `end` exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A place as people read it: both 1-based, `column` in UTF-16 code units. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** A range as reports print it. */
export interface LineColumnRange {
  readonly start: LineColumn;
  readonly end: LineColumn;
}

/** A document's text with the conversions between UTF-16 offsets, lines and UTF-8 bytes. */
export interface TextDocument {
  readonly text: string;
  /** 1-based line and column of an offset (clamped to the text). */
  lineColumn(offset: number): LineColumn;
  /** Offset of a 1-based line and column (clamped to the line). */
  offsetAt(line: number, column: number): number;
  range(range: TextRange): LineColumnRange;
  /** UTF-16 offset of a UTF-8 byte offset. */
  fromUtf8(byteOffset: number): number;
  /** UTF-8 byte offset of a UTF-16 offset. */
  toUtf8(offset: number): number;
  /** UTF-16 offset of a 1-based line and a 1-based column counted in UTF-8 bytes. */
  offsetAtUtf8Column(line: number, byteColumn: number): number;
}

/** Number of UTF-8 bytes of the code point at `index`, and of UTF-16 units it takes. */
function widthAt(text: string, index: number): { bytes: number; units: number } {
  const code = text.codePointAt(index) ?? 0;
  if (code < 0x80) return { bytes: 1, units: 1 };
  if (code < 0x800) return { bytes: 2, units: 1 };
  if (code < 0x10000) return { bytes: 3, units: 1 };
  return { bytes: 4, units: 2 };
}

/** Wraps a text; line starts are found on first use. Lines end at `\n`, `\r\n` or `\r`. */
export function textDocument(text: string): TextDocument {
  let starts: number[] | undefined;
  const isAscii = !/[^\0-\x7f]/.test(text);

  function lineStarts(): number[] {
    if (starts) return starts;
    starts = [0];
    for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
    return starts;
  }

  function lineColumn(offset: number): LineColumn {
    const at = Math.max(0, Math.min(offset, text.length));
    const lines = lineStarts();
    let low = 0;
    let high = lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (lines[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - lines[low]! + 1 };
  }

  function lineBounds(line: number): { start: number; end: number } {
    const lines = lineStarts();
    const index = Math.max(0, Math.min(line - 1, lines.length - 1));
    return { start: lines[index]!, end: lines[index + 1] ?? text.length };
  }

  /** Walks from `start` until `bytes` UTF-8 bytes are passed. */
  function walk(start: number, bytes: number): number {
    let index = start;
    let passed = 0;
    while (index < text.length && passed < bytes) {
      const width = widthAt(text, index);
      passed += width.bytes;
      index += width.units;
    }
    return index;
  }

  return {
    text,
    lineColumn,
    offsetAt(line, column) {
      const { start, end } = lineBounds(line);
      return Math.max(start, Math.min(start + column - 1, end));
    },
    range: (range) => ({ start: lineColumn(range.start), end: lineColumn(range.end) }),
    fromUtf8: (byteOffset) => (isAscii ? Math.min(byteOffset, text.length) : walk(0, byteOffset)),
    toUtf8(offset) {
      if (isAscii) return Math.min(offset, text.length);
      let bytes = 0;
      for (let index = 0; index < offset && index < text.length; ) {
        const width = widthAt(text, index);
        bytes += width.bytes;
        index += width.units;
      }
      return bytes;
    },
    offsetAtUtf8Column(line, byteColumn) {
      const { start, end } = lineBounds(line);
      if (isAscii) return Math.max(start, Math.min(start + byteColumn - 1, end));
      return Math.min(walk(start, byteColumn - 1), end);
    },
  };
}

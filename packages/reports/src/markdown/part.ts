import { folded, markdownTable } from '../format/markdown.ts';
import { count } from '../format/numbers.ts';

/** A pull request's body or comment holds 65,536 characters. */
const LIMIT = 65_000;

/** A part of a Markdown report that can be written with fewer of its rows. */
export interface Part {
  /** Rows worth a reader's time; of more than this the rest is told as a number. */
  readonly rows: number;
  readonly lines: (rows: number) => readonly string[];
}

/** A part that is always written whole; it must be small. */
export function fixedPart(lines: readonly string[]): Part {
  return { rows: 0, lines: () => lines };
}

/** What a table part is made of. */
export interface TableSource {
  readonly header: readonly string[];
  /** Cells that are Markdown already. */
  readonly rows: readonly (readonly string[])[];
  /** Columns with numbers. */
  readonly right?: readonly number[];
  /** Stands above; a heading, say. */
  readonly above?: readonly string[];
  readonly below?: readonly string[];
  /** Folded away under this summary, which is plain text. */
  readonly fold?: string;
  /** At most so many rows even where there is room. */
  readonly most?: number;
}

/** A table; nothing where it has no rows. Rows that are left out are counted below it. */
export function tablePart({
  header,
  rows,
  right = [],
  above = [],
  below = [],
  fold,
  most,
}: TableSource): Part {
  return {
    rows: Math.min(rows.length, most ?? rows.length),
    lines: (shown) => {
      if (rows.length === 0) return [];
      const rest = rows.length - shown;
      const lines = [
        ...(shown > 0 ? markdownTable(header, rows.slice(0, shown), right) : []),
        ...(rest > 0 ? ['', `... and ${count(rest)} more`] : []),
        ...(below.length > 0 ? ['', ...below] : []),
      ];
      return [...above, ...(fold === undefined ? lines : folded(fold, lines))];
    },
  };
}

/** A list under `above`; nothing where it is empty. Of more than `most` items the rest is counted. */
export function listPart(above: readonly string[], items: readonly string[], most: number): Part {
  return {
    rows: Math.min(items.length, most),
    lines: (shown) => {
      const rest = items.length - shown;
      const more = rest > 0 ? [`- ... and ${count(rest)} more`] : [];
      return items.length === 0 ? [] : [...above, ...items.slice(0, shown), ...more];
    },
  };
}

/** The parts with an empty line between them. Until all fits, the longest part loses half of its rows. */
export function layParts(parts: readonly Part[], last: string): string {
  const state = parts.map((part) => ({ part, rows: part.rows, text: textOf(part, part.rows) }));
  const length = () => state.reduce((sum, one) => sum + one.text.length + 2, last.length + CUT.length + 4);
  let cut = false;
  while (length() > LIMIT) {
    const longest = state.filter((one) => one.rows > 0).sort((a, b) => b.text.length - a.text.length)[0];
    if (!longest) break;
    longest.rows = Math.floor(longest.rows / 2);
    longest.text = textOf(longest.part, longest.rows);
    cut = true;
  }
  const texts = [...state.map((one) => one.text), cut ? CUT : '', last];
  return `${texts.filter((text) => text !== '').join('\n\n')}\n`;
}

const CUT = 'Shortened to fit; `--format json` holds it all.';

function textOf(part: Part, rows: number): string {
  return part.lines(rows).join('\n').trim();
}

import { columns, cutMiddle, pad } from './width.ts';

/** A column of a text table. */
export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** May be cut in the middle to make the table fit, down to this many columns. */
  readonly shrinkTo?: number;
}

const gap = '  ';

/** Widths of the columns so that a row keeps within `width`; the widest that may shrink gives way first. */
export function fitColumns(
  definitions: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): number[] {
  const widths = definitions.map((column, index) =>
    rows.reduce((widest, row) => Math.max(widest, columns(row[index] ?? '')), columns(column.title)),
  );
  const available = width - gap.length * (definitions.length - 1);
  let over = widths.reduce((sum, one) => sum + one, 0) - available;
  while (over > 0) {
    const widest = widestShrinkable(definitions, widths);
    if (widest === undefined) break;
    widths[widest]! -= 1;
    over -= 1;
  }
  return widths;
}

function widestShrinkable(definitions: readonly Column[], widths: readonly number[]): number | undefined {
  let found: number | undefined;
  for (const [index, column] of definitions.entries()) {
    const slack = column.shrinkTo === undefined ? 0 : widths[index]! - column.shrinkTo;
    if (slack > 0 && (found === undefined || widths[index]! > widths[found]!)) found = index;
  }
  return found;
}

/** One row in the given widths, without spaces at its end. */
export function tableRow(
  definitions: readonly Column[],
  widths: readonly number[],
  cells: readonly string[],
  style: (cell: string, column: number) => string = (cell) => cell,
): string {
  return definitions
    .map((column, index) => {
      const width = widths[index]!;
      const text = cutMiddle(cells[index] ?? '', width);
      const last = index === definitions.length - 1 && column.align !== 'right';
      return style(last ? text : pad(text, width, column.align), index);
    })
    .join(gap)
    .trimEnd();
}

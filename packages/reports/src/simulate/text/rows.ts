import { type Column, fitColumns, tableRow } from '../../format/table.ts';
import type { Page } from '../../text/section.ts';

/** A table under two spaces, its heading dimmed. Cells are harmless already. */
export function rows(
  page: Page,
  columns: readonly Column[],
  cells: readonly (readonly string[])[],
): readonly string[] {
  const widths = fitColumns(columns, cells, page.width - 2);
  const line = (row: readonly string[]) => `  ${tableRow(columns, widths, row)}`;
  return [page.paint.dim(line(columns.map(({ title }) => title))), ...cells.map(line)];
}

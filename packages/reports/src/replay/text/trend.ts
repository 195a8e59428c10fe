import type { ReplayReport } from '@benchbook/model';
import { counted } from '../../format/numbers.ts';
import { type Column, fitColumns, tableRow } from '../../format/table.ts';
import { heading, paragraph, type Section } from '../../text/section.ts';
import { changesOf, comparison } from '../trend/changes.ts';
import { sparkline } from '../trend/sparkline.ts';
import { dayOf, nameOf, type Series, TREND_NOTE, trendOf } from '../trend/trend.ts';

const columns: readonly Column[] = [
  { title: '' },
  { title: 'oldest to newest' },
  ...['lowest', 'highest', 'now'].map((title): Column => ({ title, align: 'right' })),
];

/** How the figures went over the entries of the history. */
export const trend: Section<ReplayReport> = (report, page) => {
  const found = trendOf(report);
  if (!found) return [];
  const { entries, series } = found;
  const first = entries[0]!;
  const last = entries.at(-1)!;
  const rows = series.map(row);
  const widths = fitColumns(columns, rows, page.width - 2);
  const changes = changesOf(found);
  const titles = columns.map((column) => column.title);
  const told = counted(entries.length, 'entry', 'entries');
  const span = `${told}, ${nameOf(first)} (${dayOf(first)}) to ${nameOf(last)} (${dayOf(last)})`;
  return [
    heading(page, 'Trend'),
    ...paragraph(page, span, 2),
    `  ${page.paint.dim(tableRow(columns, widths, titles))}`,
    ...rows.map((cells) => `  ${tableRow(columns, widths, cells)}`),
    ...paragraph(page, comparison(found), 2),
    ...(changes.length > 0 ? paragraph(page, `Changed most: ${changes.join('; ')}.`, 2) : []),
    ...paragraph(page, TREND_NOTE, 2).map(page.paint.dim),
  ];
};

function row({ title, values, write }: Series): string[] {
  const known = values.filter((value) => value !== null);
  const last = values.at(-1) ?? null;
  const figures = known.length === 0 ? ['-', '-'] : [write(Math.min(...known)), write(Math.max(...known))];
  return [title, sparkline(values), ...figures, last === null ? '-' : write(last)];
}

import type { DiffReport } from '@benchbook/model';
import { count, counted } from '../../format/numbers.ts';
import { type Column, fitColumns, tableRow } from '../../format/table.ts';
import { visible } from '../../format/visible.ts';
import { heading, more, type Section } from '../../text/section.ts';
import { changedControls, lostEvidence } from '../changed-controls.ts';
import { sides } from '../sides.ts';

const columns: readonly Column[] = [
  { title: 'control', shrinkTo: 14 },
  { title: 'title', shrinkTo: 10 },
  { title: 'policies' },
  { title: 'determined' },
  { title: 'evidenced' },
];

const SHOWN = 30;

/** Controls whose policies or evidence changed. */
export const controls: Section<DiffReport> = (report, page) => {
  const all = changedControls(report);
  if (all.length === 0) return [];
  const shown = all.slice(0, SHOWN);
  const rows = shown.map((one) => [
    visible(one.ref),
    visible(one.title),
    sides(one.policies, count),
    sides(one.determined, count),
    sides(one.evidenced, (yes) => (yes ? 'yes' : 'no')),
  ]);
  const widths = fitColumns(columns, rows, page.width - 2);
  const titles = columns.map((column) => column.title);
  return [
    heading(page, 'Controls', `${counted(all.length, 'control')} served otherwise`),
    `  ${page.paint.dim(tableRow(columns, widths, titles))}`,
    ...rows.map(
      (cells, index) =>
        `  ${tableRow(columns, widths, cells, (cell) => (lostEvidence(shown[index]!) ? page.paint.yellow(cell) : cell))}`,
    ),
    ...more(page, shown.length, all.length, '; --format json lists them all'),
  ];
};

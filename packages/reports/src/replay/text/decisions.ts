import type { ReplayReport } from '@benchbook/model';
import { counted } from '../../format/numbers.ts';
import { type Column, fitColumns, tableRow } from '../../format/table.ts';
import { visible } from '../../format/visible.ts';
import { heading, type Section } from '../../text/section.ts';
import { outcomePaint } from './outcomes.ts';
import { nameOf } from './policies.ts';

const definitions: readonly Column[] = [
  { title: 'call', shrinkTo: 12 },
  { title: 'tool', shrinkTo: 10 },
  { title: 'outcome' },
  { title: 'determined by', shrinkTo: 16 },
];

/** With `--decisions`: one line per call. */
export const decisions: Section<ReplayReport> = (report, page) => {
  if (!report.decisions || report.decisions.length === 0) return [];
  const files = new Map(report.policies.map((policy) => [policy.id, policy]));
  const rows = report.decisions.map((one) => [
    visible(one.call),
    visible(one.tool),
    one.wouldBe === one.outcome ? one.outcome : `${one.outcome} (${one.wouldBe})`,
    visible(one.determining.map((id) => nameOf(files.get(id) ?? { id, file: '' })).join(', ') || one.basis),
  ]);
  const widths = fitColumns(definitions, rows, page.width - 2);
  return [
    heading(page, 'Decisions', counted(rows.length, 'call')),
    `  ${page.paint.dim(
      tableRow(
        definitions,
        widths,
        definitions.map((column) => column.title),
      ),
    )}`,
    ...report.decisions.map((one, index) => {
      const colour = outcomePaint(page.paint, one.outcome);
      return `  ${tableRow(definitions, widths, rows[index]!, (cell, column) => (column === 2 ? colour(cell) : cell))}`;
    }),
  ];
};

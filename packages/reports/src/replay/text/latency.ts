import type { LatencyFigures, ReplayReport } from '@benchbook/model';
import { milliseconds } from '../../format/numbers.ts';
import { type Column, fitColumns, tableRow } from '../../format/table.ts';
import { visible } from '../../format/visible.ts';
import { heading, type Section } from '../../text/section.ts';

const latencyColumns: readonly Column[] = [
  { title: '' },
  ...['p50', 'p95', 'p99', 'max'].map((title): Column => ({ title, align: 'right' })),
];

/** Time of one decision on a prepared request. */
export const latency: Section<ReplayReport> = (report, page) => {
  const measured = report.latency;
  if (!measured) return [];
  const row = (name: string, figures: LatencyFigures) => [
    name,
    ...[figures.p50, figures.p95, figures.p99, figures.max].map(milliseconds),
  ];
  const languages = Object.keys(measured.perLanguage).sort();
  const rows = [
    row('a decision', measured),
    ...languages.map((language) => row(visible(language), measured.perLanguage[language]!)),
  ];
  const widths = fitColumns(latencyColumns, rows, page.width - 2);
  const reading = measured.readMBps === undefined ? '' : `, reading ${measured.readMBps.toFixed(1)} MB/s`;
  return [
    heading(page, 'Latency', `floor ${milliseconds(measured.floor)}${reading}`),
    `  ${page.paint.dim(
      tableRow(
        latencyColumns,
        widths,
        latencyColumns.map((column) => column.title),
      ),
    )}`,
    ...rows.map((cells) => `  ${tableRow(latencyColumns, widths, cells)}`),
  ];
};

import type { LatencyFigures, Ratio } from '@benchbook/model';
import { count, milliseconds, percent } from '../../format/numbers.ts';
import { type Column, fitColumns, tableRow } from '../../format/table.ts';
import { visible } from '../../format/visible.ts';
import { heading, type Section } from './section.ts';

/** How much of the policies the recordings exercise. */
export const coverage: Section = (report, page) => {
  const { policies, conditions } = report.coverage;
  const parts = [ratio('policies', policies), ratio('conditions', conditions)].filter((part) => part !== '');
  return parts.length === 0 ? [] : [heading(page, 'Coverage', parts.join(', '))];
};

function ratio(what: string, { covered, total }: Ratio): string {
  return total === 0 ? '' : `${count(covered)} of ${count(total)} ${what} (${percent(covered, total)})`;
}

const controlColumns: readonly Column[] = [
  { title: 'control', shrinkTo: 16 },
  { title: 'title', shrinkTo: 12 },
  { title: 'grade' },
  { title: 'policies', align: 'right' },
  { title: 'determined', align: 'right' },
];

/** The provisions that policies are mapped to, and how often those policies decided. */
export const controls: Section = (report, page) => {
  if (report.controls.length === 0) return [];
  const rows = report.controls.map((control) => [
    visible(control.ref),
    control.title === '' ? 'not in the catalogs' : visible(control.title),
    control.grade === 'unknown' ? '-' : control.grade,
    count(control.policies.length),
    count(control.determined),
  ]);
  const widths = fitColumns(controlColumns, rows, page.width - 2);
  return [
    heading(
      page,
      'Controls',
      `${count(report.controls.length)} that policies are mapped to; no statement of compliance`,
    ),
    `  ${page.paint.dim(
      tableRow(
        controlColumns,
        widths,
        controlColumns.map((column) => column.title),
      ),
    )}`,
    ...rows.map((row) => `  ${tableRow(controlColumns, widths, row)}`),
  ];
};

const latencyColumns: readonly Column[] = [
  { title: '' },
  ...['p50', 'p95', 'p99', 'max'].map((title): Column => ({ title, align: 'right' })),
];

/** Time of one decision on a prepared request. */
export const latency: Section = (report, page) => {
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

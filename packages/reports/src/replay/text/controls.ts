import type { ControlReport, ReplayReport } from '@benchbook/model';
import { count, counted } from '../../format/numbers.ts';
import { type Column, fitColumns, tableRow } from '../../format/table.ts';
import { visible } from '../../format/visible.ts';
import { cutMiddle } from '../../format/width.ts';
import { heading, more, type Page, paragraph, type Section } from '../../text/section.ts';
import { DISCLAIMER, type FrameworkPart, frameworkParts, sidesOf, titleOf } from '../frameworks.ts';

interface ControlColumn extends Column {
  readonly cell: (control: ControlReport) => string;
}

const from: ControlColumn = { title: 'from', shrinkTo: 10, cell: (one) => visible(one.appliesFrom ?? '-') };

const definitions: readonly ControlColumn[] = [
  { title: 'provision', shrinkTo: 9, cell: (one) => visible(one.id) },
  { title: 'title', shrinkTo: 12, cell: (one) => visible(titleOf(one)) },
  { title: 'grade', cell: (one) => (one.grade === 'unknown' ? '-' : one.grade) },
  from,
  { title: 'policies', align: 'right', cell: (one) => count(one.policies.length) },
  { title: 'determined', align: 'right', cell: (one) => count(one.determined) },
  { title: 'sides', cell: sidesOf },
  { title: 'evidenced', cell: (one) => (one.evidenced ? 'yes' : 'no') },
];

/** Narrower than this the date of application is left out; JSON has it. */
const DATE_WIDTH = 92;
const SHOWN = 40;

/** The provisions that policies serve, by framework, and what evidence is missing. */
export const controls: Section<ReplayReport> = (report, page) => {
  if (report.controls.length === 0) return [];
  const inside = report.controls.filter((one) => one.folded === null);
  const evidenced = inside.filter((one) => one.evidenced).length;
  return [
    heading(page, 'Controls', `${count(evidenced)} of ${counted(inside.length, 'provision')} evidenced`),
    ...frameworkParts(report.controls).flatMap((part) => partLines(part, page)),
    ...paragraph(page, DISCLAIMER, 2).map(page.paint.dim),
  ];
};

function partLines(part: FrameworkPart, page: Page): string[] {
  const dated = page.width >= DATE_WIDTH && part.inside.some((one) => one.appliesFrom !== null);
  const columns = dated ? definitions : definitions.filter((one) => one !== from);
  const shown = part.inside.slice(0, SHOWN);
  const rows = shown.map((one) => columns.map((column) => column.cell(one)));
  const widths = fitColumns(columns, rows, page.width - 4);
  const titles = columns.map((column) => column.title);
  const outside = part.folded.length;
  return [
    `  ${cutMiddle(visible(`${part.title} (${part.key})`), page.width - 2)}`,
    ...(rows.length > 0 ? [`    ${page.paint.dim(tableRow(columns, widths, titles))}`] : []),
    ...shown.flatMap((one, index) => [
      `    ${tableRow(columns, widths, rows[index]!)}`,
      ...one.missing.flatMap((text) => paragraph(page, `missing: ${text}`, 8)).map(page.paint.dim),
    ]),
    ...more(page, shown.length, part.inside.length, ''),
    ...(outside > 0 ? [page.paint.dim(`    ${count(outside)} outside the profile`)] : []),
  ];
}

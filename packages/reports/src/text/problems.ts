import type { DiagnosticReport, UnreadableReport } from '@benchbook/model';
import { count, counted } from '../format/numbers.ts';
import { visible } from '../format/visible.ts';
import { cutMiddle } from '../format/width.ts';
import { heading, more, type Page, paragraph, place } from './section.ts';

const SHOWN = 20;

/** The first of `total` unreadable places. */
export function unreadableBlock(all: readonly UnreadableReport[], total: number, page: Page): string[] {
  if (total === 0) return [];
  const shown = all.slice(0, SHOWN);
  return [
    heading(page, 'Unreadable', `${counted(total, 'place')} in the recordings, left out`),
    ...shown.flatMap((one) => [
      `  ${page.paint.yellow('!')} ${cutMiddle(place(one), page.width - 4)}`,
      ...paragraph(page, one.message, 6),
    ]),
    ...more(page, shown.length, total, ''),
  ];
}

/** Errors and warnings alone; `check` tells the rest. */
export function diagnosticsBlock(all: readonly DiagnosticReport[], page: Page): string[] {
  const found = all.filter((one) => one.severity === 'error' || one.severity === 'warning');
  if (found.length === 0) return [];
  return [
    heading(page, 'Diagnostics', `${count(found.length)}; benchbook check tells more`),
    ...found.slice(0, SHOWN).flatMap((one) => diagnosticLines(one, page)),
    ...more(page, SHOWN, found.length, ''),
  ];
}

function diagnosticLines(one: DiagnosticReport, page: Page): string[] {
  const start = one.range?.start;
  const at = start ? `${one.file}:${start.line}:${start.column}` : one.file;
  const mark = one.severity === 'error' ? page.paint.red('!') : page.paint.yellow('!');
  return [
    `  ${mark} ${cutMiddle(visible(`${at} ${one.code}`), page.width - 4)}`,
    ...paragraph(page, one.message, 6),
  ];
}

import type { DiagnosticReport, UnreadableReport } from '@benchbook/model';
import { count, counted } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { cutMiddle } from '../../format/width.ts';
import { heading, more, type Page, paragraph, place, type Section } from './section.ts';

const SHOWN = 20;

/** Errors of policies and engines: a policy that errs is never the same as one that is silent. */
export const errors: Section = (report, page) => {
  if (report.summary.withErrors === 0 && report.errors.length === 0) return [];
  const lines = [heading(page, 'Errors', `${counted(report.summary.withErrors, 'call')} with an error`)];
  for (const error of report.errors.slice(0, SHOWN)) {
    const times = `${counted(error.count, 'time')}, ${error.kind}, first in ${visible(error.firstCall)}`;
    const who = visible(error.policy ?? 'the whole set');
    lines.push(`  ${page.paint.red('!')} ${cutMiddle(who, page.width - 4)}`);
    lines.push(...paragraph(page, error.message, 6), `      ${cutMiddle(times, page.width - 6)}`);
  }
  return [...lines, ...more(page, SHOWN, report.errors.length, '; --format json lists them all')];
};

/** Places of recordings that could not be read. */
export const unreadable: Section = (report, page) =>
  unreadableBlock(report.unreadable, report.summary.unreadable, page);

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

/** Files that `--keep-going` left out. */
export const skippedFiles: Section = (report, page) => {
  if (report.skippedFiles.length === 0) return [];
  return [
    heading(
      page,
      'Skipped',
      `${counted(report.skippedFiles.length, 'file')} that did not load: not part of any decision`,
    ),
    ...report.skippedFiles.map(
      (file) => `  ${page.paint.red('!')} ${cutMiddle(visible(file), page.width - 4)}`,
    ),
  ];
};

/** What loading and replaying found in the policies. */
export const diagnostics: Section = (report, page) => diagnosticsBlock(report.diagnostics, page);

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

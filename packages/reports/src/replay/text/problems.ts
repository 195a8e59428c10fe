import type { ReplayReport } from '@benchbook/model';
import { counted } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { cutMiddle } from '../../format/width.ts';
import { diagnosticsBlock, unreadableBlock } from '../../text/problems.ts';
import { heading, more, paragraph, type Section } from '../../text/section.ts';

const SHOWN = 20;

/** Errors of policies and engines: a policy that errs is never the same as one that is silent. */
export const errors: Section<ReplayReport> = (report, page) => {
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
export const unreadable: Section<ReplayReport> = (report, page) =>
  unreadableBlock(report.unreadable, report.summary.unreadable, page);

/** Files that `--keep-going` left out. */
export const skippedFiles: Section<ReplayReport> = (report, page) => {
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
export const diagnostics: Section<ReplayReport> = (report, page) =>
  diagnosticsBlock(report.diagnostics, page);

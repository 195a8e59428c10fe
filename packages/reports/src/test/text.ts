import type { TestCaseReport, TestReport } from '@benchbook/model';
import { count, counted } from '../format/numbers.ts';
import { visible } from '../format/visible.ts';
import { cutMiddle, pad } from '../format/width.ts';
import { coverage } from '../replay/text/coverage.ts';
import type { Reporter } from '../reporter.ts';
import { diagnosticsBlock, unreadableBlock } from '../text/problems.ts';
import { heading, lay, more, type Page, pageFor, paragraph } from '../text/section.ts';
import { closingLine } from './closing-line.ts';

/** Entries of one list; JSON has them all. */
const SHOWN = 50;

/** The results of tests as people read them in a terminal: what did not pass comes last. */
export const testText: Reporter<TestReport> = (report, options) => {
  const page = pageFor(options);
  return lay(
    [
      files(report, page),
      coverage(report, page),
      diagnosticsBlock(report.diagnostics, page),
      unreadableBlock(report.unreadable, report.unreadable.length, page),
      notPassed(report, page),
    ],
    closingLine(report.summary),
  );
};

function files(report: TestReport, page: Page): string[] {
  if (report.tests.length === 0) return [];
  const paths = [...new Set(report.tests.map((one) => one.file))].sort();
  const lines = paths.slice(0, SHOWN).map((path) => {
    const all = report.tests.filter((one) => one.file === path);
    const passed = all.filter((one) => one.state === 'passed').length;
    return `  ${pad(`${count(passed)} of ${count(all.length)}`, 12, 'right')}  ${cutMiddle(visible(path), page.width - 16)}`;
  });
  return [
    heading(page, 'Tests', `${counted(report.tests.length, 'test')}; passed by file`),
    ...lines,
    ...more(page, lines.length, paths.length, ' files'),
  ];
}

const order = ['skipped', 'error', 'failed'] as const;

function notPassed(report: TestReport, page: Page): string[] {
  const all = order.flatMap((state) => report.tests.filter((one) => one.state === state));
  if (all.length === 0) return [];
  // What failed stands last; where there is too much, what was skipped goes first.
  const shown = all.slice(-SHOWN);
  return [
    heading(page, 'Not passed', counted(all.length, 'test')),
    ...more(page, shown.length, all.length, '; --format json lists them all'),
    ...shown.flatMap((one) => caseLines(one, page)),
  ];
}

function caseLines(one: TestCaseReport, page: Page): string[] {
  const start = one.range?.start;
  const place = start ? `${one.file}:${start.line}:${start.column}` : one.file;
  const paint = one.state === 'skipped' ? page.paint.dim : page.paint.red;
  return [
    `  ${paint(pad(one.state, 7))}  ${cutMiddle(visible(one.name), page.width - 11)}`,
    `           ${page.paint.dim(cutMiddle(visible(`${one.kind}, ${place}`), page.width - 11))}`,
    ...(one.message === '' ? [] : paragraph(page, one.message, 11)),
  ];
}

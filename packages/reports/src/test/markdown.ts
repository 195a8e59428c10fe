import type { TestReport } from '@benchbook/model';
import { markdownCode } from '../format/markdown.ts';
import { coverageSentence, unseenPart } from '../markdown/coverage.ts';
import { fixedPart, layParts, listPart, tablePart } from '../markdown/part.ts';
import type { Reporter } from '../reporter.ts';
import { closingLine } from './closing-line.ts';

/** Rows of the list that is not folded away; the rest is counted. */
const ROWS = 50;

const order = ['failed', 'error', 'skipped'] as const;

/** The results of tests as a comment of a pull request. */
export const testMarkdown: Reporter<TestReport> = (report) => {
  const { failed, errors } = report.summary;
  const verdict = failed + errors === 0 ? 'nothing failed' : `${failed + errors} not passed`;
  const notPassed = order.flatMap((state) => report.tests.filter((one) => one.state === state));
  return layParts(
    [
      fixedPart([`## Benchbook test: ${verdict}`, '', coverageSentence(report)]),
      tablePart({
        header: ['test', 'state', 'where', 'why'],
        most: ROWS,
        rows: notPassed.map((one) => [
          markdownCode(one.name),
          one.state,
          markdownCode(one.range ? `${one.file}:${one.range.start.line}` : one.file),
          one.message === '' ? '-' : markdownCode(one.message),
        ]),
      }),
      listPart(
        ['### To know', ''],
        report.unreadable.map((one) => {
          const at = one.line === undefined ? one.file : `${one.file}:${one.line}`;
          return `- ${markdownCode(at)} could not be read: ${markdownCode(one.message)}`;
        }),
        ROWS,
      ),
      unseenPart(report),
    ],
    closingLine(report.summary),
  );
};

import type { TestCaseReport, TestReport } from '@benchbook/model';
import { type JunitCase, junitDocument } from '../format/junit.ts';
import type { Reporter } from '../reporter.ts';

/** JUnit XML: a suite per file of tests, by path. */
export const testJunit: Reporter<TestReport> = (report) =>
  junitDocument(
    'benchbook test',
    [...new Set(report.tests.map((one) => one.file))].sort().map((file) => ({
      name: file,
      cases: report.tests.filter((one) => one.file === file).map(caseOf),
    })),
  );

function caseOf(one: TestCaseReport): JunitCase {
  const start = one.range?.start;
  const place = start ? `${one.file}:${start.line}:${start.column}` : one.file;
  const told = { message: one.message, text: `${place}: ${one.message}` };
  return {
    classname: one.kind,
    name: one.name,
    ...(one.state === 'failed' ? { failure: told } : {}),
    ...(one.state === 'error' ? { error: told } : {}),
    ...(one.state === 'skipped' ? { skipped: one.message || 'skipped' } : {}),
  };
}

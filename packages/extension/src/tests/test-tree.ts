/** Tests as a tree: files, and the tests in them. */
import type { TestCaseReport } from '@benchbook/model';

export interface TestFile {
  readonly file: string;
  readonly tests: readonly NamedTest[];
}

export interface NamedTest {
  /** The same for the same test in every run. */
  readonly id: string;
  readonly test: TestCaseReport;
}

/** In the report's order; equal names in a file are told apart by their number. */
export function testTree(tests: readonly TestCaseReport[]): TestFile[] {
  const files = new Map<string, NamedTest[]>();
  const seen = new Map<string, number>();
  for (const test of tests) {
    const key = JSON.stringify([test.file, test.kind, test.name]);
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    const named = { id: nth === 1 ? key : `${key}[${nth}]`, test };
    const list = files.get(test.file);
    if (list) list.push(named);
    else files.set(test.file, [named]);
  }
  return [...files].map(([file, tests]) => ({ file, tests }));
}

/** Beside a test's name. */
export function testDescription({ kind }: TestCaseReport): string {
  return kind === 'expect' ? 'expected by a reviewer' : '';
}

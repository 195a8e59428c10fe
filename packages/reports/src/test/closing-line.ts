import type { TestReport } from '@benchbook/model';
import { count, counted } from '../format/numbers.ts';

/** The last line, made to be counted: `6 tests: 2 passed, 2 failed, 1 error, 1 skipped`. */
export function closingLine({ tests, passed, failed, errors, skipped }: TestReport['summary']): string {
  const parts = [`${count(passed)} passed`, `${count(failed)} failed`, counted(errors, 'error')];
  return `${counted(tests, 'test')}: ${[...parts, `${count(skipped)} skipped`].join(', ')}`;
}

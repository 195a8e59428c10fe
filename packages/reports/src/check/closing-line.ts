import type { CheckReport } from '@benchbook/model';
import { counted } from '../format/numbers.ts';

/** The last line: `4 files, 12 policies: 1 error, 2 warnings`. */
export function closingLine({ files, policies, errors, warnings }: CheckReport['summary']): string {
  const looked = `${counted(files, 'file')}, ${counted(policies, 'policy', 'policies')}`;
  return `${looked}: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
}

import type { DiffReport } from '@benchbook/model';
import { count } from '../../format/numbers.ts';
import { heading, more, paragraph, type Section } from '../../text/section.ts';
import { flipErrors } from '../flip-errors.ts';
import { sides } from '../sides.ts';

const SHOWN = 10;

/** Calls on which some policy erred, and what errs on flips: an erring policy is not a silent one. */
export const errors: Section<DiffReport> = (report, page) => {
  const { withErrors } = report.summary;
  if (withErrors.base + withErrors.head === 0) return [];
  const told = flipErrors(report.flips);
  const shown = told.slice(0, SHOWN);
  return [
    heading(page, 'Errors', `calls on which a policy errs: ${sides(withErrors, count)}`),
    ...shown.flatMap((one) => paragraph(page, `! ${one}`, 2)).map(page.paint.red),
    ...more(page, shown.length, told.length, '; --format json lists them all'),
  ];
};

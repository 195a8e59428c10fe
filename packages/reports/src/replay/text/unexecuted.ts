import type { ReplayReport } from '@benchbook/model';
import { counted } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { cutEnd } from '../../format/width.ts';
import { heading, more, type Section } from '../../text/section.ts';

const SHOWN = 10;

/** Clauses of the company's own catalogs that no policy serves. */
export const unexecuted: Section<ReplayReport> = (report, page) => {
  const all = report.unexecuted;
  if (all.length === 0) return [];
  return [
    heading(page, 'Clauses', `${counted(all.length, 'clause')} of the company that no policy serves`),
    ...all.slice(0, SHOWN).map((one) => `  ${cutEnd(visible(`${one.ref}  ${one.title}`), page.width - 2)}`),
    ...more(page, Math.min(SHOWN, all.length), all.length, ''),
  ];
};

import type { DiffReport } from '@benchbook/model';
import { counted } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { cutMiddle } from '../../format/width.ts';
import { heading, more, paragraph, type Section } from '../../text/section.ts';

const SHOWN = 10;
const REASONS = 3;

/** Calls of which nobody knows whether they change; they are no unchanged ones. */
export const undecided: Section<DiffReport> = (report, page) => {
  const total = report.summary.undecided;
  if (total === 0) return [];
  const shown = report.undecided.slice(0, SHOWN);
  return [
    heading(
      page,
      'Undecided',
      `${counted(total, 'call')} indeterminate on either side, not counted as unchanged`,
    ),
    ...shown.flatMap((one) => [
      `  ${page.paint.magenta('?')} ${cutMiddle(visible(`${one.call} (${one.tool}): ${one.from} -> ${one.to}`), page.width - 4)}`,
      ...(one.why.length === 0 ? [] : paragraph(page, one.why.slice(0, REASONS).join(', '), 6)),
    ]),
    ...more(page, shown.length, total, '; --format json lists them all'),
  ];
};

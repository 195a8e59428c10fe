import type { DiffReport, Sides } from '@benchbook/model';
import { counted, percent } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { cutEnd, cutMiddle } from '../../format/width.ts';
import { heading, more, type Section } from '../../text/section.ts';
import { sides } from '../sides.ts';

const SHOWN = 10;

/** Coverage of both versions, and what base covers and head no longer does. */
export const coverage: Section<DiffReport> = ({ coverage: { policies, conditions, lost } }, page) => {
  const losses = [
    ...lost.policies.map((id) => ({ place: id, text: 'never applies now' })),
    ...lost.conditions.map((one) => ({
      place: `${one.file}:${one.range.start.line}:${one.range.start.column}`,
      text: one.text,
    })),
  ];
  const shown = losses.slice(0, SHOWN);
  return [
    heading(page, 'Coverage', `policies ${shares(policies)}, conditions ${shares(conditions)}`),
    ...(losses.length > 0
      ? [`  ${page.paint.yellow(`lost: ${counted(losses.length, 'entry', 'entries')}`)}`]
      : []),
    ...shown.flatMap((one) => [
      `  - ${cutMiddle(visible(one.place), page.width - 4)}`,
      `      ${cutEnd(visible(one.text), page.width - 6)}`,
    ]),
    ...more(page, shown.length, losses.length, '; --format json lists them all'),
  ];
};

function shares({ base, head }: Sides<number>): string {
  return sides({ base: percent(base, 1), head: percent(head, 1) }, String);
}

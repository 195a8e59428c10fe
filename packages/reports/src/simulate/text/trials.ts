import type { AuditPolicyReport, SimulationReport } from '@benchbook/model';
import { count, counted } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { cutMiddle } from '../../format/width.ts';
import { heading, more, paragraph, type Section } from '../../text/section.ts';

const SHOWN = 30;

/** Policies in audit mode: whether each can be enforced, and why. */
export const trials: Section<SimulationReport> = ({ audit }, page) => {
  if (audit.length === 0) return [];
  const shown = audit.slice(0, SHOWN);
  const paint = { enforce: page.paint.green, wait: page.paint.yellow, mend: page.paint.red };
  return [
    heading(page, 'From audit to enforcement'),
    ...shown.flatMap((one) => [
      `  ${paint[one.recommendation](one.recommendation.padEnd(7))}  ${cutMiddle(visible(one.policy), page.width - 11)}`,
      ...paragraph(page, `${countsOf(one)}; ${one.why}`, 11),
    ]),
    ...more(page, shown.length, audit.length, ''),
  ];
};

/** What a policy in audit mode would have done, in one line. */
function countsOf(one: AuditPolicyReport): string {
  return `would block ${count(one.wouldBlock)} and escalate ${count(one.wouldEscalate)}: ${count(one.confirmed)} confirmed, ${counted(one.falseAlarms, 'false alarm')}, ${count(one.unlabelled)} unlabelled`;
}

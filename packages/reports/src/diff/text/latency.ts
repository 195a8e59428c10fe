import type { DiffReport } from '@benchbook/model';
import { milliseconds, percent } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { cutMiddle, pad } from '../../format/width.ts';
import { heading, paragraph, type Section } from '../../text/section.ts';
import { latencySentence } from '../latency-sentence.ts';

const POLICIES = 5;
const CALLS = 3;

/** Are the slowest decisions slower, and what carries the difference. */
export const latency: Section<DiffReport> = ({ latency: measured, findings }, page) => {
  if (!measured) return [];
  const missed = findings.filter((one) => one.kind === 'latency');
  const style = measured.p99.verdict === 'regression' ? page.paint.red : (text: string) => text;
  return [
    heading(page, 'Latency'),
    ...paragraph(page, latencySentence(measured), 2).map(style),
    ...missed.flatMap((one) => paragraph(page, `✗ ${one.message}`, 2)).map(page.paint.red),
    ...(measured.policies.length + measured.calls.length > 0
      ? [page.paint.dim('  What carries the difference:')]
      : []),
    ...measured.policies
      .slice(0, POLICIES)
      .map(
        (one) =>
          `    ${pad(percent(one.share, 1), 8, 'right')}  ${cutMiddle(visible(one.policy), page.width - 14)}`,
      ),
    ...measured.calls.slice(0, CALLS).map((one) => {
      const times = `${milliseconds(one.base)} -> ${milliseconds(one.head)}`;
      return `    ${pad(times, 22)}  ${cutMiddle(visible(`${one.call} (${one.tool})`), page.width - 28)}`;
    }),
  ];
};

import type { DiffReport } from '@benchbook/model';
import { markdownCode } from '../../format/markdown.ts';
import { milliseconds, percent } from '../../format/numbers.ts';
import { type Part, tablePart } from '../../markdown/part.ts';
import { latencySentence } from '../latency-sentence.ts';

const POLICIES = 5;
const CALLS = 5;

/** Are the slowest decisions slower, and what carries the difference. */
export function latencyPart({ latency }: DiffReport): Part {
  if (!latency) return { rows: 0, lines: () => [] };
  const sentence = latencySentence(latency);
  const rows = [
    ...latency.policies
      .slice(0, POLICIES)
      .map((one) => [
        markdownCode(one.policy),
        `${percent(one.share, 1).replace('<', '&lt;').replace('>', '&gt;')} of the difference`,
      ]),
    ...latency.calls
      .slice(0, CALLS)
      .map((one) => [
        `${markdownCode(one.call)} (${markdownCode(one.tool)})`,
        `${milliseconds(one.base)} -> ${milliseconds(one.head)}`,
      ]),
  ];
  const table = tablePart({
    fold: 'What carries the difference',
    header: ['policy or call', 'share or time'],
    rows,
  });
  return {
    rows: table.rows,
    lines: (shown) => {
      const lines = table.lines(shown);
      const told = latency.p99.verdict === 'regression' ? `:warning: ${sentence}` : sentence;
      return lines.length === 0 ? [told] : [told, '', ...lines];
    },
  };
}

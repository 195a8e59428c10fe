import { OUTCOMES, type Outcome, type ReplayReport } from '@benchbook/model';
import { count, percent } from '../../format/numbers.ts';
import type { Paint } from '../../format/paint.ts';
import { pad } from '../../format/width.ts';
import { heading, type Section } from '../../text/section.ts';

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of at most `width` columns, in eighths of a column; a share above none is never invisible. */
export function bar(part: number, total: number, width: number): string {
  if (part <= 0 || total <= 0) return '';
  const units = Math.max(1, Math.round((part / total) * width * 8));
  return '█'.repeat(Math.floor(units / 8)) + eighths[units % 8];
}

/** The colour of an outcome, everywhere the same. */
export function outcomePaint(paint: Paint, outcome: Outcome): (text: string) => string {
  return { allow: paint.green, deny: paint.red, escalate: paint.yellow, indeterminate: paint.magenta }[
    outcome
  ];
}

/** How often each outcome came, with bars. */
export const outcomes: Section<ReplayReport> = (report, page) => {
  const { calls, outcomes: counts } = report.summary;
  if (calls === 0) return [];
  const numbers = OUTCOMES.map((outcome) => count(counts[outcome]));
  const widest = Math.max(...numbers.map((number) => number.length));
  const room = Math.min(40, page.width - widest - 29);
  const rows = OUTCOMES.map((outcome, index) => {
    const share = pad(percent(counts[outcome], calls), 7, 'right');
    const drawn = outcomePaint(page.paint, outcome)(bar(counts[outcome], calls, room));
    return `  ${pad(outcome, 13)}  ${pad(numbers[index]!, widest, 'right')}  ${share}  ${drawn}`.trimEnd();
  });
  return [heading(page, 'Outcomes'), ...rows];
};

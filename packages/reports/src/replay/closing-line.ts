import { OUTCOMES, type ReplaySummary } from '@benchbook/model';
import { count, counted } from '../format/numbers.ts';

/** The last line, made to be counted: `3,060 calls: 2,901 allow, 140 deny, 12 escalate, 7 indeterminate`. */
export function closingLine(summary: ReplaySummary): string {
  const parts = OUTCOMES.map((outcome) => `${count(summary.outcomes[outcome])} ${outcome}`);
  return `${counted(summary.calls, 'call')}: ${parts.join(', ')}`;
}

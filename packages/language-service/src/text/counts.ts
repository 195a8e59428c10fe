import type { OutcomeCounts } from '@benchbook/model';
import { OUTCOMES } from '@benchbook/model';

const format = new Intl.NumberFormat('en-US');

/** `3,060`. */
export function count(value: number): string {
  return format.format(value);
}

/** `1 call`, `3,060 calls`. */
export function calls(value: number): string {
  return `${count(value)} ${value === 1 ? 'call' : 'calls'}`;
}

/** `12 deny, 3 escalate`: outcomes that came out, in their order; empty where none did. */
export function outcomeWords(outcomes: OutcomeCounts): readonly string[] {
  return OUTCOMES.flatMap((outcome) =>
    outcomes[outcome] > 0 ? [`${count(outcomes[outcome])} ${outcome}`] : [],
  );
}

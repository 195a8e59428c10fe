import type { DiffLatency } from '@benchbook/model';
import { counted, milliseconds } from '../format/numbers.ts';

/** The verdict on the slowest decisions in plain words, with its figures. Words of ours alone. */
export function latencySentence({ p99, n, sessions, repeats }: DiffLatency): string {
  const figures = `p99 ${milliseconds(p99.base)} before, ${milliseconds(p99.head)} now: ${ratio(p99.ratio)} times, 95 % interval ${ratio(p99.interval[0])} to ${ratio(p99.interval[1])}`;
  const measured = `Over ${counted(n, 'call')} in ${counted(sessions, 'session')}, the median of ${counted(repeats, 'repeat')} each.`;
  return `${verdicts[p99.verdict]} (${figures}). ${measured}${needed(p99)}`;
}

const verdicts: { readonly [verdict in DiffLatency['p99']['verdict']]: string } = {
  regression: 'The slowest decisions are slower',
  improvement: 'The slowest decisions are faster',
  unchanged: 'The slowest decisions are as fast as before',
  inconclusive: 'Whether the slowest decisions are slower cannot be told',
};

function needed({ verdict, neededRepeats }: DiffLatency['p99']): string {
  return verdict === 'inconclusive' && neededRepeats !== undefined
    ? ` About ${counted(neededRepeats, 'repeat')} may decide it.`
    : '';
}

/** A ratio with two decimals. */
export function ratio(value: number): string {
  return value.toFixed(2);
}

import type { DiffLatency } from '@benchbook/model';
import type { RatioSpread } from './bootstrap.ts';

type Judged = Pick<DiffLatency['p99'], 'ratio' | 'interval' | 'verdict' | 'neededRepeats'>;

/** Standard deviations on each side of a 95 % interval. */
const HALF_WIDTH = 1.96;
/** More repeats than this are no advice. */
const MAX_NEEDED = 9_999;
/** Share of the variance that comes from measuring, below which repeats change nothing. */
const LEAST_SHARE = 0.1;

/** The verdict on a ratio, from the numbers as they are told. */
export function judge({ ratio, interval, variance }: RatioSpread, repeats: number, bound: number): Judged {
  const from = round(interval[0]);
  const to = round(interval[1]);
  const told = { ratio: round(ratio), interval: [from, to] as const };
  if (from > 1) return { ...told, verdict: 'regression' };
  if (to < 1) return { ...told, verdict: 'improvement' };
  if (from >= round(1 / bound) && to <= bound) return { ...told, verdict: 'unchanged' };
  const needed = neededRepeats(Math.abs(Math.log(ratio)), variance, repeats, Math.log(bound));
  return { ...told, verdict: 'inconclusive', ...(needed !== undefined && { neededRepeats: needed }) };
}

/**
 * An estimate of the repeats with which the interval would leave 1 or fit between the bounds, whichever is nearer to
 * what was seen. The part of the variance that comes from measuring falls as repeats grow; the part that comes from
 * sessions being few does not, and where that alone is too much no number of repeats helps: undefined, as it needs
 * more recordings.
 */
function neededRepeats(
  seen: number,
  variance: RatioSpread['variance'],
  repeats: number,
  bound: number,
): number | undefined {
  const wanted = (Math.max(seen, bound - seen) / HALF_WIDTH) ** 2;
  const left = wanted - Math.max(0, variance.all - variance.measuring);
  if (left <= 0 || variance.measuring < LEAST_SHARE * variance.all) return undefined;
  // At least two more: a skewed interval may be too wide though its variance is not.
  const needed = Math.max(repeats + 2, Math.ceil((repeats * variance.measuring) / left)) | 1;
  return needed <= MAX_NEEDED ? needed : undefined;
}

function round(ratio: number): number {
  return Math.round(ratio * 1e4) / 1e4;
}

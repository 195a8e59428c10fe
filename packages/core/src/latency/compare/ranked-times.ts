import type { MeasuredTimes } from './time-versions.ts';

/**
 * A microsecond: faster decisions are equal. How the compiler happens to arrange two copies of the same policies
 * makes tenths of a microsecond between them, which lasts as long as the process and which no repeating takes out.
 */
const LEAST_TIME = 1e-3;
/** Steps of the table from which the rank of a resampled median is drawn. */
export const RANK_TABLE = 4_096;

/** The times of the slowest samples in one common order, so that a percentile is found without sorting again. */
export interface RankedTimes {
  /** Ascending. */
  readonly values: Float64Array;
  /** Rank of each repeat, by slowest sample and then from its fastest repeat to its slowest. */
  readonly rank: Int32Array;
  /** The slowest of all others. */
  readonly rest: number;
  /** Calls by rank; zeroes between two uses. */
  readonly calls: Float64Array;
}

/** Ranks the repeats of the slowest samples. */
export function rankTimes(
  { medians, slowest, repeats, times }: MeasuredTimes,
  side: 'base' | 'head',
): RankedTimes {
  const values = Float64Array.from(times[side].totals, (time) => Math.max(time, LEAST_TIME));
  for (let i = 0; i < slowest.length; i++) values.subarray(i * repeats, (i + 1) * repeats).sort();
  const order = Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const rank = new Int32Array(values.length);
  for (let i = 0; i < order.length; i++) rank[order[i]!] = i;
  const among = new Set(slowest);
  let rest = LEAST_TIME;
  medians[side].forEach((median, i) => {
    if (!among.has(i)) rest = Math.max(rest, median);
  });
  return { values: values.sort(), rank, rest, calls: new Float64Array(values.length) };
}

/** The nearest-rank 99th percentile of `n` calls, counted from the slowest on. */
export function percentile(
  { values, rank, rest, calls }: RankedTimes,
  weights: Float64Array,
  n: number,
  repeats: number,
  drawRank: (() => number) | undefined,
): number {
  const middle = (repeats - 1) >> 1;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (weight > 0) calls[rank[i * repeats + (drawRank ? drawRank() : middle)]!]! += weight;
  }
  const wanted = n - Math.max(1, Math.ceil((99 * n) / 100)) + 1;
  let passed = 0;
  let at = values.length;
  while (at > 0 && passed < wanted) passed += calls[--at]!;
  calls.fill(0);
  return passed >= wanted ? values[at]! : rest;
}

/**
 * Ranks to draw from with equal chances. The median of k draws with replacement from k sorted values is at most the
 * i-th where more than half of the draws are, which is a binomial chance: no need to draw k times.
 */
export function rankTable(repeats: number): Int32Array {
  const table = new Int32Array(RANK_TABLE);
  let filled = 0;
  for (let i = 0; i < repeats; i++) {
    const until = Math.round(atLeastHalf(repeats, (i + 1) / repeats) * RANK_TABLE);
    table.fill(i, filled, until);
    filled = Math.max(filled, until);
  }
  return table;
}

/** The chance that at least (k + 1) / 2 of k draws succeed, where each does with chance `p`; k is odd. */
function atLeastHalf(k: number, p: number): number {
  if (p >= 1) return 1;
  let sum = 0;
  // As a logarithm: it is too small for a number where k is in the thousands.
  let term = k * Math.log(1 - p);
  for (let i = 0; i <= k; i++) {
    if (i >= (k + 1) / 2) sum += Math.exp(term);
    term += Math.log(((k - i) / (i + 1)) * (p / (1 - p)));
  }
  return sum;
}

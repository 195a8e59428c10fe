import type { LatencyFigures } from '@benchbook/model';

/** One measured value that stands for `weight` calls. */
export interface WeightedSample {
  readonly value: number;
  readonly weight: number;
}

/** Nearest-rank percentiles of weighted samples; all zero where there are none. */
export function latencyFigures(samples: readonly WeightedSample[]): LatencyFigures {
  const sorted = [...samples].sort((a, b) => a.value - b.value);
  const n = sorted.reduce((sum, { weight }) => sum + weight, 0);
  return {
    n,
    p50: nearestRank(sorted, n, 50),
    p95: nearestRank(sorted, n, 95),
    p99: nearestRank(sorted, n, 99),
    max: sorted.at(-1)?.value ?? 0,
  };
}

/** The smallest value such that at least `percent` of the weight is at or below it. */
function nearestRank(sorted: readonly WeightedSample[], n: number, percent: number): number {
  const rank = Math.max(1, Math.ceil((percent * n) / 100));
  let passed = 0;
  for (const { value, weight } of sorted) {
    passed += weight;
    if (passed >= rank) return value;
  }
  return 0;
}

/** The middle value (the lower of two). NaN for none. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[(values.length - 1) >> 1] ?? Number.NaN;
}

/** Milliseconds to the nanosecond: clocks give no more. */
export function roundTime(milliseconds: number): number {
  return Math.round(milliseconds * 1e6) / 1e6;
}

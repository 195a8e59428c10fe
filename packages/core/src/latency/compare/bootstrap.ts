import { clusterIndex } from './cluster-index.ts';
import type { Random } from './random.ts';
import { percentile, RANK_TABLE, type RankedTimes, rankTable, rankTimes } from './ranked-times.ts';
import type { MeasuredTimes } from './time-versions.ts';

/** What resampling tells of the ratio of both p99. */
export interface RatioSpread {
  /** Head to base; times below a microsecond count as one. */
  readonly ratio: number;
  /** 95 % interval of the ratio. */
  readonly interval: readonly [number, number];
  /** That were drawn from. */
  readonly clusters: number;
  /** Variance of the ratio's logarithm: all of it, and what is left of it with the recorded sessions held fixed. */
  readonly variance: { readonly all: number; readonly measuring: number };
}

const RESAMPLES = 2_000;
/** Resamples that tell a variance alone. */
const VARIANCE_RESAMPLES = 500;

/**
 * The ratio of the nearest-rank 99th percentiles, with a percentile bootstrap. Each resample draws sessions with
 * replacement, the same for both versions, since calls of a session are alike; and of each call its repeats with
 * replacement, of each version on its own, since many sessions may share one measured call and so its error.
 */
export function bootstrapRatio(times: MeasuredTimes, random: Random): RatioSpread {
  const { samples, slowest, repeats } = times;
  const weights = Float64Array.from(slowest, (sample) => samples[sample]!.clusters.total);
  const calls = samples.reduce((sum, { clusters }) => sum + clusters.total, 0);
  const sides = { base: rankTimes(times, 'base'), head: rankTimes(times, 'head') };
  const clusters = clusterIndex(times.samples, slowest);
  const ranks = rankTable(repeats);

  const p99 = (side: RankedTimes, of: Float64Array, n: number, resampled: boolean): number =>
    percentile(side, of, n, repeats, resampled ? () => ranks[(random() * RANK_TABLE) | 0]! : undefined);
  const resampledRatio = (of: Float64Array, n: number): number => {
    const base = p99(sides.base, of, n, true);
    return p99(sides.head, of, n, true) / base;
  };

  const base = p99(sides.base, weights, calls, false);
  const head = p99(sides.head, weights, calls, false);
  const ratio = head / base;
  const measuring = new Float64Array(VARIANCE_RESAMPLES);
  for (let i = 0; i < VARIANCE_RESAMPLES; i++) measuring[i] = Math.log(resampledRatio(weights, calls));

  const all = new Float64Array(RESAMPLES);
  const drawn = new Float64Array(slowest.length);
  for (let i = 0; i < RESAMPLES; i++) {
    drawn.fill(0);
    let n = 0;
    for (let j = 0; j < clusters.count; j++) {
      const cluster = (random() * clusters.count) | 0;
      n += clusters.calls[cluster]!;
      for (let at = clusters.from[cluster]!; at < clusters.from[cluster + 1]!; at++) {
        drawn[clusters.samples[at]!]! += clusters.weights[at]!;
      }
    }
    all[i] = Math.log(resampledRatio(drawn, n));
  }
  all.sort();
  const tail = Math.floor(RESAMPLES * 0.025);
  return {
    ratio,
    // An estimate outside its own interval can happen to percentiles of few calls; none would believe either.
    interval: [Math.min(ratio, Math.exp(all[tail]!)), Math.max(ratio, Math.exp(all[RESAMPLES - 1 - tail]!))],
    clusters: clusters.count,
    variance: { all: varianceOf(all), measuring: varianceOf(measuring) },
  };
}

function varianceOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}

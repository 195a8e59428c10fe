import type { Sides } from '@benchbook/model';
import { clusterIndex } from './cluster-index.ts';
import type { Random } from './random.ts';
import {
  LEAST_TIME,
  percentile,
  RANK_TABLE,
  type RankedTimes,
  rankTable,
  rankTimes,
} from './ranked-times.ts';
import type { MeasuredTimes, VersionTimes } from './time-versions.ts';

/** What resampling tells of the ratio of both p99. */
export interface RatioSpread {
  /** Medians of the repeats, by sample. */
  readonly medians: Sides<Float64Array>;
  /** Head to base. */
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
/** The slowest calls are resampled, this share of all: five times as many as lie above the 99th percentile. */
const SLOWEST = 0.05;
const MIN_SLOWEST = 200;

/**
 * The ratio of the nearest-rank 99th percentiles, with a percentile bootstrap. Each resample draws sessions with
 * replacement, the same for both versions, since calls of a session are alike; and of each call its repeats with
 * replacement, of each version on its own, since many sessions may share one measured call and so its error.
 */
export function bootstrapRatio(times: MeasuredTimes, random: Random): RatioSpread {
  const { samples, repeats } = times;
  const weights = Float64Array.from(samples, ({ clusters }) => clusters.total);
  const calls = weights.reduce((sum, weight) => sum + weight, 0);
  const base = sortRepeats(times.base, samples.length, repeats);
  const head = sortRepeats(times.head, samples.length, repeats);
  const medians = { base: mediansOf(base, repeats), head: mediansOf(head, repeats) };
  const slowest = slowestOf(medians, weights, calls);
  const sides = {
    base: rankTimes(base, medians.base, slowest, repeats),
    head: rankTimes(head, medians.head, slowest, repeats),
  };
  const clusters = clusterIndex(times.samples, slowest);
  const ranks = rankTable(repeats);

  const drawn = Float64Array.from(slowest, (sample) => weights[sample]!);
  const p99 = (side: RankedTimes, of: Float64Array, n: number, resampled: boolean): number =>
    percentile(side, of, n, repeats, resampled ? () => ranks[(random() * RANK_TABLE) | 0]! : undefined);
  const ratioOf = (of: Float64Array, n: number, resampled: boolean): number => {
    const below = p99(sides.base, of, n, resampled);
    return p99(sides.head, of, n, resampled) / below;
  };

  const ratio = ratioOf(drawn, calls, false);
  const measuring = new Float64Array(VARIANCE_RESAMPLES);
  for (let i = 0; i < VARIANCE_RESAMPLES; i++) measuring[i] = Math.log(ratioOf(drawn, calls, true));

  const all = new Float64Array(RESAMPLES);
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
    all[i] = Math.log(ratioOf(drawn, n, true));
  }
  all.sort();
  const tail = Math.floor(RESAMPLES * 0.025);
  return {
    medians,
    ratio,
    // An estimate outside its own interval can happen to percentiles of few calls; none would believe either.
    interval: [Math.min(ratio, Math.exp(all[tail]!)), Math.max(ratio, Math.exp(all[RESAMPLES - 1 - tail]!))],
    clusters: clusters.count,
    variance: { all: varianceOf(all), measuring: varianceOf(measuring) },
  };
}

function sortRepeats({ totals }: VersionTimes, samples: number, repeats: number): Float64Array {
  const sorted = Float64Array.from(totals, (time) => Math.max(time, LEAST_TIME));
  for (let i = 0; i < samples; i++) sorted.subarray(i * repeats, (i + 1) * repeats).sort();
  return sorted;
}

function mediansOf(sorted: Float64Array, repeats: number): Float64Array {
  return Float64Array.from(
    { length: sorted.length / repeats },
    (_, i) => sorted[i * repeats + ((repeats - 1) >> 1)]!,
  );
}

/** The samples that are slowest in either version; others never reach the 99th percentile of a resample. */
function slowestOf(medians: Sides<Float64Array>, weights: Float64Array, calls: number): Int32Array {
  const chosen = new Set<number>();
  for (const side of [medians.base, medians.head]) {
    const order = Array.from(side, (_, i) => i).sort((a, b) => side[b]! - side[a]!);
    let passed = 0;
    for (let i = 0; i < order.length && (passed < calls * SLOWEST || i < MIN_SLOWEST); i++) {
      chosen.add(order[i]!);
      passed += weights[order[i]!]!;
    }
  }
  return Int32Array.from(chosen).sort();
}

function varianceOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}

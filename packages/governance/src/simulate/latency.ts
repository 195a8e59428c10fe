import { durationOf } from './duration.ts';

/** How long a slow PDP takes: points of its distribution, in milliseconds by share, ascending; or samples. */
export type LatencyDistribution =
  | { readonly kind: 'percentiles'; readonly points: readonly (readonly [share: number, ms: number])[] }
  | { readonly kind: 'samples'; readonly samples: readonly number[] };

export const DEFAULT_LATENCY: LatencyDistribution = {
  kind: 'percentiles',
  points: [
    [0.5, 50],
    [0.95, 400],
    [0.99, 2_000],
  ],
};

const MAX_SAMPLES = 100_000;
const MAX_POINTS = 100;

/** Reads `p50=5ms,p95=40ms,p99=400ms,max=2s`. */
export function parseLatency(text: string): LatencyDistribution | { readonly error: string } {
  const points: [number, number][] = [];
  for (const part of text.split(',').slice(0, MAX_POINTS)) {
    const match = /^\s*(?:p(\d{1,2}(?:\.\d{1,3})?)|(min|max))\s*=\s*(.+)$/.exec(part);
    const ms = match ? durationOf(match[3]!) : undefined;
    if (!match || ms === undefined)
      return { error: `'${part.trim()}' is no percentile; write p50=5ms,p95=40ms` };
    const share = match[2] === 'min' ? 0 : match[2] === 'max' ? 1 : Number(match[1]) / 100;
    points.push([share, ms]);
  }
  points.sort(([a], [b]) => a - b);
  for (const [index, [share, ms]] of points.entries()) {
    const before = points[index - 1];
    if (before && (before[0] === share || before[1] > ms))
      return { error: 'percentiles of a latency must stand once each and must not fall' };
  }
  return { kind: 'percentiles', points };
}

/** Reads samples: a JSON list of milliseconds, or one number a line. */
export function parseSamples(text: string): LatencyDistribution | { readonly error: string } {
  const words = text
    .replace(/^\s*\[|\]\s*$/g, '')
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  const samples = words.map(Number);
  if (samples.length === 0)
    return { error: 'there is no sample in it; write one number of milliseconds a line' };
  if (samples.length > MAX_SAMPLES) return { error: `more than ${MAX_SAMPLES} samples` };
  const bad = samples.findIndex((sample) => !Number.isFinite(sample) || sample < 0);
  if (bad !== -1) return { error: `'${words[bad]!.slice(0, 40)}' is no number of milliseconds` };
  return { kind: 'samples', samples };
}

/**
 * The latency below which `share` of the answers come. Between percentiles it is linear, from `min` (else 0); above
 * the last one it stays.
 */
export function latencyAt(distribution: LatencyDistribution, share: number): number {
  if (distribution.kind === 'samples') {
    const { samples } = distribution;
    return samples[Math.min(samples.length - 1, Math.floor(share * samples.length))]!;
  }
  let [fromShare, fromMs] = [0, 0];
  for (const [toShare, toMs] of distribution.points) {
    if (share <= toShare) {
      if (toShare === fromShare) return toMs;
      return fromMs + ((share - fromShare) / (toShare - fromShare)) * (toMs - fromMs);
    }
    [fromShare, fromMs] = [toShare, toMs];
  }
  return fromMs;
}

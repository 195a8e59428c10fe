import { MAX_CLUSTERS } from './clusters.ts';
import type { ComparedSample } from './sample.ts';

/** Calls of each cluster, and which of the slowest samples they use. */
export interface ClusterIndex {
  readonly count: number;
  readonly calls: Float64Array;
  /** Where the entries of each cluster begin, and where the last one's end. */
  readonly from: Int32Array;
  /** Index among the slowest, and calls. */
  readonly samples: Int32Array;
  readonly weights: Int32Array;
}

/** Turns samples with their clusters into clusters with their samples. */
export function clusterIndex(samples: readonly ComparedSample[], slowest: Int32Array): ClusterIndex {
  const calls = new Float64Array(MAX_CLUSTERS);
  const entries = new Int32Array(MAX_CLUSTERS);
  const index = new Map<number, number>();
  slowest.forEach((sample, i) => {
    index.set(sample, i);
  });
  samples.forEach(({ clusters }, sample) => {
    const isSlow = index.has(sample);
    clusters.forEach((cluster, count) => {
      calls[cluster]! += count;
      if (isSlow) entries[cluster]!++;
    });
  });
  const used: number[] = [];
  const from: number[] = [0];
  const next = new Int32Array(MAX_CLUSTERS);
  for (let cluster = 0; cluster < MAX_CLUSTERS; cluster++) {
    if (calls[cluster] === 0) continue;
    used.push(cluster);
    next[cluster] = from.at(-1)!;
    from.push(from.at(-1)! + entries[cluster]!);
  }
  const found = { samples: new Int32Array(from.at(-1)!), weights: new Int32Array(from.at(-1)!) };
  slowest.forEach((sample, i) => {
    samples[sample]!.clusters.forEach((cluster, count) => {
      const at = next[cluster]!++;
      found.samples[at] = i;
      found.weights[at] = count;
    });
  });
  return {
    count: used.length,
    calls: Float64Array.from(used, (cluster) => calls[cluster]!),
    from: Int32Array.from(from),
    ...found,
  };
}

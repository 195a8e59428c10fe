import type { DiffLatency, PolicySet, Sides } from '@benchbook/model';
import { latencyFigures, roundTime } from '../percentile.ts';
import type { RatioSpread } from './bootstrap.ts';
import { MAX_CLUSTERS } from './clusters.ts';
import { type MeasuredTimes, medianOf } from './time-versions.ts';
import { judge } from './verdict.ts';

const MAX_CALLS = 10;

export interface FigureOptions {
  readonly bound: number;
  readonly differs: (policy: string) => boolean;
  /** All that calls were noted of; told where there are more than clusters. */
  readonly sessions: number;
}

/** What is told of both versions' times. */
export function compareFigures(
  times: MeasuredTimes,
  spread: RatioSpread,
  { bound, differs, sessions }: FigureOptions,
): DiffLatency {
  const { samples, medians, repeats } = times;
  const figures = (values: Float64Array) =>
    latencyFigures(samples.map(({ clusters }, i) => ({ value: values[i]!, weight: clusters.total })));
  const base = figures(medians.base);
  const head = figures(medians.head);
  const judged = judge(spread, repeats, bound);
  const p99 = { base: base.p99, head: head.p99 };
  const carried = judged.verdict !== 'unchanged';
  return {
    unit: 'ms',
    n: base.n,
    sessions: spread.clusters < MAX_CLUSTERS ? spread.clusters : sessions,
    repeats,
    p50: { base: roundTime(base.p50), head: roundTime(head.p50) },
    p99: { base: roundTime(p99.base), head: roundTime(p99.head), ...judged },
    policies: carried ? carryingPolicies(times, p99, differs) : [],
    calls: carried ? carryingCalls(times, p99) : [],
  };
}

/** The calls with the largest difference, in the direction in which p99 moved. */
function carryingCalls({ samples, medians }: MeasuredTimes, p99: Sides<number>): DiffLatency['calls'] {
  const sign = p99.head >= p99.base ? 1 : -1;
  return samples
    .map(({ call, tool }, i) => {
      const base = medians.base[i]!;
      const head = medians.head[i]!;
      return {
        added: sign * (head - base),
        told: { call, tool, base: roundTime(base), head: roundTime(head) },
      };
    })
    .filter(({ added }) => added > 0)
    .sort((a, b) => b.added - a.added)
    .slice(0, MAX_CALLS)
    .map(({ told }) => told);
}

/**
 * The policies that differ, with their share of the time that was added (or saved) in the calls at or above either
 * version's p99. Times are known by set, since a set decides as a whole: where several of its policies differ, they
 * share its part evenly, which tells that it is among them, not which. A set without any such policy (its data
 * changed, or it is noise) has a part that is given to none, so that shares may add up to less than 1.
 */
function carryingPolicies(
  { samples, medians, slowest, repeats, times }: MeasuredTimes,
  p99: Sides<number>,
  differs: (policy: string) => boolean,
): DiffLatency['policies'] {
  const sign = p99.head >= p99.base ? 1 : -1;
  const parts = new Map<string, { added: number; readonly policies: Set<string> }>();
  const count = (set: PolicySet, own: Float64Array, direction: number): void => {
    const part = parts.get(set.id) ?? { added: 0, policies: new Set<string>() };
    parts.set(set.id, part);
    for (const { id } of set.policies) if (differs(id)) part.policies.add(id);
    slowest.forEach((sample, i) => {
      if (medians.base[sample]! < p99.base && medians.head[sample]! < p99.head) return;
      part.added += direction * samples[sample]!.clusters.total * medianOf(own, i, repeats);
    });
  };
  for (const [set, own] of times.head.sets) count(set, own, sign);
  for (const [set, own] of times.base.sets) count(set, own, -sign);

  let all = 0;
  for (const { added } of parts.values()) all += Math.max(0, added);
  const shares = new Map<string, number>();
  for (const { added, policies } of parts.values()) {
    if (added <= 0) continue;
    for (const policy of policies) {
      shares.set(policy, (shares.get(policy) ?? 0) + added / all / policies.size);
    }
  }
  return [...shares]
    .map(([policy, share]) => ({ policy, share: Math.round(share * 1e4) / 1e4 }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share || (a.policy < b.policy ? -1 : 1));
}

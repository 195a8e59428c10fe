import type { Outcome } from '@benchbook/model';
import type { PdpDecision } from '@benchbook/pdp';
import { becauseOf } from '../diff/because.ts';
import { matchPolicies } from '../diff/match.ts';
import { policiesOf } from '../diff/version.ts';
import type { Decisions, Version } from './version.ts';

/** One call's flip. */
export interface FlipReason {
  readonly was: Outcome;
  /** Ids of policies, most telling first. */
  readonly because: readonly string[];
}

/** Two versions over the same calls; base is decided wholly. */
export interface Comparison {
  readonly base: Version;
  /** Counts the flips of a class of head's. */
  add(decisions: Decisions, calls: Int32Array): void;
  /** The flip of a call that came to `decision` under head; null where it is none. */
  flip(decision: PdpDecision, call: number): FlipReason | null;
  /** Flips counted so far. */
  readonly flips: number;
  /** Flips laid to a policy so far. */
  laidTo(policy: string): number;
}

export function compareVersions(base: Version, head: Version): Comparison {
  const pairs = matchPolicies(policiesOf(base.prepared), policiesOf(head.prepared));
  const because = becauseOf(pairs, { base: base.prepared, head: head.prepared });
  /** By head's decision, then base's. */
  const known = new Map<PdpDecision, Map<PdpDecision, readonly string[]>>();
  const byPolicy = new Map<string, number>();
  let flips = 0;

  function laid(old: PdpDecision, now: PdpDecision): readonly string[] {
    let byBase = known.get(now);
    if (!byBase) {
      byBase = new Map();
      known.set(now, byBase);
    }
    let policies = byBase.get(old);
    if (!policies) {
      policies = because(old, now).policies;
      byBase.set(old, policies);
    }
    return policies;
  }

  function flip(now: PdpDecision, call: number): FlipReason | null {
    const old = base.of(call)!.decision;
    if (!isFlip(old, now)) return null;
    return { was: old.outcome, because: laid(old, now) };
  }

  return {
    base,
    flip,
    get flips() {
      return flips;
    },
    laidTo: (policy) => byPolicy.get(policy) ?? 0,
    add({ decision }, calls) {
      for (const call of calls) {
        const found = flip(decision, call);
        if (!found) continue;
        flips++;
        for (const policy of found.because) byPolicy.set(policy, (byPolicy.get(policy) ?? 0) + 1);
      }
    },
  };
}

/** Outcomes that are known on both sides, and differ. */
function isFlip(base: PdpDecision, head: PdpDecision): boolean {
  return (
    base.outcome !== head.outcome && base.outcome !== 'indeterminate' && head.outcome !== 'indeterminate'
  );
}

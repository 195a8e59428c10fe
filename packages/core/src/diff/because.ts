/** Which policies made the difference between two decisions of one call, and by which condition. */
import type { ConditionState, PolicySet, PolicyState } from '@benchbook/model';
import type { PdpDecision } from '@benchbook/pdp';
import {
  changedConditions,
  changedHelpers,
  describeChange,
  type IndexedChange,
  type Versions,
} from './conditions.ts';
import type { PolicyPair } from './match.ts';
import type { PlacedPolicy } from './version.ts';

export interface Because {
  /** Most telling first: ids in head, in base where head has none. */
  readonly policies: readonly string[];
  /** The condition of the first one that made it; null where none can be named. */
  readonly condition: string | null;
}

/** Weighs more than acting otherwise and deciding together. */
const CHANGED = 4;

/** Policies that one flip is laid to. */
const MAX_POLICIES = 5;

/** Explains flips; what depends on the versions alone is worked out once. */
export function becauseOf(
  pairs: readonly PolicyPair[],
  versions: Versions,
): (base: PdpDecision, head: PdpDecision) => Because {
  const changes = new Map<PolicyPair, IndexedChange[]>();
  const helpers = new Map<string, IndexedChange[]>();
  const sideOf = (sets: readonly PolicySet[], id: string) => sets.find((set) => set.id === id) ?? null;

  function changesOf(pair: PolicyPair): IndexedChange[] {
    let known = changes.get(pair);
    if (!known) {
      known = changedConditions(pair, versions);
      changes.set(pair, known);
    }
    return known;
  }

  function helpersOf(pair: PolicyPair): IndexedChange[] {
    const id = (pair.head ?? pair.base)!.set.id;
    let known = helpers.get(id);
    if (!known) {
      const { base, head } = versions;
      known = changedHelpers(
        sideOf(base.policies.everything, id),
        sideOf(head.policies.everything, id),
        versions,
      );
      helpers.set(id, known);
    }
    return known;
  }

  return (base, head) => {
    const all = pairs
      .map((pair, order) => ({ pair, order, weight: weightOf(pair, base, head) }))
      .filter(({ weight }) => weight > 0)
      .sort((a, b) => b.weight - a.weight || a.order - b.order);
    // Others that decide now, or no longer, are the consequence of one that changed.
    const changed = all.filter(({ weight }) => weight >= CHANGED);
    const weighed = (changed.length > 0 ? changed : all).slice(0, MAX_POLICIES);
    const first = weighed[0]?.pair;
    return {
      policies: weighed.map(({ pair }) => (pair.head ?? pair.base)!.policy.id),
      condition: first ? conditionOf(first, [changesOf(first), helpersOf(first)], base, head) : null,
    };
  };
}

/** 0: it has no part. A policy that changed, acts otherwise on this call, and decides, weighs most. */
function weightOf(
  { base: old, head: now, change }: PolicyPair,
  base: PdpDecision,
  head: PdpDecision,
): number {
  const differs = stateOf(old, base) !== stateOf(now, head);
  const decides =
    (old !== null && base.determining.includes(old.policy.id)) ||
    (now !== null && head.determining.includes(now.policy.id));
  if (!differs && !decides) return 0;
  const changed = change !== 'same' && change !== 'renamed';
  return (changed ? CHANGED : 0) + (differs ? 2 : 0) + (decides ? 1 : 0);
}

/** `applied` or not: a policy that is not there does not apply. */
function stateOf(placed: PlacedPolicy | null, decision: PdpDecision): PolicyState {
  const answered = placed && decision.answers.find(({ set }) => set.id === placed.set.id);
  const index = answered ? indexesOf(answered.set).get(placed!.policy.id) : undefined;
  if (!answered || index === undefined) return 'silent';
  const state = answered.answer.observe().states[index] ?? 'silent';
  return state === 'unreached' ? 'silent' : state;
}

const indexes = new WeakMap<PolicySet, ReadonlyMap<string, number>>();

/** Where each policy stands in its set. */
function indexesOf(set: PolicySet): ReadonlyMap<string, number> {
  let known = indexes.get(set);
  if (!known) {
    known = new Map(set.policies.map(({ id }, index) => [id, index] as const).reverse());
    indexes.set(set, known);
  }
  return known;
}

/** The only changed condition; of several, the first whose value on this call is another. */
function conditionOf(
  pair: PolicyPair,
  lists: readonly (readonly IndexedChange[])[],
  base: PdpDecision,
  head: PdpDecision,
): string | null {
  // Of a policy that is new or gone no condition changed, and none that one depends on which is the same.
  if (!pair.base || !pair.head || pair.change === 'same' || pair.change === 'renamed') return null;
  const [only, second] = lists.flat();
  if (!second) return only ? describeChange(only) : null;
  const old = valuesOf(pair.base.set.id, base);
  const now = valuesOf(pair.head.set.id, head);
  for (const changes of lists) {
    const telling = changes.find(({ baseIndex, headIndex }) => {
      const before = baseIndex === null ? undefined : old(baseIndex);
      const after = headIndex === null ? undefined : now(headIndex);
      return before !== after;
    });
    if (telling) return describeChange(telling);
  }
  return null;
}

function valuesOf(set: string, decision: PdpDecision): (index: number) => ConditionState | undefined {
  const answered = decision.answers.find((one) => one.set.id === set);
  const states = answered?.answer.cover().conditions;
  return (index) => states?.[index];
}

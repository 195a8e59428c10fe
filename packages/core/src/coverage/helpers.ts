import type { ConditionState, PolicySet } from '@benchbook/model';

const keysOf = new WeakMap<PolicySet, readonly (string | null)[]>();

/** One per condition of the set: names its place if it belongs to no single policy, so that sets can share it. */
export function helperKeys(set: PolicySet): readonly (string | null)[] {
  let keys = keysOf.get(set);
  if (!keys) {
    keys = set.conditions.map(({ policy, file, range }) =>
      policy === null ? `${file}\u0000${range.start}\u0000${range.end}` : null,
    );
    keysOf.set(set, keys);
  }
  return keys;
}

/** Strongest first: what counts for a call on which a condition was evaluated more than once. */
const STRENGTH: readonly ConditionState[] = ['true', 'error', 'false', 'unreached'];

/** The stronger of two states of one condition. */
export function strongerState(a: ConditionState | undefined, b: ConditionState): ConditionState {
  return a !== undefined && STRENGTH.indexOf(a) < STRENGTH.indexOf(b) ? a : b;
}

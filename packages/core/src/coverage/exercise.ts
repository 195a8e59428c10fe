/** What calls exercised, summed per policy, condition and statement. */
import type { ConditionState, Cover, PolicySet, PolicyState } from '@benchbook/model';
import { helperKeys, strongerState } from './helpers.ts';

/** What one policy did over all calls. */
export interface PolicyExercise {
  applied: number;
  /** Reached without applying. */
  silent: number;
  errors: number;
  /** The same two where the outcome was known. */
  knownApplied: number;
  knownSilent: number;
}

/** Calls by the state of a condition; the rest did not reach it. */
export type StateCounts = { [state in Exclude<ConditionState, 'unreached'>]: number };

/** What one set did over all calls that it was asked. */
export interface SetExercise {
  readonly set: PolicySet;
  /** One per policy of the set. */
  readonly policies: readonly PolicyExercise[];
  /** One per condition of the set. */
  readonly conditions: readonly StateCounts[];
  /** One per statement of the set: calls that reached it. */
  readonly statements: number[];
}

/** What one set saw of a call. */
export interface Seen {
  readonly set: PolicySet;
  readonly states: readonly PolicyState[];
  /** Absent: only the policies are counted. */
  readonly cover?: Cover | undefined;
}

export interface Exercise {
  /** All calls counted so far. */
  readonly calls: number;
  /** Adds `calls` equal calls, `known` of them with a known outcome, as the sets that were asked saw them. */
  add(seen: readonly Seen[], calls: number, known: number): void;
  /** All zeros for a set that was never asked. */
  of(set: PolicySet): SetExercise;
  /** Of a condition that belongs to no single policy, over all sets that share it. */
  helper(key: string): StateCounts;
}

/** Starts with nothing exercised. */
export function createExercise(): Exercise {
  const sets = new Map<PolicySet, SetExercise>();
  const helpers = new Map<string, StateCounts>();
  let total = 0;

  function of(set: PolicySet): SetExercise {
    let known = sets.get(set);
    if (!known) {
      known = nothingOf(set);
      sets.set(set, known);
    }
    return known;
  }

  function helper(key: string): StateCounts {
    let known = helpers.get(key);
    if (!known) {
      known = { true: 0, false: 0, error: 0 };
      helpers.set(key, known);
    }
    return known;
  }

  function addOne({ set, states, cover }: Seen, calls: number, known: number): void {
    const sums = of(set);
    states.forEach((state, index) => {
      const policy = sums.policies[index];
      if (policy) count(policy, state, calls, known);
    });
    cover?.conditions.forEach((state, index) => {
      const condition = sums.conditions[index];
      if (condition && state !== 'unreached') condition[state] += calls;
    });
    cover?.statements.forEach((reached, index) => {
      if (reached) sums.statements[index]! += calls;
    });
  }

  /** A call that several sets send through one helper counts once there. */
  function addHelpers(seen: readonly Seen[], calls: number): void {
    const joined = new Map<string, ConditionState>();
    for (const { set, cover } of seen) {
      helperKeys(set).forEach((key, index) => {
        const state = cover?.conditions[index];
        if (key !== null && state !== undefined) joined.set(key, strongerState(joined.get(key), state));
      });
    }
    for (const [key, state] of joined) if (state !== 'unreached') helper(key)[state] += calls;
  }

  return {
    get calls() {
      return total;
    },
    of,
    helper,
    add(seen, calls, known) {
      total += calls;
      for (const one of seen) addOne(one, calls, known);
      addHelpers(seen, calls);
    },
  };
}

function count(policy: PolicyExercise, state: PolicyState, calls: number, known: number): void {
  if (state === 'applied') {
    policy.applied += calls;
    policy.knownApplied += known;
  } else if (state === 'silent') {
    policy.silent += calls;
    policy.knownSilent += known;
  } else if (state === 'error') policy.errors += calls;
}

function nothingOf(set: PolicySet): SetExercise {
  return {
    set,
    policies: set.policies.map(() => ({ applied: 0, silent: 0, errors: 0, knownApplied: 0, knownSilent: 0 })),
    conditions: set.conditions.map(() => ({ true: 0, false: 0, error: 0 })),
    statements: set.statements.map(() => 0),
  };
}

import { isObject, type Json, type PolicyState } from '@benchbook/model';
import { readVerdict } from '../decide/verdict.ts';
import type { Lane } from '../lanes/lane.ts';
import type { RegoRequest } from '../request/requests.ts';
import type { DecisionRule } from '../sets/choose.ts';
import type { Role } from '../sets/roles.ts';
import { clauseOf, clausesOf } from './entrypoints.ts';

/** Looks at the clauses of a rule one by one: which of them applied to a request. */
export interface ClauseObserver {
  states(rule: number, request: RegoRequest): readonly PolicyState[];
  /** The first clause that a step budget stops, if any. */
  runaway(rule: number, request: RegoRequest): number | undefined;
}

/** `firstClause`: the number of the set's first clause over all sets. */
export function createClauseObserver(
  lane: Lane,
  set: number,
  rules: readonly DecisionRule[],
  firstClause: number,
): ClauseObserver {
  const offsets: number[] = [];
  let next = firstClause;
  for (const rule of rules) {
    offsets.push(next);
    next += rule.clauses.length;
  }

  function alone(rule: number, request: RegoRequest): PolicyState[] {
    const { role, clauses } = rules[rule]!;
    return clauses.map((_, clause) => {
      const { value, failed } = lane.ask(clauseOf(offsets[rule]! + clause), request);
      if (!failed) return stateOf(role, value);
      return failed.kind === 'runtime' || failed.kind === 'budget' ? 'error' : 'unreached';
    });
  }

  return {
    states(rule, request) {
      const { role, clauses } = rules[rule]!;
      if (clauses.length === 0) return [];
      const { value, failed } = lane.ask(clausesOf(set, rule), request);
      // One clause that errs hides the others: then each is asked alone.
      if (failed) return alone(rule, request);
      return clauses.map((_, clause) => stateOf(role, own(value, clause)));
    },
    runaway(rule, request) {
      const { clauses } = rules[rule]!;
      const found = clauses.findIndex((_, clause) => {
        return lane.ask(clauseOf(offsets[rule]! + clause), request).failed?.kind === 'budget';
      });
      return found < 0 ? undefined : found;
    },
  };
}

function own(value: Json | undefined, clause: number): Json | undefined {
  const key = String(clause);
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** A clause applied where its value says something. */
function stateOf(role: Role, value: Json | undefined): PolicyState {
  if (value === undefined) return 'silent';
  const verdict = readVerdict(role, value);
  if (verdict.wrong !== undefined) return 'error';
  return verdict.says !== null || verdict.obligations.length > 0 ? 'applied' : 'silent';
}

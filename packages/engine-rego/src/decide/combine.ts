import type { Basis, Obligation, Outcome } from '@benchbook/model';
import type { Role } from '../sets/roles.ts';
import type { Verdict } from './verdict.ts';

/** A decision rule with what its value says. */
export interface RuleVerdict {
  readonly role: Role;
  readonly verdict: Verdict;
}

/** What a set says, and which of its rules made it so (indexes). */
export interface Combined {
  readonly outcome: Outcome | null;
  readonly basis: Basis;
  readonly rules: readonly number[];
  readonly reasons: readonly string[];
  readonly obligations: readonly Obligation[];
}

/**
 * Combines the rules of a set: deny first, then escalate (where `allow`, if there is one, holds), then allow; an
 * `allow` that does not hold is a defaulted deny; otherwise the set does not apply. A rule of a wrong type leaves
 * nothing to know, unless something denies anyway.
 */
export function combineRules(rules: readonly RuleVerdict[]): Combined {
  const obligations = rules.flatMap(({ verdict }) => verdict.obligations);
  const saying = (word: Verdict['says']) =>
    rules.flatMap(({ verdict }, index) => (verdict.says === word ? [index] : []));
  const answer = (outcome: Outcome | null, basis: Basis, by: readonly number[]): Combined => ({
    outcome,
    basis,
    rules: by,
    reasons: [...new Set(by.flatMap((index) => rules[index]!.verdict.reasons))],
    obligations,
  });

  const denying = saying('deny');
  if (denying.length > 0) return answer('deny', 'determined', denying);
  if (rules.some(({ verdict }) => verdict.wrong !== undefined)) return answer('indeterminate', 'failed', []);
  const allowing = saying('allow');
  const escalating = saying('escalate');
  const refused =
    allowing.length === 0 && rules.some(({ role, verdict }) => grants(role) && verdict.says !== 'escalate');
  if (refused) return answer('deny', 'defaulted', []);
  if (escalating.length > 0) return answer('escalate', 'determined', escalating);
  if (allowing.length > 0) return answer('allow', 'determined', allowing);
  return answer(null, 'defaulted', []);
}

/** Where such a rule grants nothing, nothing is granted. */
function grants(role: Role): boolean {
  return role === 'allow' || role === 'answer';
}

import type { SetDecision } from '@benchbook/model';
import type { Evaluate } from '../evaluate/index.ts';
import type { Clause } from './clauses.ts';
import type { Verdict } from './verdict.ts';

/** An output that was given. */
export interface Hit {
  readonly plan: CasePlan;
  readonly verdict: Verdict;
}

/** A case with an output: one policy, by its index in the set. */
export interface CasePlan {
  readonly policy: number;
  readonly output: Evaluate;
  readonly explanation: Evaluate | null;
  /** Where the output is a literal without explanation: made once, since most cases are such. */
  constant: { readonly hits: readonly Hit[]; readonly decision: SetDecision } | null;
  /** The output is a list of outputs (beside an `aggregate` rule). */
  readonly listed: boolean;
  /** The output as conditions: the expression of a `.cel` file; null for a case of a policy. */
  readonly clause: Clause | null;
}

/** One entry of `match` or `aggregate`. */
export interface StepPlan {
  /** null: always. */
  readonly condition: Evaluate | null;
  /** It has no condition, or one that is `true`: a nested rule that gives nothing lets the next entry try. */
  readonly always: boolean;
  /** Where it has a condition. */
  readonly clause: Clause | null;
  readonly content: CasePlan | RulePlan;
  /** Policies of this entry, ascending; the first one is named in errors of its condition. */
  readonly policies: readonly number[];
}

export interface RulePlan {
  readonly semantic: 'match' | 'aggregate';
  readonly steps: readonly StepPlan[];
  /** Always gives something (an aggregate: at least an empty list). */
  readonly exhaustive: boolean;
}

/** True for a nested rule. */
export function isRule(content: CasePlan | RulePlan): content is RulePlan {
  return 'steps' in content;
}

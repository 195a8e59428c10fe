import type { EvaluationError, Obligation, SetDecision } from '@benchbook/model';
import type { SetMember } from './member.ts';

/** The policies that were satisfied, by index, ascending. */
export interface Satisfied {
  readonly permits: readonly number[];
  /** Both kinds of forbid. */
  readonly forbids: readonly number[];
}

/**
 * Design section 3: a satisfied forbid denies, but escalates if every one of them says `@effect("escalate")` and
 * the set would allow without them. `determining` is what Cedar's reasons name.
 */
export function outcomeOf(
  members: readonly SetMember[],
  { permits, forbids }: Satisfied,
  errors: readonly EvaluationError[],
): SetDecision {
  if (forbids.length) {
    const escalates =
      permits.length > 0 && forbids.every((index) => members[index]!.policy.effect === 'escalate');
    return decision(members, escalates ? 'escalate' : 'deny', forbids, errors);
  }
  if (permits.length) return decision(members, 'allow', permits, errors);
  return {
    outcome: 'deny',
    basis: 'defaulted',
    determining: [],
    reasons: [],
    obligations: [],
    errors,
  };
}

function decision(
  members: readonly SetMember[],
  outcome: 'allow' | 'deny' | 'escalate',
  determining: readonly number[],
  errors: readonly EvaluationError[],
): SetDecision {
  const named = determining.map((index) => members[index]!);
  return {
    outcome,
    basis: 'determined',
    determining,
    reasons: [...new Set(named.flatMap(({ reasons }) => reasons))],
    obligations: named.flatMap(({ policy, obligations }) =>
      obligations.map((type): Obligation => ({ type, policy: policy.id })),
    ),
    errors,
  };
}

/** Nobody can know: Cedar gave no answer. */
export function failedDecision(cause: 'runtime' | 'crash', message: string): SetDecision {
  return {
    outcome: 'indeterminate',
    basis: 'failed',
    determining: [],
    reasons: [],
    obligations: [],
    errors: [{ policy: null, message, kind: cause }],
  };
}

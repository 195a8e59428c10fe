import type { PolicySet, SetDecision } from '@benchbook/model';
import type { SetAnswer } from '@benchbook/pdp';

/** The answer of a set whose engine ended without one. */
export function failedAnswer(set: PolicySet): SetAnswer {
  const decision: SetDecision = {
    outcome: 'indeterminate',
    basis: 'failed',
    determining: [],
    reasons: [],
    obligations: [],
    errors: [
      {
        policy: null,
        kind: 'crash',
        message: `${set.id}: the engine did not come back from this request and was ended`,
      },
    ],
  };
  return {
    decision,
    alternatives: [decision],
    missing: [],
    observe: () => ({ states: set.policies.map(() => 'error' as const) }),
    ifPolicy: () => [decision],
    cover: () => ({
      conditions: set.conditions.map(() => 'unreached' as const),
      statements: set.statements.map(() => false),
    }),
  };
}

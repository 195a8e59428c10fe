import type { Json } from './json.ts';

/** What a policy is written to do; null where the language computes it. */
export type Effect = 'permit' | 'forbid' | 'escalate' | null;

/** `escalate`: a person must approve; `indeterminate`: nobody can know. */
export type Outcome = 'allow' | 'deny' | 'escalate' | 'indeterminate';

export const OUTCOMES: readonly Outcome[] = ['allow', 'deny', 'escalate', 'indeterminate'];

/** True for one of the four outcome words. */
export function isOutcome(value: unknown): value is Outcome {
  return typeof value === 'string' && (OUTCOMES as readonly string[]).includes(value);
}

/** `determined`: some policy said so; `defaulted`: none applied; `failed`: every `indeterminate`. */
export type Basis = 'determined' | 'defaulted' | 'failed';

/** `audit`: decided and reported, never applied. */
export type Mode = 'enforce' | 'audit';

/** What must be done with an outcome. `type` is `log`, `redact`, `notify`, `warn` or the policy's own word. */
export interface Obligation {
  readonly type: string;
  readonly [key: string]: Json;
}

/** Why a policy or a whole set gave no clean answer. */
export interface EvaluationError {
  /** Policy id, or null where the error is the set's. */
  readonly policy: string | null;
  readonly message: string;
  /** `runtime`: the language's own error; `budget`: stopped; `crash`: the engine ended; `missing`: a fact. */
  readonly kind: 'runtime' | 'budget' | 'crash' | 'missing';
}

/** What the PDP says of one call. */
export interface Decision {
  readonly outcome: Outcome;
  readonly basis: Basis;
  /** Ids of the policies that made the outcome what it is, in report order. */
  readonly determining: readonly string[];
  readonly reasons: readonly string[];
  readonly obligations: readonly Obligation[];
  readonly errors: readonly EvaluationError[];
  /** JSON Pointers of the missing facts that mattered. */
  readonly missing: readonly string[];
}

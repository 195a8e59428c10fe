import type { EvaluationError, SetDecision, TextDocument } from '@benchbook/model';
import type { LaneError } from '../lanes/lane.ts';
import type { RegoPolicy } from '../sets/policies.ts';

/** Turns what the lanes say of errors into what a decision says of them. */
export interface ErrorTeller {
  tell(error: LaneError): EvaluationError;
  /** Likewise for an error that ended the evaluation; `runaway` finds the policy that a budget stopped. */
  fail(error: LaneError, runaway: () => { rule: number; clause: number } | undefined): EvaluationError;
}

/** Names policies by where an error happened; an error in a helper names the set and its own place. */
export function createErrorTeller(
  policies: readonly RegoPolicy[],
  documentOf: (file: string) => TextDocument | undefined,
): ErrorTeller {
  function policyAt(error: LaneError): string | null {
    const document = error.offset < 0 ? undefined : documentOf(error.file);
    if (!document) return null;
    const at = document.fromUtf8(error.offset);
    const policy = policies.find(
      ({ file, range }) => file === error.file && at >= range.start && at < range.end,
    );
    return policy?.id ?? null;
  }

  function tell(error: LaneError): EvaluationError {
    const place = error.file !== '' && error.row > 0 ? ` (${error.file}:${error.row})` : '';
    return {
      policy: policyAt(error),
      message: error.message.replace(/\s*\n\s*/g, ' ') + place,
      kind: kindOf(error),
    };
  }

  return {
    tell,
    fail(error, runaway) {
      if (error.kind !== 'budget') return tell(error);
      const found = runaway();
      const policy = policies.find(({ rule, clause }) => rule === found?.rule && clause === found.clause);
      return { ...tell(error), policy: policy?.id ?? null };
    },
  };
}

function kindOf({ kind }: LaneError): EvaluationError['kind'] {
  if (kind === 'outside' || kind === 'time') return 'missing';
  return kind;
}

/** The decision where the engine gave no answer. */
export function failedDecision(error: EvaluationError, absorbed: readonly EvaluationError[]): SetDecision {
  return {
    outcome: 'indeterminate',
    basis: 'failed',
    determining: [],
    reasons: [],
    obligations: [],
    errors: [...absorbed, error],
  };
}

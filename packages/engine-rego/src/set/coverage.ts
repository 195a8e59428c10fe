import type { ConditionState, Cover } from '@benchbook/model';
import type { RegoRequest } from '../request/requests.ts';
import type { Places } from '../sets/places.ts';
import type { Program, Workbench } from '../workbench/workbench.ts';

/** What the requests of a set can exercise, and what one of them does. */
export interface Coverage extends Places {
  of(request: RegoRequest): Cover;
}

/** Evaluates a set for one request with every shortcut off; '' where the toolchain gave no answer. */
export type CoveringPass = (request: RegoRequest) => string;

/** Reads what a covering pass writes; what it could not see is unreached. */
export function createCoverage(places: Places, pass: CoveringPass): Coverage {
  return { ...places, of: (request) => readCover(pass(request), places) };
}

/** The covering pass of the set of this number, in OPA's own evaluation, under the budget of a decision. */
export function createCoveringPass(
  workbench: Workbench,
  program: Program,
  number: number,
  budget: number,
): CoveringPass {
  return (request) => {
    try {
      return workbench.with(program, (toolchain, handle) =>
        toolchain.cover(handle, number, request.text, request.time, budget),
      );
    } catch {
      return '';
    }
  };
}

const STATES: Readonly<Record<string, ConditionState>> = { t: 'true', f: 'false', e: 'error' };

/** A letter for each condition, then `1` or `0` for each statement. */
export function readCover(text: string, { conditions, statements }: Places): Cover {
  return {
    conditions: conditions.map((_, index) => STATES[text[index] ?? ''] ?? 'unreached'),
    statements: statements.map((_, index) => text[conditions.length + index] === '1'),
  };
}

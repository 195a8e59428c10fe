import { readRego } from '../rego/value.ts';
import { ToolchainCrash } from '../toolchain/toolchain.ts';
import type { Program, Workbench } from '../workbench/workbench.ts';
import type { Asked, Lane } from './lane.ts';

/** The reference lane: OPA's own evaluation, under a budget of steps. */
export function createReferenceLane(workbench: Workbench, program: Program, budget: number): Lane {
  return {
    ask(entrypoint, request) {
      try {
        const answer = workbench.with(program, (toolchain, handle) =>
          toolchain.decide(handle, referenceOf(entrypoint), request.text, request.time, budget),
        );
        const value = answer.value === undefined ? undefined : readRego(answer.value);
        return { value, errors: answer.errors ?? [], ...(answer.failed && { failed: answer.failed }) };
      } catch (error) {
        if (error instanceof ToolchainCrash) return crashed(error.message);
        return failedWith(error instanceof Error ? error.message : String(error));
      }
    },
  };
}

/** `a/b` as the reference `data.a.b`. */
function referenceOf(entrypoint: string): string {
  return `data.${entrypoint.replaceAll('/', '.')}`;
}

function crashed(message: string): Asked {
  return {
    value: undefined,
    failed: { kind: 'crash', code: '', message: `OPA ended: ${message}`, file: '', row: 0, offset: -1 },
    errors: [],
  };
}

function failedWith(message: string): Asked {
  return {
    value: undefined,
    failed: { kind: 'runtime', code: '', message, file: '', row: 0, offset: -1 },
    errors: [],
  };
}

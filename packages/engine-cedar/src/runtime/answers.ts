import type { DetailedError } from '@cedar-policy/cedar-wasm/web';
import type { Called } from './cedar.ts';

/** A failed answer, or an ended instance told in the same shape. */
export interface Failure {
  readonly type: 'failure';
  readonly errors: readonly DetailedError[];
}

/** Parses an answer of cedar-wasm; a crash becomes a {@link Failure}. */
export function answerOf<T extends { type: string }>(called: Called): T | Failure {
  if (called.ok) return JSON.parse(called.text) as T;
  const message = `Cedar could not process this: ${called.message}`;
  return {
    type: 'failure',
    errors: [
      { message, help: null, code: null, url: null, severity: null, sourceLocations: [], related: [] },
    ],
  };
}

/** True for a {@link Failure}. */
export function isFailure(answer: { type: string }): answer is Failure {
  return answer.type === 'failure';
}

/** An error and everything below it, flat, in cedar-wasm's order (it nests further errors under `related`). */
export function flattenErrors(errors: readonly DetailedError[]): DetailedError[] {
  return errors.flatMap((error) => [error, ...flattenErrors(error.related ?? [])]);
}

/** Message and help as one line. */
export function errorText(error: DetailedError): string {
  const label = error.sourceLocations?.[0]?.label;
  const parts = [error.message, label, error.help].filter((part): part is string => Boolean(part));
  return parts.join('; ').replaceAll(/\s*\n\s*/g, ' ');
}

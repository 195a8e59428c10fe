import type { AuthorizationAnswer } from '@cedar-policy/cedar-wasm/web';
import type { Cedar, PreparsedSource } from '../runtime/cedar.ts';

/** What Cedar itself says, policies by their index in the set. */
export type RawDecision =
  | {
      readonly kind: 'answer';
      readonly allowed: boolean;
      /** Ascending. */
      readonly reasons: readonly number[];
      /** Ascending. */
      readonly errors: readonly { readonly index: number; readonly message: string }[];
    }
  /** The request is none for Cedar (`runtime`), or the instance ended (`crash`). */
  | { readonly kind: 'failure'; readonly cause: 'runtime' | 'crash'; readonly message: string };

/** Distinct answers remembered: most calls of a recording get one of a few. */
const MAX_ANSWERS = 4096;

/** Asks Cedar, and parses each distinct answer once. */
export class Authorizer {
  readonly #cedar: Cedar;
  readonly #answers = new Map<string, RawDecision>();

  constructor(cedar: Cedar) {
    this.#cedar = cedar;
  }

  /** `members`: see `Cedar.authorize`. */
  ask(source: PreparsedSource, members: string): RawDecision {
    const called = this.#cedar.authorize(source, members);
    if (!called.ok) {
      const message = `Cedar gave no answer: ${called.message}`;
      return { kind: 'failure', cause: 'crash', message };
    }
    const known = this.#answers.get(called.text);
    if (known) return known;
    const decision = read(JSON.parse(called.text) as AuthorizationAnswer);
    if (called.text.length < 4096) {
      if (this.#answers.size >= MAX_ANSWERS) this.#answers.clear();
      this.#answers.set(called.text, decision);
    }
    return decision;
  }
}

function read(answer: AuthorizationAnswer): RawDecision {
  if (answer.type === 'failure') {
    const message = answer.errors.map((error) => error.message).join('; ');
    return { kind: 'failure', cause: 'runtime', message };
  }
  const { decision, diagnostics } = answer.response;
  return {
    kind: 'answer',
    allowed: decision === 'allow',
    reasons: diagnostics.reason.map(Number).sort((a, b) => a - b),
    errors: diagnostics.errors
      .map(({ policyId, error }) => ({ index: Number(policyId), message: error.message }))
      .sort((a, b) => a.index - b.index || (a.message < b.message ? -1 : 1)),
  };
}

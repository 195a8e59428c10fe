import type { Outline } from '../conditions/outline.ts';
import type { PolicyAnalysis } from './analysis.ts';

/** What is found out about a statement from its text alone. */
export interface KnownStatement {
  /** See `ParsedPolicy`. */
  readonly text: string;
  readonly insertions: readonly number[];
  readonly isTemplate: boolean;
  readonly analysis: PolicyAnalysis;
  readonly outline: Outline;
  /** `@id`; '' where it has none. */
  readonly id: string;
  readonly effect: 'permit' | 'forbid' | 'escalate';
  readonly reasons: readonly string[];
  readonly obligations: readonly string[];
  /** The rule without annotations, comments and layout: what stays equal when only those change. */
  readonly rule: string;
  /** Why it can never apply, where its text alone says so. */
  readonly never: string | null;
}

/** Statements that parse, by their text: an edit costs its own statement. Holds those of the last snapshot. */
export class StatementCache {
  #known: ReadonlyMap<string, KnownStatement> = new Map();
  #used = new Map<string, KnownStatement>();

  get(text: string): KnownStatement | undefined {
    const used = this.#used.get(text);
    if (used) return used;
    const found = this.#known.get(text);
    if (found) this.#used.set(text, found);
    return found;
  }

  set(text: string, statement: KnownStatement): void {
    this.#used.set(text, statement);
  }

  /** Forgets what was not used since the last call. */
  turn(): void {
    this.#known = this.#used;
    this.#used = new Map();
  }
}

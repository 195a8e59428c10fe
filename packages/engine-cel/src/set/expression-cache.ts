import type { Environment } from '@marcbachmann/cel-js';
import { createEnvironment, type VariableTypes } from '../syntax/index.ts';
import { type ReadExpression, readExpression } from './read-expression.ts';

/** What the checker made of expressions, kept from one snapshot to the next. */
export class ExpressionCache {
  readonly #variables: VariableTypes;
  #environments = new Map<string, Known>();
  #before = new Map<string, Known>();

  /** `variables`: those of every request. */
  constructor(variables: VariableTypes) {
    this.#variables = variables;
  }

  /** Before a snapshot: what the last two did not use is forgotten. */
  turn(): void {
    this.#before = this.#environments;
    this.#environments = new Map();
  }

  /** Parses and checks an expression under the types of the policy's variables, or takes what is known of it. */
  read(text: string, scoped: VariableTypes, key: string): ReadExpression {
    let known = this.#environments.get(key);
    if (!known) {
      const older = this.#before.get(key);
      known = { environment: older?.environment ?? null, read: new Map(), before: older?.read ?? null };
      this.#environments.set(key, known);
    }
    // Each use has a tree of its own: coverage tells the parts of policies apart by their nodes.
    const used = known.read.get(text) ?? [];
    known.read.set(text, used);
    const cached = known.before?.get(text)?.[used.length];
    if (cached) {
      used.push(cached);
      return cached;
    }
    known.environment ??= createEnvironment(this.#variables, Object.keys(scoped).length > 0 ? scoped : null);
    const read = readExpression(text, known.environment, {
      variables: [...Object.keys(this.#variables), ...(Object.keys(scoped).length > 0 ? ['variables'] : [])],
      scoped: Object.keys(scoped),
    });
    used.push(read);
    return read;
  }
}

interface Known {
  environment: Environment | null;
  /** By text, one for each use. */
  readonly read: Map<string, ReadExpression[]>;
  readonly before: ReadonlyMap<string, readonly ReadExpression[]> | null;
}

/** Loads single expressions of a policy: checked, compiled, with what they read. */
import { compile, type Evaluate, type Scope } from '../evaluate/index.ts';
import type { Findings } from '../policy/nodes.ts';
import type { SourceExpression } from '../policy/scalar.ts';
import type { Expression, VariableTypes } from '../syntax/index.ts';
import type { ExpressionCache } from './expression-cache.ts';
import { expressionMentions, type Mentions } from './mentions.ts';
import { type Operand, type OperandScope, operandOf } from './operands.ts';
import type { ReadExpression } from './read-expression.ts';
import { expressionReads } from './reads.ts';
import type { RequestVariable } from './variables.ts';

/** `variables.NAME` of a policy, where it is in scope. */
export interface ScopedVariable {
  readonly type: string;
  readonly slot: number;
  /** null where its expression did not load. */
  readonly evaluate: Evaluate | null;
  readonly reads: readonly string[];
  readonly text: string;
  readonly mentions: Mentions;
  /** The fact or literal that it is another name for; null where it is none. */
  readonly operand: Operand | null;
}

export type ScopedVariables = ReadonlyMap<string, ScopedVariable>;

/** One expression, ready. */
export interface LoadedExpression {
  readonly expression: Expression;
  readonly evaluate: Evaluate;
  /** In cel-js' notation. */
  readonly type: string;
  readonly reads: readonly string[];
  /** Equal for expressions that mean the same. */
  readonly text: string;
  /** Its string literals, with those of the variables it uses. */
  readonly mentions: Mentions;
  /** Where its names lead: to compile it once more, and to find the facts it compares. */
  readonly names: Names;
  readonly facts: OperandScope;
}

/** Where the names of an expression lead. Holds on to no more than that: a set keeps it as long as it lives. */
export type Names = Pick<Scope, 'input' | 'scoped'>;

export class ExpressionLoader {
  /** Slots of the request's variables that some expression uses. */
  readonly usedInputs = new Set<number>();
  locals = 0;
  memo = 0;
  readonly #variables: readonly RequestVariable[];
  readonly #byName: ReadonlyMap<string, RequestVariable>;
  readonly #findings: Findings;
  readonly #cache: ExpressionCache;
  readonly #types = new WeakMap<ScopedVariables, { types: VariableTypes; key: string }>();

  constructor(variables: readonly RequestVariable[], cache: ExpressionCache, findings: Findings) {
    this.#variables = variables;
    this.#byName = new Map(variables.map((variable) => [variable.name, variable]));
    this.#cache = cache;
    this.#findings = findings;
  }

  /** null where the expression has errors, which are then among the findings at their place in the file. */
  load(source: SourceExpression, scoped: ScopedVariables): LoadedExpression | null {
    const read = this.#read(source.text, scoped);
    const { expression } = read;
    for (const issue of read.issues) {
      this.#findings.add(issue.code, issue.message, source.toFile(issue.start, issue.end), { fatal: true });
    }
    if (!expression) return null;
    const names = namesIn(this.#variables, scoped);
    return {
      expression,
      evaluate: compile(expression, this.#scope(names)),
      type: read.type,
      reads: expressionReads(expression, {
        variables: this.#byName,
        scoped: (name) => scoped.get(name)?.reads,
      }),
      text: textOf(read.canonical, scoped),
      mentions: expressionMentions(expression, (name) => scoped.get(name)?.mentions),
      names,
      facts: { variables: this.#byName, scoped: (name) => scoped.get(name)?.operand },
    };
  }

  /** `variables.NAME` as it is known to what follows it; null where its expression did not load. */
  declare(loaded: LoadedExpression | null): ScopedVariable {
    return {
      type: loaded?.type ?? 'dyn',
      slot: this.memo++,
      evaluate: loaded?.evaluate ?? null,
      reads: loaded?.reads ?? [],
      text: loaded?.text ?? '',
      mentions: loaded?.mentions ?? [],
      operand: loaded && operandOf(loaded.expression, loaded.facts),
    };
  }

  #read(text: string, scoped: ScopedVariables): ReadExpression {
    let known = this.#types.get(scoped);
    if (!known) {
      const types = Object.fromEntries([...scoped].map(([name, { type }]) => [name, type]));
      known = { types, key: JSON.stringify(types) };
      this.#types.set(scoped, known);
    }
    return this.#cache.read(text, known.types, known.key);
  }

  #scope(names: Names): Scope {
    return {
      ...names,
      input: (name) => {
        const slot = names.input(name);
        if (slot !== undefined) this.usedInputs.add(slot);
        return slot;
      },
      allocate: () => this.locals++,
    };
  }
}

function namesIn(variables: readonly RequestVariable[], scoped: ScopedVariables): Names {
  return {
    input: (name) => {
      const slot = variables.findIndex((variable) => variable.name === name);
      return slot < 0 ? undefined : slot;
    },
    scoped: (name) => {
      const known = scoped.get(name);
      return known?.evaluate ? { slot: known.slot, evaluate: known.evaluate } : undefined;
    },
  };
}

/** The expression's meaning as text, with that of the variables it uses. */
function textOf(text: string, scoped: ScopedVariables): string {
  const used = [...scoped].filter(([name]) =>
    text.includes(`(select ${JSON.stringify(name)} (name variables))`),
  );
  const meanings = used.map(([name, variable]) => `${name}=${variable.text}`);
  return used.length === 0 ? text : `${text} with ${meanings.join(' ')}`;
}

/** True where `type` is `wanted` or known at evaluation alone. */
export function isType(type: string, wanted: string): boolean {
  return type === wanted || type === 'dyn' || type.startsWith('dyn<');
}

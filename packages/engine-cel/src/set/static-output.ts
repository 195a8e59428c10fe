import type { Outcome } from '@benchbook/model';
import { compile } from '../evaluate/index.ts';
import { children, type Expression } from '../syntax/index.ts';
import { CelFault, Meter, type Value } from '../values/index.ts';
import { type OutputWords, readVerdict, type Verdict } from './verdict.ts';

/** What can be said of an output before any request. */
export interface StaticOutput {
  /** The one verdict it always gives; null where it is computed. */
  readonly constant: Verdict | null;
  /** Outcomes it may give; null: any. */
  readonly outcomes: ReadonlySet<Outcome> | null;
  readonly problems: readonly { readonly message: string; readonly expression: Expression }[];
}

/** Looks at an output's literals, also in the branches of `? :` and in maps. `listed`: a list of outputs is one. */
export function staticOutput(expression: Expression, words: OutputWords, listed: boolean): StaticOutput {
  const outcomes = new Set<Outcome>();
  const problems: { message: string; expression: Expression }[] = [];
  let computed = false;
  const look = (part: Expression): void => {
    if (part.kind === 'conditional') {
      look(part.then);
      look(part.otherwise);
      return;
    }
    if (listed && part.kind === 'list') {
      for (const item of part.items) look(item);
      return;
    }
    const value = constantValue(part);
    if (value !== undefined) {
      const verdict = readVerdict(value, words);
      if (typeof verdict === 'string') problems.push({ message: verdict, expression: part });
      else outcomes.add(verdict.outcome);
      return;
    }
    const outcome = part.kind === 'map' ? outcomeEntry(part) : undefined;
    if (outcome) look(outcome);
    else computed = true;
  };
  look(expression);
  const value = listed ? undefined : constantValue(expression);
  const verdict = value === undefined ? null : readVerdict(value, words);
  return {
    constant: typeof verdict === 'string' ? null : verdict,
    outcomes: computed ? null : outcomes,
    problems,
  };
}

/** The value of an expression that reads nothing; undefined where it reads something or errs. */
function constantValue(expression: Expression): Value | undefined {
  if (!isConstant(expression)) return undefined;
  try {
    const evaluate = compile(expression, {
      input: () => undefined,
      scoped: () => undefined,
      allocate: () => 0,
    });
    return evaluate({ meter: new Meter(10_000), inputs: [], locals: [], memo: [] });
  } catch (error) {
    if (error instanceof CelFault) return undefined;
    throw error;
  }
}

function isConstant(expression: Expression): boolean {
  if (expression.kind === 'name' || expression.kind === 'macro' || expression.kind === 'bind') return false;
  return children(expression).every(isConstant);
}

function outcomeEntry(map: Extract<Expression, { kind: 'map' }>): Expression | undefined {
  return map.entries.find(([key]) => key.kind === 'literal' && key.value === 'outcome')?.[1];
}

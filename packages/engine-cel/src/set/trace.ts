/** A plan that decides as the set's own does, and records on the way what each condition came to. */
import type { ConditionState, Cover, PolicyState } from '@benchbook/model';
import { compile, type Evaluate } from '../evaluate/index.ts';
import type { Expression } from '../syntax/index.ts';
import type { Value } from '../values/index.ts';
import type { Clause, Conditions } from './clauses.ts';
import { type CasePlan, isRule, type RulePlan, type StepPlan } from './plan.ts';

export class TracedPlan {
  readonly root: RulePlan;
  /** Room for the variables of macros: those of the plan's own expressions and of the traced ones. */
  readonly locals: Value[];
  readonly #byNode: ReadonlyMap<Expression, number>;
  readonly #count: number;
  #slots: number;
  #seen: ConditionState[] = [];

  /** `slots`: those that the untraced expressions take, since variables stay untraced and are shared. */
  constructor(root: RulePlan, { conditions, byNode }: Conditions, slots: number) {
    this.#byNode = byNode;
    this.#count = conditions.length;
    this.#slots = slots;
    this.root = this.#rule(root);
    this.locals = new Array<Value>(this.#slots).fill(null);
  }

  /** Forgets what was seen. */
  start(): void {
    this.#seen = new Array<ConditionState>(this.#count).fill('unreached');
  }

  /** What was seen since; stays as it is afterwards. */
  get seen(): readonly ConditionState[] {
    return this.#seen;
  }

  #rule(rule: RulePlan): RulePlan {
    return { ...rule, steps: rule.steps.map((step) => this.#step(step)) };
  }

  #step(step: StepPlan): StepPlan {
    const content = isRule(step.content) ? this.#rule(step.content) : this.#case(step.content);
    if (!step.clause) return { ...step, content };
    // A condition that is always true is not evaluated, so that it costs no steps; it holds all the same.
    const condition = step.condition
      ? this.#compile(step.clause)
      : this.#record(() => true, step.clause.expression);
    return { ...step, content, condition };
  }

  #case(plan: CasePlan): CasePlan {
    return plan.clause ? { ...plan, constant: null, output: this.#compile(plan.clause) } : plan;
  }

  #compile({ expression, names }: Clause): Evaluate {
    return compile(expression, {
      ...names,
      allocate: () => this.#slots++,
      wrap: (evaluate, node) => this.#record(evaluate, node as Expression),
    });
  }

  #record(evaluate: Evaluate, node: Expression): Evaluate {
    const at = this.#byNode.get(node);
    if (at === undefined) return evaluate;
    return (frame) => {
      this.#seen[at] = 'error';
      const value = evaluate(frame);
      if (typeof value === 'boolean') this.#seen[at] = value ? 'true' : 'false';
      return value;
    };
  }
}

/** Reached are the outputs of the policies that applied. */
export function coverOf(
  seen: readonly ConditionState[],
  states: readonly PolicyState[],
  owners: readonly number[],
): Cover {
  return { conditions: seen, statements: owners.map((policy) => states[policy] === 'applied') };
}

import type {
  Condition,
  Cover,
  Facts,
  LanguageId,
  Observation,
  Policy,
  PolicySet,
  PolicyState,
  PreparedRequests,
  SetDecision,
  Statement,
} from '@benchbook/model';
import type { Frame } from '../evaluate/index.ts';
import type { VariableTypes } from '../syntax/index.ts';
import { CelFault, Meter, type Value } from '../values/index.ts';
import { possibleDecisions } from './alternatives.ts';
import type { Conditions } from './clauses.ts';
import { decisionOf, failedDecision, type Walk, walkRule } from './decide.ts';
import type { OutputPlace } from './loader.ts';
import { outputOf } from './output.ts';
import type { RulePlan } from './plan.ts';
import { simplifyReads } from './reads.ts';
import { boundRequest, type CelRequests, requestBuilder } from './requests.ts';
import { coverOf, TracedPlan } from './trace.ts';
import { type RequestVariable, variableTypes } from './variables.ts';
import type { OutputWords } from './verdict.ts';

/** All that a set decides with. */
export interface CelSetParts {
  readonly id: string;
  readonly file: string;
  readonly language: LanguageId;
  readonly policies: readonly Policy[];
  readonly digest: string;
  readonly canAllow: boolean;
  readonly conditions: Conditions;
  readonly outputs: readonly OutputPlace[];
  readonly root: RulePlan;
  readonly variables: readonly RequestVariable[];
  readonly usedInputs: ReadonlySet<number>;
  /** Sizes of the frame. */
  readonly locals: number;
  readonly memo: number;
  readonly words: OutputWords;
  readonly budget: number;
}

/** The output of a policy, or why there is none, with the steps it took. */
export type PolicyOutput = { readonly steps: number } & (
  | { readonly value: Value | undefined }
  | { readonly error: string; readonly kind: CelFault['kind'] }
);

/** One CEL file as a policy set. */
export class CelSet implements PolicySet {
  readonly id: string;
  readonly language: LanguageId;
  readonly policies: readonly Policy[];
  readonly conditions: readonly Condition[];
  readonly statements: readonly Statement[];
  readonly digest: string;
  readonly reads: readonly string[];
  readonly canAllow: boolean;
  readonly #parts: CelSetParts;
  readonly #prepare: (facts: readonly Facts[]) => CelRequests;
  readonly #meter: Meter;
  readonly #locals: Value[];
  /** Of each statement, the policy whose output it is. */
  readonly #owners: readonly number[];
  /** Made when first asked for: most sets are asked to decide alone. */
  #traced: TracedPlan | undefined;

  constructor(parts: CelSetParts) {
    this.id = parts.id;
    this.language = parts.language;
    this.policies = parts.policies;
    this.digest = parts.digest;
    this.canAllow = parts.canAllow;
    this.conditions = parts.conditions.conditions;
    const outputs = [...parts.outputs].sort((a, b) => a.range.start - b.range.start);
    this.statements = outputs.map(({ range }) => ({ file: parts.file, range }));
    this.#owners = outputs.map(({ policy }) => policy);
    this.reads = simplifyReads(parts.policies.flatMap((policy) => policy.reads));
    this.#parts = parts;
    this.#prepare = requestBuilder(parts.variables, parts.usedInputs, this.reads);
    this.#meter = new Meter(parts.budget);
    this.#locals = new Array<Value>(parts.locals).fill(null);
  }

  prepare(facts: readonly Facts[]): PreparedRequests {
    return this.#prepare(facts);
  }

  decide(requests: PreparedRequests, row: number): SetDecision {
    return this.#run(this.#walk(requests, row, null));
  }

  observe(requests: PreparedRequests, row: number): Observation {
    const states = this.policies.map((): PolicyState => 'unreached');
    const walk = this.#walk(requests, row, states);
    const decision = this.#run(walk);
    if (decision.basis === 'failed') states[walk.at] = 'error';
    return { states };
  }

  cover(requests: PreparedRequests, row: number): Cover {
    this.#traced ??= new TracedPlan(this.#parts.root, this.#parts.conditions, this.#parts.locals);
    const { root, locals } = this.#traced;
    const states = this.policies.map((): PolicyState => 'unreached');
    this.#traced.start();
    this.#run(this.#walk(requests, row, states, locals), root);
    return coverOf(this.#traced.seen, states, this.#owners);
  }

  alternatives(requests: PreparedRequests, row: number, open: readonly number[]): readonly SetDecision[] {
    const own = this.decide(requests, row);
    const walk = this.#walk(requests, row, null);
    const others = possibleDecisions(this.#parts.root, new Set(open), walk, this.policies);
    const seen = new Set([JSON.stringify(own)]);
    const distinct = others.filter((decision) => {
      const text = JSON.stringify(decision);
      return !seen.has(text) && seen.add(text);
    });
    return [own, ...distinct];
  }

  /** In the checker's notation. */
  get variableTypes(): VariableTypes {
    return variableTypes(this.#parts.variables);
  }

  /** One request of variables bound by hand, as tests in the CEL policy format bind them. */
  bind(values: ReadonlyMap<string, Value>): PreparedRequests {
    return boundRequest(this.#parts.variables, values);
  }

  /** What the policy gives, before it is read as a decision: undefined where no case matched. Never throws. */
  output(requests: PreparedRequests, row: number): PolicyOutput {
    const { frame } = this.#walk(requests, row, null);
    const steps = (): number => frame.meter.budget - frame.meter.left;
    try {
      return { value: outputOf(this.#parts.root, frame), steps: steps() };
    } catch (error) {
      if (error instanceof CelFault) return { error: error.message, kind: error.kind, steps: steps() };
      throw error;
    }
  }

  #run(walk: Walk, root: RulePlan = this.#parts.root): SetDecision {
    try {
      return decisionOf(walkRule(root, walk));
    } catch (error) {
      if (error instanceof CelFault) return failedDecision(error, this.policies[walk.at]);
      throw error;
    }
  }

  #walk(
    requests: PreparedRequests,
    row: number,
    states: PolicyState[] | null,
    locals: Value[] = this.#locals,
  ): Walk {
    const request = (requests as CelRequests).rows[row];
    this.#meter.reset();
    const frame: Frame = {
      meter: this.#meter,
      inputs: request?.inputs ?? [],
      locals,
      memo: this.#parts.memo === 0 ? NO_MEMO : new Array<Value | undefined>(this.#parts.memo),
    };
    return { frame, words: this.#parts.words, at: 0, states };
  }
}

const NO_MEMO: (Value | undefined)[] = [];

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
import { CelFault, Meter, type Value } from '../values/index.ts';
import { possibleDecisions } from './alternatives.ts';
import { decisionOf, failedDecision, type Walk, walkRule } from './decide.ts';
import type { RulePlan } from './plan.ts';
import { simplifyReads } from './reads.ts';
import { type CelRequests, requestBuilder } from './requests.ts';
import type { RequestVariable } from './variables.ts';
import type { OutputWords } from './verdict.ts';

/** All that a set decides with. */
export interface CelSetParts {
  readonly id: string;
  readonly language: LanguageId;
  readonly policies: readonly Policy[];
  readonly digest: string;
  readonly canAllow: boolean;
  readonly root: RulePlan;
  readonly variables: readonly RequestVariable[];
  readonly usedInputs: ReadonlySet<number>;
  /** Sizes of the frame. */
  readonly locals: number;
  readonly memo: number;
  readonly words: OutputWords;
  readonly budget: number;
}

/** One CEL file as a policy set. */
export class CelSet implements PolicySet {
  readonly id: string;
  readonly language: LanguageId;
  readonly policies: readonly Policy[];
  readonly conditions: readonly Condition[] = [];
  readonly statements: readonly Statement[] = [];
  readonly digest: string;
  readonly reads: readonly string[];
  readonly canAllow: boolean;
  readonly #parts: CelSetParts;
  readonly #prepare: (facts: readonly Facts[]) => CelRequests;
  readonly #meter: Meter;
  readonly #locals: Value[];

  constructor(parts: CelSetParts) {
    this.id = parts.id;
    this.language = parts.language;
    this.policies = parts.policies;
    this.digest = parts.digest;
    this.canAllow = parts.canAllow;
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

  cover(): Cover {
    return { conditions: [], statements: [] };
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

  #run(walk: Walk): SetDecision {
    try {
      return decisionOf(walkRule(this.#parts.root, walk));
    } catch (error) {
      if (error instanceof CelFault) return failedDecision(error, this.policies[walk.at]);
      throw error;
    }
  }

  #walk(requests: PreparedRequests, row: number, states: PolicyState[] | null): Walk {
    const request = (requests as CelRequests).rows[row];
    this.#meter.reset();
    const frame: Frame = {
      meter: this.#meter,
      inputs: request?.inputs ?? [],
      locals: this.#locals,
      memo: this.#parts.memo === 0 ? NO_MEMO : new Array<Value | undefined>(this.#parts.memo),
    };
    return { frame, words: this.#parts.words, at: 0, states };
  }
}

const NO_MEMO: (Value | undefined)[] = [];

import type { Cover, Facts, Observation, PolicySet, SetDecision } from '@benchbook/model';
import { answerPrepared, type SetAnswer } from '@benchbook/pdp';
import { failedAnswer } from './failed-answer.ts';
import { internCover } from './intern-cover.ts';

/** Told around each piece of work that could get stuck inside an engine. */
export interface Guard {
  /** `request` counts what the set is asked, from 0: the same in every run over the same input. */
  enter(set: string, request: number): void;
  leave(): void;
}

/** A request that ended its worker before, and must not be tried again. */
export interface PoisonedRequest {
  readonly set: string;
  readonly request: number;
}

export interface AskOptions {
  readonly guard?: Guard;
  readonly poisoned?: readonly PoisonedRequest[];
}

/** Asks a set about one call; `request` is the number by which the guard knows it. */
export type Ask = (set: PolicySet, facts: Facts, missing: readonly string[], request: number) => TableAnswer;

/** Asks under the guard. Poisoned requests are answered without asking. */
export function asker({ guard, poisoned = [] }: AskOptions): Ask {
  const lost = new Set(poisoned.map(({ set, request }) => `${set}\u0000${request}`));
  return (set, facts, missing, request) => {
    if (lost.size > 0 && lost.has(`${set.id}\u0000${request}`))
      return new TableAnswer(failedAnswer(set), set, request, guard);
    guard?.enter(set.id, request);
    const answer = answerPrepared(set, set.prepare([facts]), 0, missing);
    guard?.leave();
    return new TableAnswer(answer, set, request, guard);
  };
}

/** An answer that observes once, under the guard. */
export class TableAnswer implements SetAnswer {
  readonly decision: SetAnswer['decision'];
  readonly alternatives: SetAnswer['alternatives'];
  readonly missing: SetAnswer['missing'];
  remembered = false;
  readonly #answer: SetAnswer;
  readonly #set: PolicySet;
  readonly #request: number;
  readonly #guard: Guard | undefined;
  #observation: Observation | undefined;
  #cover: Cover | undefined;

  constructor(answer: SetAnswer, set: PolicySet, request: number, guard: Guard | undefined) {
    this.decision = answer.decision;
    this.alternatives = answer.alternatives;
    this.missing = answer.missing;
    this.#answer = answer;
    this.#set = set;
    this.#request = request;
    this.#guard = guard;
  }

  observe(): Observation {
    this.#observation ??= this.#guarded(() => this.#answer.observe());
    return this.#observation;
  }

  ifPolicy(policy: number): readonly SetDecision[] {
    return this.#guarded(() => this.#answer.ifPolicy(policy));
  }

  cover(): Cover {
    this.#cover ??= internCover(
      this.#set,
      this.#guarded(() => this.#answer.cover()),
    );
    return this.#cover;
  }

  #guarded<Result>(look: () => Result): Result {
    this.#guard?.enter(this.#set.id, this.#request);
    const result = look();
    this.#guard?.leave();
    return result;
  }
}

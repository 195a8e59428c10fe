import type { Cover, Facts, Observation, PolicySet, PreparedRequests, SetDecision } from '@benchbook/model';

interface SlowedRequests extends PreparedRequests {
  readonly inner: PreparedRequests;
  readonly turns: number;
}

/**
 * A set of which some requests take longer, by as many turns of an empty loop. Both versions are wrapped in it, so
 * that the wrapping itself is no difference.
 */
export class SlowedSet implements PolicySet {
  /** For requests that are prepared from now on. */
  turns = 0;
  readonly #inner: PolicySet;
  readonly id;
  readonly language;
  readonly policies;
  readonly conditions;
  readonly statements;
  readonly digest;
  readonly reads;
  readonly canAllow;

  constructor(inner: PolicySet) {
    this.#inner = inner;
    this.id = inner.id;
    this.language = inner.language;
    this.policies = inner.policies;
    this.conditions = inner.conditions;
    this.statements = inner.statements;
    this.digest = inner.digest;
    this.reads = inner.reads;
    this.canAllow = inner.canAllow;
  }

  prepare(facts: readonly Facts[]): SlowedRequests {
    const inner = this.#inner.prepare(facts);
    return { length: inner.length, missing: (row) => inner.missing(row), inner, turns: this.turns };
  }

  decide(requests: PreparedRequests, row: number): SetDecision {
    const { inner, turns } = requests as SlowedRequests;
    const decision = this.#inner.decide(inner, row);
    if (turns > 0) spin(turns);
    return decision;
  }

  observe(requests: PreparedRequests, row: number): Observation {
    return this.#inner.observe((requests as SlowedRequests).inner, row);
  }

  cover(requests: PreparedRequests, row: number): Cover {
    return this.#inner.cover((requests as SlowedRequests).inner, row);
  }

  alternatives(requests: PreparedRequests, row: number, open: readonly number[]): readonly SetDecision[] {
    return this.#inner.alternatives((requests as SlowedRequests).inner, row, open);
  }
}

let sink = 0;

/** Work that takes the same time each turn and cannot be left out. */
function spin(turns: number): void {
  let x = sink | 1;
  for (let i = 0; i < turns; i++) x = Math.imul(x, 0x5bd1_e995) ^ (x >>> 15);
  sink = x;
}

/** Turns in a millisecond: the fastest of many tries, which is the one that nothing interrupted. */
export function turnsPerMillisecond(): number {
  const turns = 20_000;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 500; i++) {
    const start = performance.now();
    spin(turns);
    least = Math.min(least, performance.now() - start);
  }
  return turns / least;
}

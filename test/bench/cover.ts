import type { PreparedWorkspace } from '@benchbook/core';
import type { Call } from '@benchbook/model';
import { buildFacts, openSession, sessionNeeds } from '@benchbook/pdp';

/** Microseconds a request, medians over requests asked in turn. */
export interface CoverCost {
  readonly decide: number;
  /** Beside deciding: which conditions held. Paid once for each distinct request. */
  readonly cover: number;
}

const ROUNDS = 5;

/** What looking at conditions costs beside deciding, on the first requests of a recording. */
export function measureCover({ policies }: PreparedWorkspace, calls: readonly Call[]): CoverCost {
  const sets = policies.enforced;
  const needs = sessionNeeds(sets.flatMap((set) => set.reads));
  const session = openSession(needs);
  const requests = calls.flatMap((call) => {
    const facts = buildFacts(call, session);
    return sets.map((set) => ({ set, prepared: set.prepare([facts]) }));
  });
  const decide: number[] = [];
  const cover: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const { set, prepared } of requests) {
      const start = performance.now();
      set.decide(prepared, 0);
      const middle = performance.now();
      set.cover(prepared, 0);
      cover.push(performance.now() - middle);
      decide.push(middle - start);
    }
  }
  return { decide: median(decide) * 1000, cover: median(cover) * 1000 };
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[values.length >> 1] ?? 0;
}

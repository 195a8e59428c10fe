import type { PdpDecision } from '@benchbook/pdp';

/** Calls that came to the same decision. */
export interface DecisionCount {
  calls: number;
  /** Of them those with a known outcome. */
  known: number;
}

/** Counts calls by decision, since most of them come to few distinct ones. */
export interface DecisionCounter {
  /** True where this decision was not met before (or was forgotten since). */
  add(decision: PdpDecision, known: boolean): boolean;
  /** Hands out what was counted so far. */
  flush(): void;
}

/** Distinct decisions kept at once. */
const MAX_DECISIONS = 4_000;

/** `take` gets every decision with its count, maybe in several portions. */
export function decisionCounter(
  take: (decision: PdpDecision, count: DecisionCount) => void,
): DecisionCounter {
  const counts = new Map<PdpDecision, DecisionCount>();
  function flush(): void {
    for (const [decision, count] of counts) take(decision, count);
    counts.clear();
  }
  return {
    flush,
    add(decision, known) {
      const count = counts.get(decision);
      if (count) {
        count.calls++;
        if (known) count.known++;
        return false;
      }
      const first = { calls: 1, known: known ? 1 : 0 };
      if (decision.remembered) {
        if (counts.size >= MAX_DECISIONS) flush();
        counts.set(decision, first);
      } else take(decision, first);
      return true;
    },
  };
}

import type { Outcome } from '@benchbook/model';

/** Strongest first: what wins between sets. */
const STRENGTH: readonly Outcome[] = ['deny', 'indeterminate', 'escalate', 'allow'];

/** The stronger of two outcomes; null is a set that does not apply. */
export function stronger(a: Outcome | null, b: Outcome | null): Outcome | null {
  if (a === null) return b;
  if (b === null) return a;
  return STRENGTH.indexOf(a) <= STRENGTH.indexOf(b) ? a : b;
}

/** Every outcome that can come out when each set may say any of its possible outcomes. */
export function possibleOutcomes(sets: readonly (readonly (Outcome | null)[])[]): (Outcome | null)[] {
  let possible: (Outcome | null)[] = [null];
  for (const outcomes of sets) {
    const next = new Set<Outcome | null>();
    for (const left of possible) for (const right of outcomes) next.add(stronger(left, right));
    possible = [...next];
  }
  return possible;
}

import type { TrailProblem } from '@benchbook/model';

/** Most problems that are kept; a trail of a million forged lines must not fill the memory. */
const MAX_PROBLEMS = 200;

/** Collects what is wrong with a trail. */
export interface Problems {
  add(record: number, kind: TrailProblem['kind'], message: string): void;
  /** A trail with any of them is not as it was written. */
  broken(): boolean;
  /** In the order of the records. */
  list(): TrailProblem[];
  leftOut(): number;
}

/** A process that was ended leaves these too; they take nothing from the records before. */
const HARMLESS: ReadonlySet<TrailProblem['kind']> = new Set(['torn', 'head-unverified']);

export function collectProblems(): Problems {
  const kept: TrailProblem[] = [];
  let count = 0;
  let broken = false;
  return {
    add(record, kind, message) {
      count++;
      broken ||= !HARMLESS.has(kind);
      if (kept.length < MAX_PROBLEMS) kept.push({ record, kind, message });
    },
    broken: () => broken,
    list: () => kept.toSorted((a, b) => a.record - b.record),
    leftOut: () => count - kept.length,
  };
}

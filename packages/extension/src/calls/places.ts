/** Where calls were recorded, and how a list of them is best shown. */
import type { CallEntry } from '@benchbook/model';

/** Calls that a peek shows; with more, the Recordings view is easier to read. */
export const PEEKED = 100;

/** A peek needs a line for each, and few enough of them. */
export function isPeekable(calls: readonly CallEntry[], total: number): boolean {
  return (
    total > 0 &&
    total <= PEEKED &&
    calls.length === total &&
    calls.every(({ source }) => source.line !== undefined)
  );
}

/** Places in reading order, each line once. `line` counts from 0. */
export function recordedPlaces(calls: readonly CallEntry[]): { file: string; line: number }[] {
  const seen = new Set<string>();
  return calls.flatMap(({ source }) => {
    const line = Math.max(0, (source.line ?? 1) - 1);
    const key = JSON.stringify([source.file, line]);
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ file: source.file, line }];
  });
}

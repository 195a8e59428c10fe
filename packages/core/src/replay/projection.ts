import {
  type Facts,
  getOwn,
  isObject,
  type Json,
  pointersTouch,
  pointerTokens,
  writeJson,
} from '@benchbook/model';

/** Turns facts into text that is equal for two calls exactly if they agree on everything that is read. */
export type Projection = (facts: Facts) => string;

/** A projection onto `reads` (JSON Pointers; `''` is everything). */
export function projection(reads: readonly string[]): Projection {
  const paths = outermost(reads).map(pointerTokens);
  return (facts) => {
    let text = '';
    for (const path of paths) {
      const value = at(facts as unknown as Json, path);
      text += value === undefined ? '\u0000' : `${writeJson(value)}\u0000`;
    }
    return text;
  };
}

/** Pointers that lie below no other, sorted. */
export function outermost(reads: readonly string[]): string[] {
  const sorted = [...new Set(reads)].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const kept: string[] = [];
  for (const read of sorted) if (!kept.some((outer) => pointersTouch(outer, read))) kept.push(read);
  return kept.sort();
}

function at(value: Json | undefined, path: readonly string[]): Json | undefined {
  let current = value;
  for (const token of path) {
    if (isObject(current)) current = getOwn(current, token);
    else if (Array.isArray(current)) current = current[Number(token)];
    else return undefined;
  }
  return current;
}

import type { Facts } from '@benchbook/model';
import { mayMatter } from '@benchbook/pdp';
import { projection } from './projection.ts';

/** Text that is equal for two calls exactly if a set with certain reads cannot tell them apart. */
export type RequestKey = (facts: Facts, missing: readonly string[]) => string;

/** Most missing facts of which it is remembered whether they matter. */
const MAX_MATTERS = 1000;

/** The keys of sets that read `reads`: what they read of the facts, and which missing facts may matter to them. */
export function requestKey(reads: readonly string[]): RequestKey {
  const project = projection(reads);
  const matters = new Map<string, boolean>();
  return (facts, missing) => {
    let text = project(facts);
    for (const pointer of missing) {
      let known = matters.get(pointer);
      if (known === undefined) {
        known = mayMatter(reads, pointer);
        if (matters.size < MAX_MATTERS) matters.set(pointer, known);
      }
      if (known) text += `${pointer}\u0000`;
    }
    return text;
  };
}

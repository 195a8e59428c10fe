import type { Cover, PolicySet } from '@benchbook/model';

/** Distinct covers of one set that are kept. */
const MAX_COVERS = 2_000;

const covers = new WeakMap<PolicySet, Map<string, Cover>>();

/** The same object for equal covers of a set: thousands of requests exercise the same few combinations. */
export function internCover(set: PolicySet, cover: Cover): Cover {
  let known = covers.get(set);
  if (!known) {
    known = new Map();
    covers.set(set, known);
  }
  const key = keyOf(cover);
  const same = known.get(key);
  if (same) return same;
  if (known.size >= MAX_COVERS) known.clear();
  known.set(key, cover);
  return cover;
}

function keyOf({ conditions, statements }: Cover): string {
  let key = '';
  for (const state of conditions) key += state[0];
  for (const reached of statements) key += reached ? '1' : '0';
  return key;
}

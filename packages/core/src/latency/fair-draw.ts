/** Keeps a bounded number of values: those with the lowest hashes, which is a fair draw of all that came. */
export interface FairDraw<Value> {
  get(key: number): Value | undefined;
  /** Whether a value with this hash would be kept. */
  admits(hash: number): boolean;
  add(key: number, hash: number, value: Value): void;
  /** Lowest hashes first. */
  values(): Value[];
}

/** Keeps at most `limit` values. */
export function fairDraw<Value>(limit: number): FairDraw<Value> {
  const entries = new Map<number, { readonly hash: number; readonly value: Value }>();
  let highest = Number.POSITIVE_INFINITY;

  function evict(): void {
    let worst = -1;
    let second = -1;
    let worstKey = -1;
    for (const [key, { hash }] of entries) {
      if (hash > worst) {
        second = worst;
        worst = hash;
        worstKey = key;
      } else if (hash > second) second = hash;
    }
    entries.delete(worstKey);
    highest = second;
  }

  return {
    get: (key) => entries.get(key)?.value,
    admits: (hash) => entries.size < limit || hash < highest,
    add(key, hash, value) {
      entries.set(key, { hash, value });
      if (entries.size > limit) evict();
    },
    values: () => [...entries.values()].sort((a, b) => a.hash - b.hash).map(({ value }) => value),
  };
}

/** A fair 32-bit hash (the finaliser of murmur3), so that the lowest ones are a fair draw. */
export function mix(serial: number): number {
  let hash = Math.imul(serial + 1, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

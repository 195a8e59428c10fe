/** Gives a repeated call id its `~2`, `~3`, ... in reading order. Bounded: 8 to 16 bytes an id. */
export interface UniqueIds {
  next(id: string): string;
}

/** Open addressing over 53-bit hashes: a million ids in 16 MB, where a Set of strings takes 100. */
export function uniqueIds(): UniqueIds {
  let slots = new Float64Array(1 << 12);
  let used = 0;
  const repeats = new Map<string, number>();

  function insert(table: Float64Array, hash: number): boolean {
    const mask = table.length - 1;
    let index = hash % table.length;
    while (table[index] !== 0) {
      if (table[index] === hash) return false;
      index = (index + 1) & mask;
    }
    table[index] = hash;
    return true;
  }

  function grow(): void {
    const larger = new Float64Array(slots.length * 2);
    for (const hash of slots) if (hash !== 0) insert(larger, hash);
    slots = larger;
  }

  function add(id: string): boolean {
    if (used * 4 > slots.length * 3) grow();
    const fresh = insert(slots, hash53(id));
    if (fresh) used++;
    return fresh;
  }

  return {
    next(id) {
      if (add(id)) return id;
      let count = repeats.get(id) ?? 1;
      let candidate: string;
      do candidate = `${id}~${++count}`;
      while (!add(candidate));
      repeats.set(id, count);
      return candidate;
    },
  };
}

/** A 53-bit hash of a string, never 0 (the mark of a free slot). cyrb53's mixing. */
function hash53(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0) || 1;
}

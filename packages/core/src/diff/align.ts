/** Two entries of lists that stand in each other's place; null where one list has none. */
export interface Aligned {
  readonly base: number | null;
  readonly head: number | null;
}

/** Longer lists are aligned by position alone: nobody writes so many conditions in one policy. */
const MAX_LENGTH = 500;

/**
 * Aligns two lists of texts: equal ones by a longest common subsequence, and what lies between them in order, so that
 * an edited text stands beside what it was.
 */
export function align(base: readonly string[], head: readonly string[]): Aligned[] {
  const matched = base.length > MAX_LENGTH || head.length > MAX_LENGTH ? [] : commonPairs(base, head);
  const aligned: Aligned[] = [];
  let b = 0;
  let h = 0;
  for (const [nextBase, nextHead] of [...matched, [base.length, head.length] as const]) {
    const count = Math.max(nextBase - b, nextHead - h);
    for (let i = 0; i < count; i++)
      aligned.push({ base: b + i < nextBase ? b + i : null, head: h + i < nextHead ? h + i : null });
    if (nextBase < base.length || nextHead < head.length) aligned.push({ base: nextBase, head: nextHead });
    b = nextBase + 1;
    h = nextHead + 1;
  }
  return aligned;
}

/** Pairs of equal entries, ascending on both sides, as many as there can be. */
function commonPairs(base: readonly string[], head: readonly string[]): [number, number][] {
  const lengths = Array.from({ length: base.length + 1 }, () => new Uint16Array(head.length + 1));
  for (let b = base.length - 1; b >= 0; b--)
    for (let h = head.length - 1; h >= 0; h--)
      lengths[b]![h] =
        base[b] === head[h]
          ? lengths[b + 1]![h + 1]! + 1
          : Math.max(lengths[b + 1]![h]!, lengths[b]![h + 1]!);
  const pairs: [number, number][] = [];
  let b = 0;
  let h = 0;
  while (b < base.length && h < head.length) {
    if (base[b] === head[h]) pairs.push([b++, h++]);
    else if (lengths[b + 1]![h]! >= lengths[b]![h + 1]!) b++;
    else h++;
  }
  return pairs;
}

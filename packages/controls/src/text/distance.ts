/** Longer texts are no misspelling of a name; comparing them would only cost. */
const LONGEST = 60;

/** Number of edits (a swap of neighbours is one) between two texts, or undefined where it is above `limit`. */
export function editDistance(a: string, b: string, limit: number): number | undefined {
  if (Math.abs(a.length - b.length) > limit || Math.max(a.length, b.length) > LONGEST) return undefined;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  let leastBefore = 0;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, before[j - 2]! + 1);
      row.push(best);
      if (best < least) least = best;
    }
    // What follows builds on these two rows, and never comes below them.
    if (least > limit && leastBefore > limit) return undefined;
    leastBefore = least;
    before = previous;
    previous = row;
  }
  const distance = previous[b.length]!;
  return distance <= limit ? distance : undefined;
}

/** The one candidate that is nearest to a misspelt word; null where none is near, or two are equally so. */
export function nearest(word: string, candidates: Iterable<string>, limit: number): string | null {
  let best: string | null = null;
  let least = limit + 1;
  let isTied = false;
  for (const candidate of candidates) {
    const distance = editDistance(word, candidate, Math.min(limit, least));
    if (distance === undefined) continue;
    isTied = distance === least && candidate !== best;
    if (distance < least) [best, least] = [candidate, distance];
  }
  return isTied ? null : best;
}

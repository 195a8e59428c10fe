/** The candidate nearest to a misspelt word; null where none is near. Ties go to the first by name. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const wanted = word.toLowerCase();
  let best: string | null = null;
  let least = Math.min(3, Math.max(1, Math.floor(word.length / 3))) + 1;
  for (const candidate of [...new Set(candidates)].sort()) {
    if (candidate === word || Math.abs(candidate.length - word.length) >= least) continue;
    const found = distance(wanted, candidate.toLowerCase(), least);
    if (found < least) {
      least = found;
      best = candidate;
    }
  }
  return best;
}

/** Edits (swaps of neighbours count once) between two words, up to `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (a.length > 100 || b.length > 100) return limit;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return Math.min(last[b.length]!, limit);
}

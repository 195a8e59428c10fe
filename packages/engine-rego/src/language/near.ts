const MAX_CANDIDATES = 5000;

/** The candidate nearest to a name: at most one change in four letters, two in more; the first of equals. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const limit = name.length <= 2 ? 0 : name.length <= 4 ? 1 : 2;
  let best: { text: string; distance: number } | undefined;
  let seen = 0;
  for (const text of candidates) {
    if (seen++ >= MAX_CANDIDATES) break;
    if (text === name || Math.abs(text.length - name.length) > limit) continue;
    const distance = distanceOf(name.toLowerCase(), text.toLowerCase(), limit);
    if (distance <= limit && (!best || distance < best.distance)) best = { text, distance };
  }
  return best?.text;
}

/** Letters changed, left out, added, or swapped with their neighbour; more than `limit` is `limit + 1`. */
function distanceOf(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
    }
    if (Math.min(...row) > limit) return limit + 1;
    before = last;
    last = row;
  }
  return last[b.length]!;
}

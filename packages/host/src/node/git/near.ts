/** Longer names are compared by their end alone. */
const MAX_COMPARED = 80;

/** Names a person may have meant, nearest first, at most three: the same at a remote, then those misspelt. */
export function nearest(text: string, names: readonly string[]): readonly string[] {
  const scored = names.flatMap((name) => {
    const score = name.endsWith(`/${text}`) || text.endsWith(`/${name}`) ? 0 : distance(text, name);
    return score <= Math.min(3, Math.floor(text.length / 2)) ? [{ name, score }] : [];
  });
  scored.sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1));
  return scored.slice(0, 3).map(({ name }) => name);
}

/** How many letters were changed, left out or put in; case counts as nothing. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 3 || a.length > MAX_COMPARED) return Number.POSITIVE_INFINITY;
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1] ? 0 : 1;
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + same));
    }
    row = next;
  }
  return row.at(-1)!;
}

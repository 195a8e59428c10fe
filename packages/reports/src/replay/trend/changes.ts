import type { Series, Trend } from './trend.ts';

/** Times differ from machine to machine; below this factor a change of them says nothing. */
const FACTOR = 1.25;
const TOLD = 4;

/** What the last entry differs in from the one before, most first, a phrase each. */
export function changesOf({ series }: Trend): string[] {
  return series
    .flatMap((one) => {
      const [before, now] = one.values.slice(-2);
      if (one.values.length < 2 || before === undefined || now === undefined) return [];
      if (before === null || now === null) return [];
      const weight = weightOf(one, before, now);
      return weight === 0 ? [] : [{ weight, text: phrase(one, before, now) }];
    })
    .sort((a, b) => b.weight - a.weight)
    .slice(0, TOLD)
    .map(({ text }) => text);
}

/** What was replayed, compared with the entry before: a change means something else where the calls differ. */
export function comparison({ entries }: Trend): string {
  const [before, now] = entries.slice(-2);
  if (!before || !now) return 'This is the first entry; a trend needs two.';
  const policies = before.policies === now.policies ? 'the same policies' : 'other policies';
  const recordings = before.recordings === now.recordings ? 'the same recordings' : 'other recordings';
  const linked = (before.policies === now.policies) === (before.recordings === now.recordings) ? 'and' : 'on';
  return `Against the entry before: ${policies} ${linked} ${recordings}.`;
}

/** Points for shares; a factor of two in time weighs as ten points. */
function weightOf({ id }: Series, before: number, now: number): number {
  if (id !== 'p99') return Math.abs(now - before) < 0.0005 ? 0 : Math.abs(now - before) * 100;
  if (before <= 0 || now <= 0) return 0;
  const factor = Math.max(now / before, before / now);
  return factor < FACTOR ? 0 : 10 * Math.log2(factor);
}

function phrase({ id, title, write }: Series, before: number, now: number): string {
  const points = (now - before) * 100;
  const by =
    id === 'p99'
      ? `×${(now / before).toFixed(2)}`
      : `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(1)} points`;
  const what = id === 'policies' || id === 'conditions' ? `${title} covered` : title;
  return `${what} ${write(before)} to ${write(now)} (${by})`;
}

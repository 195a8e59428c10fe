import { FLIP_KINDS, type Flip } from '@benchbook/model';

/** Unapproved flips before approved ones, by kind the most feared first, else as recorded. */
export function sortedFlips(flips: readonly Flip[]): readonly Flip[] {
  const rank = ({ from, to }: Flip) => {
    const at = FLIP_KINDS.indexOf(`${from}->${to}`);
    return at === -1 ? FLIP_KINDS.length : at;
  };
  return [...flips].sort(
    (a, b) => Number(a.approved !== null) - Number(b.approved !== null) || rank(a) - rank(b),
  );
}

import type { TextRange } from '@benchbook/model';

/** Carries places of an older text over to the text as it stands. */
export interface EditMap {
  /** null where the place was edited. */
  offset(offset: number): number | null;
  /** null where an end of it was edited; what was edited inside it only makes it longer or shorter. */
  range(range: TextRange): TextRange | null;
}

const SAME: EditMap = { offset: (offset) => offset, range: (range) => range };

/** The edit that leads from `before` to `after`, taken as one: what both begin and end with is the same. */
export function editMap(before: string, after: string): EditMap {
  if (before === after) return SAME;
  const most = Math.min(before.length, after.length);
  let prefix = 0;
  while (prefix < most && before.charCodeAt(prefix) === after.charCodeAt(prefix)) prefix++;
  let suffix = 0;
  while (
    suffix < most - prefix &&
    before.charCodeAt(before.length - 1 - suffix) === after.charCodeAt(after.length - 1 - suffix)
  )
    suffix++;
  const tail = before.length - suffix;
  const shift = after.length - before.length;

  /** Where text was put in at one place, what ends there stays before it, and what begins there goes behind. */
  function carry(offset: number, isEnd: boolean): number | null {
    if (offset < prefix || (offset === prefix && (isEnd || prefix < tail))) return offset;
    return offset >= tail ? offset + shift : null;
  }

  return {
    offset: (offset) => carry(offset, true),
    range({ start, end }) {
      const from = carry(start, false);
      const to = carry(end, true);
      if (from === null || to === null) return null;
      // An empty range where text was put in stays before it.
      return { start: Math.min(from, to), end: to };
    },
  };
}

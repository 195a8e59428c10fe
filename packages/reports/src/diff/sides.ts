import type { Sides } from '@benchbook/model';

/** `3 -> 2`, or `3` where both are the same. */
export function sides<Figure>({ base, head }: Sides<Figure>, write: (figure: Figure) => string): string {
  return base === head ? write(head) : `${write(base)} -> ${write(head)}`;
}

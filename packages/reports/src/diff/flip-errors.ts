import type { Flip } from '@benchbook/model';

/** What errs in head on flips, each message once, in the order of the flips. Not made visible. */
export function flipErrors(flips: readonly Flip[]): readonly string[] {
  return [...new Set(flips.flatMap(({ errors }) => errors.head))];
}

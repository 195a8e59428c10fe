import type { Clock } from '@benchbook/model';

/** The monotonic clock of this worker, in milliseconds. */
export const browserClock: Clock = { now: () => performance.now() };

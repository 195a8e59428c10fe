import { performance } from 'node:perf_hooks';
import type { Clock } from '@benchbook/model';

/** The monotonic clock of this thread, in milliseconds with fractions. */
export const systemClock: Clock = { now: () => performance.now() };

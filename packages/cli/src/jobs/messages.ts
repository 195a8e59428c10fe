import type { JobRefusal, JobResult } from './job.ts';

/** What the worker posts while it works; ends with `done` or `failed`. */
export type JobEvent =
  | { readonly kind: 'progress'; readonly calls: number; readonly bytes: number; readonly total: number }
  /** Names the set that the heartbeat will call by its index. */
  | { readonly kind: 'set'; readonly index: number; readonly id: string }
  | { readonly kind: 'done'; readonly result: JobResult | JobRefusal }
  | { readonly kind: 'failed'; readonly message: string; readonly stack: string };

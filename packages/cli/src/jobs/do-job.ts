import { fileURLToPath } from 'node:url';
import type { PoisonedRequest } from '@benchbook/core';
import { startWorker } from '@benchbook/host/node';
import { CannotRun } from '../errors.ts';
import type { Progress } from '../progress.ts';
import type { Job, JobKind, JobRefusal, JobResult, Place } from './job.ts';
import type { JobEvent } from './messages.ts';

/** Workers that one job may use up before it is given up. */
const MAX_WORKERS = 25;
/** Megabytes by which the process may grow while one request is decided. */
const STALL_MB = 1500;

/** What a worker left behind. */
interface Attempt {
  readonly outcome?: JobResult | JobRefusal;
  /** The request at which it got stuck or died. */
  readonly lost?: PoisonedRequest;
  readonly why: string;
}

/** How workers are started; tests give a worker of their own. */
export interface JobWorker {
  readonly entry: URL;
  /** Milliseconds that one request may take; the host's default where absent. */
  readonly stallMs?: number;
}

/**
 * Does a job in a worker. A worker that gets stuck in a request is replaced: the request's set is then kept off its
 * fast lane, and if that does not help, the request counts as one that the engine cannot answer.
 */
export async function doJob<Kind extends JobKind['kind']>(
  job: Place & Extract<JobKind, { kind: Kind }>,
  progress?: Progress,
  worker: JobWorker = { entry: new URL('./worker.js', import.meta.url) },
): Promise<Extract<JobResult, { kind: Kind }>> {
  const avoidFastLane: string[] = [];
  const poisoned: PoisonedRequest[] = [];
  const assets = [fileURLToPath(new URL('./assets', import.meta.url))];
  for (let used = 0; used < MAX_WORKERS; used++) {
    const { outcome, lost, why } = await attempt(
      { ...job, avoidFastLane, poisoned, assets } as Job,
      progress,
      worker,
    );
    if (outcome) {
      progress?.end();
      if ('refused' in outcome) throw new CannotRun(outcome.refused);
      return outcome as Extract<JobResult, { kind: Kind }>;
    }
    if (!lost) throw new Error(why);
    if (avoidFastLane.includes(lost.set)) poisoned.push(lost);
    else avoidFastLane.push(lost.set);
  }
  progress?.end();
  const sets = [...new Set(poisoned.map(({ set }) => set))].join(', ');
  throw new CannotRun(`gave up: ${poisoned.length} requests to ${sets} ended the engine; see its policies`);
}

async function attempt(
  job: Job,
  progress: Progress | undefined,
  { entry, stallMs }: JobWorker,
): Promise<Attempt> {
  const sets: string[] = [];
  let outcome: JobResult | JobRefusal | undefined;
  let failure: string | undefined;
  const worker = startWorker<Job, JobEvent>(entry, {
    stallMb: STALL_MB,
    ...(stallMs !== undefined && { stallMs }),
    onEvent(event) {
      if (event.kind === 'progress')
        progress?.update(event.calls, event.total > 0 ? event.bytes / event.total : 0);
      else if (event.kind === 'set') sets[event.index] = event.id;
      else if (event.kind === 'done') outcome = event.result;
      else failure = process.env.BENCHBOOK_DEBUG ? event.stack : event.message;
    },
  });
  worker.send(job);
  const end = await worker.ended;
  if (outcome) return { outcome, why: '' };
  if (failure !== undefined) throw new CannotRun(failure);
  const descriptor = end.kind === 'finished' ? null : end.descriptor;
  const set = descriptor ? sets[descriptor.set] : undefined;
  const why = end.kind === 'crashed' ? end.message : `the worker ${end.kind}`;
  return descriptor && set !== undefined ? { lost: { set, request: descriptor.request }, why } : { why };
}

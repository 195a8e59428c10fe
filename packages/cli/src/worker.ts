/** The thread in which everything is decided: it may get stuck or die, and is then replaced. */
import type { Guard } from '@benchbook/core';
import { openWorkerPort } from '@benchbook/host/node';
import type { Job } from './jobs/job.ts';
import type { JobEvent } from './jobs/messages.ts';
import { runJob } from './jobs/run-job.ts';

const port = openWorkerPort<Job, JobEvent>();

const PROGRESS_MS = 100;

function guard(): Guard {
  const indexes = new Map<string, number>();
  return {
    enter(set, request) {
      let index = indexes.get(set);
      if (index === undefined) {
        index = indexes.size;
        indexes.set(set, index);
        port.post({ kind: 'set', index, id: set });
      }
      port.heartbeat.begin(index, request);
    },
    leave: () => port.heartbeat.end(),
  };
}

function progress(): (calls: number, bytes: number, total: number) => void {
  let last = 0;
  return (calls, bytes, total) => {
    const now = performance.now();
    if (now - last < PROGRESS_MS) return;
    last = now;
    port.post({ kind: 'progress', calls, bytes, total });
  };
}

port.onRequest(async (job) => {
  try {
    port.post({ kind: 'done', result: await runJob(job, { guard: guard(), onProgress: progress() }) });
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    port.post({ kind: 'failed', message, stack: stack ?? message });
  }
  port.close();
});

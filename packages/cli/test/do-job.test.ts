import { expect, test } from 'vitest';
import { doJob } from '../src/jobs/do-job.ts';

const stuck = { entry: new URL('./stuck-worker.mjs', import.meta.url), stallMs: 600 };
const job = (call: string) => ({ kind: 'explain' as const, root: '/nowhere', call });

test('a set that gets stuck is kept off its fast lane, and the job is done again', async () => {
  const { report } = await doJob(job('fast'), undefined, stuck);
  expect(report).toEqual({ avoidFastLane: ['loop'], poisoned: [] });
});

test('a request that gets stuck even so is given up, and the job goes on without it', async () => {
  const { report } = await doJob(job('slow'), undefined, stuck);
  expect(report).toEqual({ avoidFastLane: ['loop'], poisoned: [{ set: 'loop', request: 3 }] });
});

test('a worker that dies between requests is not tried for ever', async () => {
  const dying = { entry: new URL('./dying-worker.mjs', import.meta.url) };
  await expect(doJob(job('any'), undefined, dying)).rejects.toThrow('no such engine');
});

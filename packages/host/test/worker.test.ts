import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorker, type WorkerOptions } from '../src/node/index.ts';
import type { Order } from './workers/entry.ts';

let folder = '';
let entry: URL;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'benchbook-worker-'));
  const outfile = join(folder, 'entry.mjs');
  const source = fileURLToPath(new URL('./workers/entry.ts', import.meta.url));
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
  });
  entry = pathToFileURL(outfile);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function run(orders: readonly Order[], options: Partial<WorkerOptions<number>> = {}) {
  const events: number[] = [];
  const worker = startWorker<Order, number>(entry, {
    onEvent: (event) => events.push(event),
    stallMs: 1_000,
    ...options,
  });
  for (const order of orders) worker.send(order);
  return { worker, events };
}

const unit = { set: 3, request: 41 };

describe('a healthy worker', () => {
  test('answers in order and finishes', async () => {
    const { worker, events } = run([{ do: 'echo', value: 1 }, { do: 'echo', value: 2 }, { do: 'close' }]);
    expect(await worker.ended).toEqual({ kind: 'finished' });
    expect(events).toEqual([1, 2]);
  });

  test('may work longer than the limit in units that each keep it', async () => {
    const { worker, events } = run([{ do: 'slow', units: 6, ms: 400 }, { do: 'close' }], { stallMs: 1_200 });
    expect(await worker.ended).toEqual({ kind: 'finished' });
    expect(events).toEqual([6]);
  });

  test('that is idle is left alone until it is stopped', async () => {
    const { worker, events } = run([{ do: 'echo', value: 1 }], { stallMs: 300 });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    worker.send({ do: 'echo', value: 2 });
    await expect.poll(() => events, { timeout: 5_000 }).toEqual([1, 2]);
    await worker.stop();
    expect(await worker.ended).toEqual({ kind: 'finished' });
  });

  test('is stopped in the middle of an endless loop', async () => {
    const { worker, events } = run([{ do: 'loop' }], { stallMs: 60_000 });
    await expect.poll(() => events, { timeout: 5_000 }).toEqual([1]);
    await worker.stop();
    expect(await worker.ended).toEqual({ kind: 'finished' });
  });
});

describe('a stuck worker', () => {
  test('in a loop is ended and named by what it was at; what it posted before counts', async () => {
    const { worker, events } = run([{ do: 'loop' }]);
    expect(await worker.ended).toEqual({ kind: 'stalled', cause: 'time', descriptor: unit });
    expect(events).toEqual([1]);
  });

  test('in compiled WebAssembly is ended likewise', async () => {
    const { worker } = run([{ do: 'loop-wasm' }]);
    expect(await worker.ended).toEqual({ kind: 'stalled', cause: 'time', descriptor: unit });
  });

  test('outside any unit is ended where its loop must turn, and left alone where it need not', async () => {
    const bounded = run([{ do: 'block', ms: 60_000 }], { blockedMs: 1_000 });
    expect(await bounded.worker.ended).toEqual({ kind: 'stalled', cause: 'time', descriptor: null });
    const free = run([{ do: 'block', ms: 2_000 }, { do: 'echo', value: 5 }, { do: 'close' }]);
    expect(await free.worker.ended).toEqual({ kind: 'finished' });
    expect(free.events).toEqual([5]);
  });

  test('that is only idle turns its loop', async () => {
    const { worker, events } = run([{ do: 'echo', value: 1 }], { blockedMs: 600 });
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    worker.send({ do: 'echo', value: 2 });
    await expect.poll(() => events, { timeout: 5_000 }).toEqual([1, 2]);
    await worker.stop();
  });

  test('that eats WebAssembly memory is ended before its time', async () => {
    const { worker } = run([{ do: 'grow' }], { stallMs: 60_000, stallMb: 128 });
    expect(await worker.ended).toEqual({ kind: 'stalled', cause: 'memory', descriptor: unit });
  });
});

describe('a crashed worker', () => {
  const crashed = (message: string) => ({ kind: 'crashed', message, descriptor: unit });

  test.each([
    ['throws outside a request', { do: 'throw' }, 'out of band'],
    ['rejects a request', { do: 'reject' }, 'in hand'],
    ['exits with a code', { do: 'exit' }, 'the worker ended with code 7'],
    ['leaves in the middle of a unit', { do: 'leave' }, 'the worker ended with code 0'],
  ] as const)('%s', async (_name, order, message) => {
    expect(await run([order]).worker.ended).toEqual(crashed(message));
  });

  test('runs out of heap', async () => {
    const { worker } = run([{ do: 'hoard' }], {
      stallMs: 60_000,
      resourceLimits: { maxOldGenerationSizeMb: 32 },
    });
    expect(await worker.ended).toEqual(crashed('the worker ran out of memory'));
  });

  test('has no entry', async () => {
    const worker = startWorker(pathToFileURL(join(folder, 'missing.mjs')), { onEvent: () => {} });
    const end = await worker.ended;
    expect(end.kind === 'crashed' && end.descriptor).toBe(null);
  });
});

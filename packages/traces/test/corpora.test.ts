import { createReadStream, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ByteSource } from '@benchbook/model';
import { describe, expect, test } from 'vitest';
import { readAll } from './support.ts';

/** Recordings of real agents, kept outside this repository. */
const corpora = process.env.BENCHBOOK_CORPORA;
if (!corpora) console.warn('BENCHBOOK_CORPORA is unset: the corpora of recorded agents are not read');

function file(name: string): ByteSource {
  const path = join(corpora!, name);
  return { path: name, size: statSync(path).size, open: () => createReadStream(path) };
}

describe.skipIf(!corpora)('corpora (BENCHBOOK_CORPORA)', () => {
  test.each([
    ['agentdojo-dev.jsonl', 3060, 600],
    ['tau-bench-airline-dev.jsonl', 358, 52],
    ['openagentsafety-dev.jsonl', 1529, 180],
  ])('%s: %i calls in %i sessions', async (name, calls, sessions) => {
    const read = await readAll(file(name));
    expect(read.format).toBe('native');
    expect(read.problems).toEqual([]);
    expect(read.calls.length).toBe(calls);
    expect(new Set(read.calls.map(({ session }) => session)).size).toBe(sessions);
    expect(read.bytes).toBe(file(name).size);
    expect(await readAll(file(name))).toEqual(read);
  });
});
void readdirSync;

import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Facts, JsonObject, PolicySet } from '@benchbook/model';
import { describe, expect, test } from 'vitest';
import { rebuiltState } from './rebuilt.ts';
import { load } from './support.ts';

const samples = new URL('../../../samples/', import.meta.url);

function policiesOf(sample: string): Record<string, string> {
  const folder = new URL(`${sample}/policies/`, samples);
  const names = readdirSync(folder).filter((name) => /\.cedar(schema)?$/.test(name));
  return Object.fromEntries(names.map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]));
}

/** The native recordings of a sample as facts; the session is told by its number of calls alone. */
function factsOf(sample: string): Facts[] {
  const folder = new URL(`${sample}/traces/`, samples);
  const counts = new Map<string, number>();
  return readdirSync(folder)
    .filter((name) => /\.jsonl(\.gz)?$/.test(name) && !name.includes('otlp'))
    .sort()
    .flatMap((name) => {
      const bytes = readFileSync(new URL(name, folder));
      const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
      return text
        .split('\n')
        .filter((line) => line.startsWith('{"v":1'))
        .map((line): Facts => {
          const call = JSON.parse(line) as Omit<Facts, 'session'> & { readonly session: string };
          const calls = counts.get(call.session) ?? 0;
          counts.set(call.session, calls + 1);
          return { ...call, session: { calls, tools: [] } as JsonObject };
        });
    });
}

const agents = [{ id: 'desk-assistant', attributes: { mayRefund: true } }];

async function openSample(sample: string): Promise<PolicySet> {
  return (await load(policiesOf(sample), { agents })).set;
}

describe.each([
  ['support-desk', 127],
  ['treasury', 73],
])('%s', (sample, recorded) => {
  test('decisions are the same with and without covers, and covers agree with them', async () => {
    const facts = factsOf(sample);
    const bare = await openSample(sample);
    const seen = await openSample(sample);
    const bareRequests = bare.prepare(facts);
    const requests = seen.prepare(facts);
    expect(facts).toHaveLength(recorded);
    for (let row = 0; row < facts.length; row++) {
      const expected = bare.decide(bareRequests, row);
      const before = seen.cover(requests, row);
      expect(seen.decide(requests, row)).toEqual(expected);
      expect(seen.cover(requests, row)).toEqual(before);
      expect(seen.decide(requests, row)).toEqual(expected);
      expect(seen.policies.map((_, policy) => rebuiltState(seen, before, policy))).toEqual(
        bare.observe(bareRequests, row).states,
      );
    }
  });
});

test('a cover of 3,000 requests costs about what their decisions cost', async () => {
  const set = await openSample('support-desk');
  const recorded = factsOf('support-desk');
  const facts = Array.from({ length: 3000 }, (_, index) => {
    const one = recorded[index % recorded.length]!;
    return { ...one, args: { ...one.args, note: `n${index}` } };
  });
  const decided = time(() => {
    const requests = set.prepare(facts);
    for (let row = 0; row < facts.length; row++) set.decide(requests, row);
  });
  const requests = set.prepare(facts);
  const covered = time(() => {
    for (let row = 0; row < facts.length; row++) set.cover(requests, row);
  });
  // "About": a busy machine may be twice as slow at one of them.
  expect(covered / decided).toBeLessThan(3);
});

/** The quickest of three runs, in milliseconds. */
function time(run: () => void): number {
  const runs = Array.from({ length: 3 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...runs);
}

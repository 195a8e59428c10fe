/** Trails that someone made up: told as broken, never an exception, never without bound. */
import { createHash } from 'node:crypto';
import { verifyTrail } from '@benchbook/governance';
import { canonicalJson } from '@benchbook/model';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf, entry, ring, verify } from './fixtures.ts';

/** A line with a right hash over any entry. */
function sealed(body: string): string {
  const hash = createHash('sha256')
    .update(`{"entry":${body},"prev":"${'0'.repeat(64)}","seq":1}`)
    .digest('hex');
  return `{"entry":${body},"hash":"${hash}","prev":"${'0'.repeat(64)}","seq":1}`;
}

test.each([
  [
    'nested without end',
    `{"facts":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)},"kind":"opened","ts":""}`,
  ],
  ['with an action that is a text', canonicalJson({ ...entry(0), action: 'pay' } as never)],
  ['whose policies are no list', canonicalJson({ ...entry(0), determining: 3 } as never)],
  ['of no kind that there is', canonicalJson({ ...entry(0), kind: 'constructor' } as never)],
  ['with `__proto__`', '{"__proto__":{"kind":"opened"},"ts":"x"}'],
  ['that keeps itself for a word', canonicalJson({ kind: 'opened', retentionMonths: 'long', ts: '' })],
])('a record %s', async (_, body) => {
  const report = await verify(bytesOf([sealed(body)]), null);
  expect([report.state, report.problems.map(({ record, kind }) => `${record} ${kind}`)]).toEqual([
    'broken',
    ['1 changed'],
  ]);
});

test('a line without end is not gathered', async () => {
  const chunk = new Uint8Array(1 << 20).fill(120);
  let sent = 0;
  let most = 0;
  async function* endless() {
    for (; sent < 300; sent++) {
      most = Math.max(most, process.memoryUsage().arrayBuffers);
      yield chunk;
    }
  }
  const before = process.memoryUsage().arrayBuffers;
  const report = await verifyTrail({
    file: 'x',
    trail: endless(),
    heads: null,
    keys: ring,
    requiredMonths: 6,
  });
  expect([report.records, report.problems.map(({ kind }) => kind)]).toEqual([0, ['torn']]);
  expect(most - before).toBeLessThan(50 << 20);
});

test('of many problems the first are kept, the rest is counted', async () => {
  const report = await verify(bytesOf(Array<string>(5000).fill('{}')), bytesOf(['[]', '{}']));
  expect([report.records, report.problems.length, report.problemsLeftOut]).toEqual([5000, 200, 4802]);
});

test('no bytes make it throw', async () => {
  const line = fc.oneof(
    fc.string(),
    fc.json(),
    fc.jsonValue().map((value) => sealed(canonicalJson(value as never))),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.array(line), fc.uint8Array(), async (trail, heads, rest) => {
      const bytes = new Uint8Array(Buffer.concat([bytesOf(trail), rest]));
      const report = await verify(bytes, bytesOf(heads));
      expect(report.state).not.toBe('intact');
    }),
  );
});

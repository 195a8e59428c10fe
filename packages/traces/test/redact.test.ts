import type { Call } from '@benchbook/model';
import { redact, surveyNumbers } from '@benchbook/traces';
import { expect, test } from 'vitest';
import { readLines } from './support.ts';

const secret = 'Emma Johnson';
const call = {
  session: 's',
  seq: 0,
  agent: { id: 'bot' },
  user: { id: secret, roles: ['support'], email: 'e@x' },
  tool: { name: 'send', server: 'mail', op: 'write' },
  args: {
    to: secret,
    n: 4,
    big: 1,
    ok: true,
    none: null,
    empty: '',
    list: ['short', secret, { deep: 'x'.repeat(65) }],
  },
  context: { cwd: '/home/emma', depth: 2 },
  input: { args: { to: secret } },
  result: { status: 'ok', content: { text: 'y'.repeat(2_000) } },
  approval: { state: 'granted', by: 'bob' },
  recorded: { outcome: 'allow', policies: ['p1'], reason: 'because of Emma' },
  labels: { kind: 'benign' },
  missing: ['ts', 'durationMs'],
};

async function read(): Promise<Call> {
  return (await readLines(call)).calls[0]!;
}

test('texts go, structure and names stay, equal texts stay equal', async () => {
  const redacted = redact(await read(), 'salt');
  const id = redacted.user!.id;
  expect(id).toMatch(/^redacted-m-[0-9a-f]{16}$/);
  const args = redacted.args as { list: unknown[] };
  expect(args).toEqual({
    to: id,
    n: 4,
    big: 1,
    ok: true,
    none: null,
    empty: '',
    list: [expect.stringMatching(/^redacted-s-/), id, { deep: expect.stringMatching(/^redacted-l-/) }],
  });
  expect(redacted.input).toEqual({ args: { to: id } });
  expect(redacted.user).toEqual({ id, roles: ['support'], email: expect.stringMatching(/^redacted-s-/) });
  expect(redacted.context).toEqual({ cwd: expect.stringMatching(/^redacted-m-/), depth: 2 });
  expect(redacted.result).toEqual({ status: 'ok', content: { text: expect.stringMatching(/^redacted-x-/) } });
  expect(redacted.approval).toEqual({ state: 'granted', by: expect.stringMatching(/^redacted-s-/) });
  expect(redacted.recorded).toEqual({
    outcome: 'allow',
    policies: ['p1'],
    reason: expect.stringMatching(/^redacted-m-/),
  });
  const original = await read();
  for (const field of ['id', 'session', 'seq', 'agent', 'tool', 'labels', 'missing', 'src'] as const)
    expect(redacted[field]).toEqual(original[field]);
  expect(Object.keys(redacted)).toEqual(Object.keys(original));
});

test('the salt decides: another run, other placeholders', async () => {
  const original = await read();
  expect(redact(original, 'a')).toEqual(redact(original, 'a'));
  expect(redact(original, 'a').user!.id).not.toBe(redact(original, 'b').user!.id);
});

test('arguments that were no object leave nothing behind', async () => {
  const [raw] = (await readLines({ ...call, args: 'my password', argsRaw: 'my password' })).calls;
  expect(raw!.argsRaw).toBe('my password');
  const redacted = redact(raw!, 'salt');
  expect(redacted.args).toBeNull();
  expect('argsRaw' in redacted).toBe(false);
});

test('numbers are surveyed by tool and path', async () => {
  const survey = surveyNumbers();
  const of = (name: string, args: unknown) => ({ tool: { name }, args, session: 's' });
  const { calls } = await readLines(
    of('pay', { amount: 4, items: [{ price: 1 }, { price: 0.5 }], 'a/b': 1, text: '1.5' }),
    of('pay', { amount: 4.5, items: [] }),
    of('pay', { amount: 5 }),
    of('list', { amount: 4, big: 1 }),
    of('none', null),
  );
  for (const each of calls) survey.add(each);
  expect(survey.result()).toEqual([
    { tool: 'list', path: '/args/amount', type: 'long' },
    { tool: 'list', path: '/args/big', type: 'long' },
    { tool: 'pay', path: '/args/amount', type: 'decimal' },
    { tool: 'pay', path: '/args/a~1b', type: 'long' },
    { tool: 'pay', path: '/args/items/-/price', type: 'decimal' },
  ]);
});

test('the survey is bounded', async () => {
  const survey = surveyNumbers();
  const args = Object.fromEntries(Array.from({ length: 10_005 }, (_, i) => [`k${i}`, i]));
  for (const each of (await readLines({ session: 's', tool: { name: 't' }, args })).calls) survey.add(each);
  expect(survey.result().length).toBe(10_000);
});

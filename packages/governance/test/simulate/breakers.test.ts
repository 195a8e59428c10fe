import type { Call } from '@benchbook/model';
import { describe, expect, test } from 'vitest';
import { parseBreaker, parseResets, readState, type SimulationOptions, writeState } from '../../src/index.ts';
import { at, card, codes, order, run } from './support.ts';

/** 200 orders in an hour, each under every limit of the policies. */
const run200: readonly Call[] = Array.from({ length: 200 }, (_, n) => order(n * 18, 400, { seq: n }));

const breakers = (count: string) =>
  card('high', `{ approvers: [ann], breakers: [{ id: orders, ${count}, per: agent, windowMinutes: 60 }] }`);

describe('200 orders in an hour, each under the limit', () => {
  test('trip the breaker that counts them at the first one above its limit', async () => {
    const files = { 'agents/bot.yaml': breakers('count: calls, tools: [create_*], limit: 100') };
    const { report } = await run({ files, calls: run200 });
    expect(report.breakers).toEqual([
      {
        rule: 'bot/orders',
        key: 'bot',
        trippedAt: at(100 * 18),
        call: 's#100',
        count: 101,
        limit: 100,
        blocked: 100,
        reset: null,
      },
    ]);
    expect(report.summary).toMatchObject({ calls: 200, permitted: 100, blocked: 100, blockedByBreaker: 100 });
    expect(report.incidents.map(({ key, severity }) => [key, severity])).toEqual([
      ['breaker:bot/orders:bot', 'critical'],
    ]);
    expect(codes(report)).toEqual([]);
  });

  test('trip the breaker that sums them', async () => {
    const files = { 'agents/bot.yaml': breakers('count: sum, pointer: /args/amount, limit: 50000') };
    const { report } = await run({ files, calls: run200 });
    // 125 orders of 400 make 50,000; the next one would make 50,400.
    expect(report.breakers.map(({ call, count, blocked }) => [call, count, blocked])).toEqual([
      ['s#125', 50_400, 75],
    ]);
  });

  test('trip nothing where the window slides past them in time', async () => {
    const files = { 'agents/bot.yaml': breakers('count: calls, limit: 200') };
    const { report } = await run({ files, calls: run200 });
    expect([report.breakers, report.summary.blocked]).toEqual([[], 0]);
    const slow = run200.map((one, n) => ({ ...one, ts: at(n * 60) }));
    const narrow = { 'agents/bot.yaml': breakers('count: calls, limit: 60') };
    // In any hour that ends now there are 60 of them: the one of an hour ago has left.
    expect((await run({ files: narrow, calls: slow })).report.breakers).toEqual([]);
  });
});

test('violations are what the policies deny, whatever the tool', async () => {
  const calls = [5000, 5000, 10, 5000, 10].map((amount, n) => order(n, amount, { seq: n }));
  const files = { 'agents/bot.yaml': breakers('count: violations, limit: 2') };
  const { report } = await run({ files, calls });
  expect(report.breakers.map(({ call, count, blocked }) => [call, count, blocked])).toEqual([['s#3', 3, 1]]);
  expect(report.summary).toMatchObject({ permitted: 1, blocked: 4, blockedByBreaker: 1 });
});

test('a breaker per user stops one user alone, one of the command line any agent', async () => {
  const calls = ['ann', 'bob', 'ann', 'ann', 'bob'].map((id, n) =>
    order(n, 10, { seq: n, user: { id }, agent: { id: n % 2 === 0 ? 'bot' : 'other' } }),
  );
  const rule = parseBreaker('id=each,count=calls,per=user,limit=2,window=10m');
  const { report } = await run({ calls, options: { breakers: [rule as never] } });
  expect(report.breakers.map(({ rule, key, call }) => [rule, key, call])).toEqual([['each', 'ann', 's#3']]);
});

test('an amount that is no number counts as nothing, and is told', async () => {
  const calls = ['ten', -5, '60', 60].map((amount, n) => order(n, 0, { seq: n, args: { amount } }));
  const rule = parseBreaker('id=sum,count=sum,pointer=/args/amount,limit=119.5');
  // A text makes the comparison of the policy err; sums take the digits in it.
  const { report } = await run({ calls, options: { breakers: [rule as never] } });
  expect(report.breakers.map(({ call, count }) => [call, count])).toEqual([['s#3', 120]]);
  expect(report.findings.find(({ code }) => code === 'breaker-without-number')?.message).toBe(
    'breaker sum: 1 call had no number at /args/amount and counted as nothing',
  );
});

describe('a tripped breaker', () => {
  const calls = Array.from({ length: 10 }, (_, n) => order(n * 60, 10, { seq: n }));
  const files = { 'agents/bot.yaml': breakers('count: calls, limit: 3') };
  const resets = (by: string, minute: number): NonNullable<SimulationOptions['resets']> =>
    parseResets(
      JSON.stringify({ at: at(minute * 60), rule: 'orders', key: 'bot', by, reason: 'seen to' }),
    ) as never;

  test('blocks until a person resets it, and counts anew from there', async () => {
    const { report } = await run({ files, calls, options: { resets: resets('ann', 6) } });
    // Three go through, then at minutes 3, 4 and 5 none; after the reset three more, and it trips again.
    expect(report.breakers.map(({ call, blocked, reset }) => [call, blocked, reset])).toEqual([
      ['s#3', 3, { at: at(360), by: 'ann', reason: 'seen to' }],
      ['s#9', 1, null],
    ]);
    expect(
      report.events.map(({ ts, kind }) => [ts, kind]).filter(([, kind]) => kind === 'breaker-reset'),
    ).toEqual([[at(360), 'breaker-reset']]);
    expect(report.incidents.map(({ count, first, last }) => [count, first, last])).toEqual([
      [2, at(180), at(540)],
    ]);
    expect(codes(report)).toEqual([]);
  });

  test('is not reset by somebody whom the card does not name', async () => {
    const { report } = await run({ files, calls, options: { resets: resets('eve', 6) } });
    expect(report.breakers.map(({ blocked, reset }) => [blocked, reset])).toEqual([[7, null]]);
    expect(codes(report)).toEqual(['reset-refused error']);
  });

  test('cannot be reset before it trips', async () => {
    const { report } = await run({ files, calls, options: { resets: resets('ann', 1) } });
    expect(codes(report)).toEqual(['reset-without-trip warning']);
    expect(report.summary.blockedByBreaker).toBe(7);
  });

  test('stays tripped in the next run, and the record of it survives being written', async () => {
    const first = await run({ files, calls });
    const before = readState(writeState(first.after));
    expect(before).toEqual(first.after);
    const next = Array.from({ length: 4 }, (_, n) => order(86_400 + n * 60, 10, { seq: n }));
    const second = await run({ files, calls: next, options: { before: before as never } });
    expect(second.report.summary).toMatchObject({ calls: 4, blockedByBreaker: 4 });
    const reset = resets('ann', 1_442);
    const third = await run({ files, calls: next, options: { before: before as never, resets: reset } });
    expect(third.report.summary).toMatchObject({ calls: 4, permitted: 2, blockedByBreaker: 2 });
    expect(third.after.tripped).toEqual([]);
  });

  test('takes its window along from run to run', async () => {
    const { after } = await run({ files, calls: calls.slice(0, 3) });
    const { report } = await run({ files, calls: calls.slice(3, 4), options: { before: after } });
    expect(report.breakers.map(({ call }) => call)).toEqual(['s#3']);
  });
});

describe('what cannot be read is told, never guessed', () => {
  test.each([
    [
      '',
      "'' is no part of a breaker; write id=orders,count=calls,tools=create_order,per=agent,limit=100,window=1h",
    ],
    ['limit=5,size=3', "a breaker has no 'size'; it has id, count, tools, per, limit, window, pointer"],
    [
      'count=calls',
      'a breaker needs a limit; write id=orders,count=calls,tools=create_order,per=agent,limit=100,window=1h',
    ],
    ['limit=5,count=all', 'a breaker counts violations, calls, sum'],
    ['limit=5,window=soon', "a breaker's window is a time such as 10m or 1h"],
    ['limit=5,count=sum', 'a breaker that sums needs pointer=/args/NAME'],
  ])('breaker %j', (text, error) => {
    expect(parseBreaker(text)).toEqual({ error });
  });

  test.each([
    ['{"at":', 'line 1 is no JSON'],
    [
      '- { at: 2026-05-01T10:00:00Z, rule: r, key: k, by: ann }',
      'reset 1: needs at, rule, key, by and reason, each a text',
    ],
    [
      '- { at: yesterday, rule: r, key: k, by: ann, reason: x }',
      'reset 1: `at` must be a time with a zone, such as 2026-05-01T10:00:00Z',
    ],
    ['rule: r', 'must be a list of resets'],
  ])('resets %j', (text, error) => {
    expect(parseResets(text)).toEqual({ error });
  });

  test.each([
    ['[]', 'it is no state of a simulation (`schema: benchbook.simulate-state/v1`)'],
    [
      '{"schema":"benchbook.simulate-state/v1","tripped":[{"rule":"r","key":"k"}]}',
      'a breaker in it has no time or no count',
    ],
    ['{', 'it is no JSON'],
  ])('state %j', (text, error) => {
    expect(readState(text)).toEqual({ error });
  });
});

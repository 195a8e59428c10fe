import { replay } from '@benchbook/core';
import type { Call, EnforcedCall } from '@benchbook/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLatency, parseOutage, parseSamples } from '../../src/index.ts';
import { latencyAt } from '../../src/simulate/latency.ts';
import { at, card, codes, order, prepare, run, START } from './support.ts';

const minutes = (count: number): Call[] =>
  Array.from({ length: count }, (_, n) => order(n * 60, 10, { seq: n }));
const low = { 'agents/bot.yaml': card('low') };

describe('an outage', () => {
  test('is the middle third of the recorded time', async () => {
    const { report } = await run({ files: low, calls: minutes(10), options: { state: 'crashing' } });
    expect(report.outages).toEqual([{ from: at(180), to: at(360), calls: 3, unvalidated: 3, blocked: 0 }]);
    expect(report.events.map(({ ts, kind, call }) => [ts, kind, call])).toEqual([
      [at(180), 'outage-begins', null],
      [at(180), 'passed-unvalidated', 's#3'],
      [at(240), 'passed-unvalidated', 's#4'],
      [at(300), 'passed-unvalidated', 's#5'],
      [at(360), 'outage-ends', null],
    ]);
    expect(codes(report)).toEqual(['passed-unvalidated warning']);
  });

  test('is the middle third of the calls where that time has none', async () => {
    const calls = [0, 1, 2, 1_000_000, 1_000_001, 1_000_002].map((s, n) => order(s, 10, { seq: n }));
    const { report } = await run({ files: low, calls, options: { state: 'crashing' } });
    expect(report.outages.map(({ from, calls }) => [from, calls])).toEqual([[at(2), 2]]);
  });

  test('begins and ends when it is told to, and joins another', async () => {
    const outages = ['2m@+1m', '1m@+3m', `${at(480)}..${at(481)}`, '5m@+2h'].map(
      (text) => parseOutage(text) as never,
    );
    const { report } = await run({ files: low, calls: minutes(10), options: { state: 'erroring', outages } });
    expect(report.outages.map(({ from, to, calls }) => [from, to, calls])).toEqual([
      [at(60), at(240), 3],
      [at(480), at(481), 1],
      [at(7_200), at(7_500), 0],
    ]);
    expect(codes(report)).toEqual(['outage-without-calls warning', 'passed-unvalidated warning']);
  });

  test('tells how many of the calls that passed the policies do not allow', async () => {
    const calls = [10, 10, 5_000, 700, 10, 10].map((amount, n) => order(n * 60, amount, { seq: n }));
    const options = { state: 'timing-out', failMode: 'open' } as const;
    const { report } = await run({ files: { 'agents/bot.yaml': card('high') }, calls, options });
    expect(report.findings.map(({ severity, message }) => [severity, message])).toEqual([
      [
        'error',
        'bot (high): 2 calls passed unvalidated, of them 2 that the policies do not allow; let it fail closed',
      ],
      ['warning', 'bot: `--fail-mode` lets it fail open, but its tier (high) fails closed'],
    ]);
  });
});

describe('the virtual clock', () => {
  test('merges sessions by time, and steps a second where there is none', async () => {
    const calls = [
      order(10, 10, { session: 'a', seq: 0 }),
      order(30, 10, { session: 'a', seq: 1 }),
      order(20, 10, { session: 'b', seq: 0 }),
      order(0, 10, { session: 'b', seq: 1, ts: undefined as never }),
      order(0, 10, { session: 'c', seq: 0, ts: undefined as never }),
    ].map((one) => ({ ...one, id: `${one.session}${one.seq}` }));
    const seen: string[][] = [];
    const { report } = await run({
      files: low,
      calls,
      hooks: { onEnforced: ({ call, ts }) => void seen.push([call, ts]) },
    });
    expect(seen).toEqual([
      ['a0', at(10)],
      ['b0', at(20)],
      ['b1', at(21)],
      ['c0', at(22)],
      ['a1', at(30)],
    ]);
    expect(codes(report)).toEqual(['calls-without-time info']);
  });
});

describe('a latency', () => {
  test('is linear between percentiles, and stays above the last', () => {
    const parsed = parseLatency('p50=100ms,p99=1s,p95=400ms') as never;
    const at = [0, 0.25, 0.5, 0.725, 0.95, 0.99, 1].map((share) => latencyAt(parsed, share));
    expect(at.map((ms) => Math.round(ms))).toEqual([0, 50, 100, 250, 400, 1_000, 1_000]);
    expect([0, 1].map((share) => latencyAt(parseLatency('min=5ms,max=9ms') as never, share))).toEqual([5, 9]);
  });

  test('of samples is one of them', () => {
    const parsed = parseSamples('[3, 1\n 2]') as never;
    expect([0, 0.34, 0.99, 1].map((share) => latencyAt(parsed, share))).toEqual([3, 1, 2, 2]);
  });

  test('is the same for the same seed', async () => {
    const draw = async (seed: number) => {
      const seen: number[] = [];
      const options = { state: 'slow', seed, outages: [parseOutage('1d@+0s') as never] } as const;
      const hooks = { onEnforced: ({ latencyMs }: EnforcedCall) => void seen.push(latencyMs) };
      await run({ files: low, calls: minutes(20), options, hooks });
      return seen;
    };
    const [one, same, other] = [await draw(1), await draw(1), await draw(2)];
    expect(same).toEqual(one);
    expect(other).not.toEqual(one);
    expect(new Set(one).size).toBe(20);
  });

  test.each([
    [parseLatency('p50=5'), "'p50=5' is no percentile; write p50=5ms,p95=40ms"],
    [parseLatency('p50=5ms,p95=4ms'), 'percentiles of a latency must stand once each and must not fall'],
    [parseSamples('1 -2'), "'-2' is no number of milliseconds"],
    [parseSamples(''), 'there is no sample in it; write one number of milliseconds a line'],
    [
      parseOutage('now'),
      "'now' is no outage; write FROM..TO with times such as 2026-05-01T10:00:00Z, or 10m@+1h",
    ],
    [
      parseOutage('2026-05-01T10:00:00..2026-05-01T11:00:00'),
      "'2026-05-01T10:00:00..2026-05-01T11:00:00' is no outage; write FROM..TO with times such as 2026-05-01T10:00:00Z, or 10m@+1h",
    ],
  ])('or an outage that is none is told: %j', (read, error) => {
    expect(read).toEqual({ error });
  });
});

test('with the PDP up and no breaker the PEP does what the policies decide, as a replay says', async () => {
  const anyCall = fc.record({
    amount: fc.constantFrom<unknown>(0, 500, 501, 1_000, 1_001, 'many'),
    tool: fc.constantFrom('create_order', 'look'),
    session: fc.constantFrom('a', 'b'),
    seconds: fc.nat(10_000),
    agent: fc.constantFrom('bot', 'nobody'),
  });
  const tiers = fc.constantFrom('low', 'medium', 'high', 'critical');
  await fc.assert(
    fc.asyncProperty(fc.array(anyCall, { minLength: 1, maxLength: 30 }), tiers, async (parts, tier) => {
      const calls = parts.map(({ amount, agent, seconds, ...rest }, n) =>
        order(seconds, 0, { ...rest, id: `c${n}`, seq: n, args: { amount } as never, agent: { id: agent } }),
      );
      const seen = new Map<string, EnforcedCall>();
      const world = { files: { 'agents/bot.yaml': card(tier) }, calls };
      const { report } = await run({
        ...world,
        hooks: { onEnforced: (enforced) => void seen.set(enforced.call, enforced) },
      });
      const { prepared, recordings } = await prepare(world);
      const replayed = (await replay(prepared, recordings, { decisions: true, coverage: false })).report;
      for (const { call, outcome, basis, determining } of replayed.decisions!) {
        const enforced = seen.get(call)!;
        expect([enforced.decision, enforced.basis, enforced.determining]).toEqual([
          outcome,
          basis,
          determining,
        ]);
        if (outcome === 'allow' || outcome === 'deny')
          expect([enforced.action, enforced.by]).toEqual([
            outcome === 'allow' ? 'permitted' : 'blocked',
            'policy',
          ]);
      }
      const { permitted, blocked, calls: count, blockedByBreaker, blockedByFailMode } = report.summary;
      expect([permitted + blocked, blockedByBreaker, blockedByFailMode]).toEqual([count, 0, 0]);
      expect(seen.size).toBe(calls.length);
      expect(report.summary.reviews.requested).toBe(replayed.summary.outcomes.escalate);
    }),
    { numRuns: 40 },
  );
});

test('the same input gives the same report, and what is left out of a long time line is counted', async () => {
  const calls = Array.from({ length: 2_500 }, (_, n) => order(n, 10, { seq: n }));
  const world = {
    files: low,
    calls,
    options: { state: 'crashing', outages: [parseOutage('1h@+0s') as never] },
  } as const;
  const [one, same] = [await run(world), await run(world)];
  expect(JSON.stringify(same)).toBe(JSON.stringify(one));
  const { events, eventsLeftOut } = one.report;
  expect([events.length, eventsLeftOut]).toEqual([1_000, 1_502]);
  expect([events[0]!.kind, events.at(-1)!.kind]).toEqual(['outage-begins', 'outage-ends']);
  expect(START).toBe(Date.parse(events[0]!.ts));
});

import type { Call, DiffLatency, PolicySet, PreparedRequests } from '@benchbook/model';
import { openSession, type PdpDecision, sessionNeeds } from '@benchbook/pdp';
import { call, tableSet } from '@benchbook/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLatencyComparer, type LatencyComparerOptions } from '../src/latency/compare/comparer.ts';
import { seededRandom } from '../src/latency/compare/random.ts';

/** A clock that moves by what sets cost, and keeps who was asked when. */
function workClock() {
  const asked: string[] = [];
  let time = 0;
  return {
    asked,
    now: () => time,
    work(who: string, cost: number) {
      time += cost;
      asked.push(who);
    },
  };
}

type WorkClock = ReturnType<typeof workClock>;
/** Milliseconds that a decision on a call with this `args.n` takes. */
type Cost = (n: number, time: number) => number;

function costlySet(id: string, version: string, clock: WorkClock, cost: Cost, names = ['a']): PolicySet {
  const numbers = new WeakMap<PreparedRequests, number>();
  const inner = tableSet(
    id,
    names.map((name) => ({ name, outcome: 'allow', when: () => true })),
  );
  return {
    ...inner,
    prepare(facts) {
      const prepared = inner.prepare(facts);
      numbers.set(prepared, Number(facts[0]!.args?.n));
      return prepared;
    },
    decide(prepared, row) {
      const n = numbers.get(prepared)!;
      clock.work(`${version}:${n}`, cost(n, clock.now()));
      return inner.decide(prepared, row);
    },
  };
}

const session = openSession(sessionNeeds([]));

function decided(
  sets: readonly PolicySet[],
  serial: number,
  errors: PdpDecision['errors'] = [],
): PdpDecision {
  const answer = { decision: {} as never, alternatives: [], missing: [] } as never;
  return {
    outcome: 'allow',
    basis: 'determined',
    determining: [],
    reasons: [],
    obligations: [],
    errors,
    missing: [],
    answers: sets.map((set) => ({ set, answer })),
    serial,
    remembered: true,
  };
}

interface Recorded {
  readonly n: number;
  readonly session: number;
}

interface Costs {
  readonly base: Cost;
  readonly head: Cost;
}

function compare(
  calls: readonly Recorded[],
  costs: Costs,
  options: LatencyComparerOptions = {},
  clock = workClock(),
): DiffLatency {
  const base = [costlySet('s', 'base', clock, costs.base)];
  const head = [costlySet('s', 'head', clock, costs.head)];
  const comparer = createLatencyComparer({ maxTime: 1e9, repeats: 5, ...options });
  calls.forEach(({ n, session: number }, i) => {
    comparer.add(callOf(n, i), session, decided(base, n), decided(head, n), number);
  });
  return comparer.measure(clock, seededRandom(7))!;
}

function callOf(n: number, i = n): Call {
  return call({ id: `c${i}`, tool: 'pay', args: { n } });
}

/** Calls that each cost another time, two to a session. */
const spread = (count: number): Recorded[] =>
  Array.from({ length: count }, (_, n) => ({ n, session: n >> 1 }));

describe('verdict', () => {
  test('A against A: the same time, exactly', () => {
    const { p99, policies, calls } = compare(spread(300), { base: (n) => 1 + n, head: (n) => 1 + n });
    expect(p99).toEqual({ base: 297, head: 297, ratio: 1, interval: [1, 1], verdict: 'unchanged' });
    expect([policies, calls]).toEqual([[], []]);
  });

  test('a slower head is a regression, with what carries it', () => {
    const told = compare(
      spread(300),
      { base: (n) => 1 + n, head: (n) => (n >= 280 ? 1.5 * (1 + n) : 1 + n) },
      { differs: (policy) => policy === 's#a' },
    );
    expect(told).toMatchObject({ n: 300, sessions: 150, repeats: 5, p50: { base: 150, head: 150 } });
    expect(told.p99).toEqual({
      base: 297,
      head: 445.5,
      ratio: 1.5,
      interval: [1.5, 1.5],
      verdict: 'regression',
    });
    expect(told.policies).toEqual([{ policy: 's#a', share: 1 }]);
    expect(told.calls.map(({ call: id }) => id)).toEqual(Array.from({ length: 10 }, (_, i) => `c${299 - i}`));
    expect(told.calls[0]).toEqual({ call: 'c299', tool: 'pay', base: 300, head: 450 });
  });

  test('half the time is an improvement, and calls that were saved most come first', () => {
    const { p99, calls } = compare(spread(300), { base: (n) => 2 + 2 * n, head: (n) => 1 + n });
    expect(p99).toMatchObject({ ratio: 0.5, interval: [0.5, 0.5], verdict: 'improvement' });
    expect(calls[0]).toEqual({ call: 'c299', tool: 'pay', base: 600, head: 300 });
  });

  test('noise of measuring leaves it open, and it says how many repeats', () => {
    const noise = seededRandom(3);
    const cost: Cost = () => 10 * Math.exp(2 * (noise() - 0.5));
    const calls = Array.from({ length: 400 }, (_, i) => ({ n: i % 2, session: i }));
    const { p99 } = compare(calls, { base: cost, head: cost }, { repeats: 5 });
    expect(p99.verdict).toBe('inconclusive');
    expect(p99.neededRepeats).toBeGreaterThan(5);
    const more = compare(calls, { base: cost, head: cost }, { repeats: 2 * p99.neededRepeats! });
    expect(more.p99.interval[1] - more.p99.interval[0]).toBeLessThan((p99.interval[1] - p99.interval[0]) / 2);
  });

  test('the bound decides what is narrow enough', () => {
    const cost: Cost = () => 100;
    const head: Cost = (n) => (n === 0 ? 110 : 100);
    // One slow call in 120 is above p99 in about half of the resamples.
    const calls = Array.from({ length: 120 }, (_, n) => ({ n, session: n }));
    expect(compare(calls, { base: cost, head }).p99).toMatchObject({
      ratio: 1,
      interval: [1, 1.1],
      verdict: 'unchanged',
    });
    expect(compare(calls, { base: cost, head }, { bound: 1.05 }).p99.verdict).toBe('inconclusive');
  });

  test('faster than a microsecond is equal', () => {
    const { p99 } = compare(spread(200), { base: () => 0.0003, head: () => 0.0009 });
    expect(p99).toEqual({ base: 0.0003, head: 0.0009, ratio: 1, interval: [1, 1], verdict: 'unchanged' });
  });
});

describe('percentiles', () => {
  test('nearest rank over calls, not over distinct requests', () => {
    // 200 calls: the second slowest counts as the third slowest, since it came twice.
    const calls = [...spread(197), { n: 500, session: 0 }, { n: 400, session: 1 }, { n: 400, session: 2 }];
    const { p99, n } = compare(calls, { base: (x) => 1 + x, head: (x) => 2 * (1 + x) });
    expect([n, p99.base, p99.head]).toEqual([200, 401, 802]);
  });

  test('a rank between two calls is the upper one', () => {
    // Of 150 calls the 149th, which is the first that is slower.
    const { p99 } = compare(spread(150), { base: (n) => 1 + n, head: (n) => (n >= 148 ? 2 : 1) * (1 + n) });
    expect(p99).toMatchObject({ base: 149, head: 298, ratio: 2 });
  });

  test('the median of the repeats: one that was interrupted does not count', () => {
    const times = new Map<number, number>();
    const interrupted: Cost = (n) => {
      const seen = (times.get(n) ?? 0) + 1;
      times.set(n, seen);
      return seen % 3 === 0 ? 1000 : 10;
    };
    const { p99 } = compare(spread(150), { base: () => 10, head: interrupted }, { repeats: 3 });
    expect(p99).toMatchObject({ base: 10, head: 10, ratio: 1 });
  });
});

describe('sessions', () => {
  test('many calls of one session are one witness, those of many sessions are many', () => {
    const slowOf = (session: (i: number) => number): Recorded[] => [
      ...Array.from({ length: 570 }, (_, i) => ({ n: i, session: i })),
      ...Array.from({ length: 30 }, (_, i) => ({ n: 1000 + i, session: session(i) })),
    ];
    const costs: Costs = { base: () => 10, head: (n) => (n >= 1000 ? 20 : 10) };
    const apart = compare(
      slowOf((i) => i),
      costs,
    );
    const together = compare(
      slowOf(() => 0),
      costs,
    );
    expect(apart.p99).toMatchObject({ ratio: 2, interval: [2, 2], verdict: 'regression' });
    expect(together.p99).toMatchObject({ ratio: 2, interval: [1, 2], verdict: 'inconclusive' });
    expect(together.p99.neededRepeats).toBeUndefined();
  });

  test('are counted, also beyond those that are told apart', () => {
    const calls = Array.from({ length: 5000 }, (_, i) => ({ n: i % 50, session: i }));
    const costs: Costs = { base: (n) => 1 + n, head: (n) => 1 + n };
    expect(compare(calls, costs)).toMatchObject({ n: 5000, sessions: 5000 });
    expect(compare(calls.slice(0, 1500), costs)).toMatchObject({ n: 1500, sessions: 1500 });
  });
});

describe('measuring', () => {
  test('mixes both versions call by call in random order', () => {
    const clock = workClock();
    compare(spread(200), { base: () => 1, head: () => 1 }, { repeats: 9 }, clock);
    const timed = clock.asked.slice(-200 * 2 * 9).map((who) => who.split(':') as [string, string]);
    let headFirst = 0;
    for (let i = 0; i < timed.length; i += 2) {
      const [first, second] = [timed[i]!, timed[i + 1]!];
      expect([first[1], new Set([first[0], second[0]]).size]).toEqual([second[1], 2]);
      if (first[0] === 'head') headFirst++;
    }
    // Of 1,800 pairs about half.
    expect(Math.abs(headFirst - 900)).toBeLessThan(60);
    const rounds = [0, 1].map((round) =>
      timed
        .slice(round * 400, (round + 1) * 400)
        .map(([, n]) => n)
        .join(),
    );
    expect(rounds[0]).not.toBe(rounds[1]);
  });

  test('a machine that becomes slower and slower slows both alike', () => {
    const slowing: Cost = (n, time) => (1 + n) * (1 + time / 5e6);
    const { p99 } = compare(spread(300), { base: slowing, head: slowing }, { repeats: 21 });
    expect(p99.verdict).toBe('unchanged');
    expect(Math.abs(p99.ratio - 1)).toBeLessThan(0.05);
  });

  test('slow policies are measured on fewer calls, within the time', () => {
    const clock = workClock();
    const told = compare(
      spread(3000),
      { base: () => 1, head: () => 1 },
      { maxTime: 3000, repeats: 5 },
      clock,
    );
    expect(told.n).toBeLessThan(300);
    expect(told.n).toBeGreaterThanOrEqual(100);
    expect(clock.now()).toBeLessThan(6000);
  });

  test('as many repeats as there is time for', () => {
    const costs: Costs = { base: () => 1, head: () => 1 };
    const repeatsIn = (maxTime: number): number => {
      const clock = workClock();
      const head = [costlySet('s', 'head', clock, costs.head)];
      const comparer = createLatencyComparer({ maxTime });
      for (const { n, session: number } of spread(200)) {
        comparer.add(callOf(n), session, decided(head, n), decided(head, n), number);
      }
      return comparer.measure(clock)!.repeats;
    };
    expect([1e3, 2e4, 1e6].map(repeatsIn)).toEqual([15, 37, 101]);
  });

  test('a coarse clock times several decisions at once', () => {
    const fine = workClock();
    let readings = 0;
    const coarse = {
      ...fine,
      // Moves by itself as well, and shows tenths of a millisecond.
      now: () => Math.floor((fine.now() + ++readings * 1e-4) * 10) / 10,
    };
    const { p99 } = compare(spread(100), { base: () => 0.01, head: () => 0.02 }, {}, coarse);
    // Within a tick of the ten that a time has at least.
    expect(Math.abs(p99.base / 0.01 - 1)).toBeLessThan(0.1);
    expect(Math.abs(p99.head / 0.02 - 1)).toBeLessThan(0.1);
    expect(p99.verdict).toBe('regression');
  });

  test('at most 4,000 distinct calls, and none that failed', () => {
    const costs: Costs = { base: () => 1, head: () => 1 };
    expect(compare(spread(9000), costs, { maxTime: 1e9 }).n).toBe(4000);

    const clock = workClock();
    const sets = [costlySet('s', 'head', clock, costs.head)];
    const comparer = createLatencyComparer({ maxTime: 1e9 });
    const budget = [{ kind: 'budget', message: '' }] as unknown as PdpDecision['errors'];
    const crash = [{ kind: 'crash', message: '' }] as unknown as PdpDecision['errors'];
    comparer.add(callOf(1), session, decided(sets, 1, budget), decided(sets, 1), 0);
    comparer.add(callOf(2), session, decided(sets, 2), decided(sets, 2, crash), 0);
    expect(comparer.measure(clock)).toBeNull();
    comparer.add(callOf(3), session, decided(sets, 3), decided(sets, 3), 0);
    expect(comparer.measure(clock)!.n).toBe(1);
  });

  test('the same answers of base are apart where those of head are', () => {
    const clock = workClock();
    const base = [costlySet('s', 'base', clock, () => 1)];
    const head = [costlySet('s', 'head', clock, (n) => n)];
    const comparer = createLatencyComparer({ maxTime: 1e9 });
    for (const n of [1, 5]) comparer.add(callOf(n), session, decided(base, 0), decided(head, n), 0);
    expect(comparer.measure(clock)).toMatchObject({ n: 2, p99: { base: 1, head: 5 } });
  });

  test('the time is shared by the policies that differ, set by set', () => {
    const clock = workClock();
    const set = (id: string, version: string, cost: number) => costlySet(id, version, clock, () => cost);
    const base = [set('x', 'base', 1), set('y', 'base', 1), set('z', 'base', 1)];
    const two = costlySet('w', 'head', clock, () => 2, ['a', 'b']);
    const head = [set('x', 'head', 4), set('y', 'head', 2), two];
    const comparer = createLatencyComparer({ maxTime: 1e9, differs: (policy) => policy !== 'y#a' });
    for (const { n, session: number } of spread(20)) {
      comparer.add(callOf(n), session, decided(base, n), decided(head, n), number);
    }
    // x added 3, y 1 without a policy that differs, w 2 by two policies; z is gone and added nothing.
    expect(comparer.measure(clock)!.policies).toEqual([
      { policy: 'x#a', share: 0.5 },
      { policy: 'w#a', share: 0.1667 },
      { policy: 'w#b', share: 0.1667 },
    ]);
  });
});

test('comparing the other way round gives the reciprocal, and the mirrored verdict', () => {
  const mirrored = {
    regression: 'improvement',
    improvement: 'regression',
    unchanged: 'unchanged',
    inconclusive: 'inconclusive',
  } as const;
  const cost = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 150, maxLength: 150 });
  fc.assert(
    fc.property(cost, cost, fc.integer({ min: 1, max: 9 }), (base, head, perSession) => {
      const calls = base.map((_, n) => ({ n, session: Math.floor(n / perSession) }));
      const there = compare(calls, { base: (n) => base[n]!, head: (n) => head[n]! }).p99;
      const back = compare(calls, { base: (n) => head[n]!, head: (n) => base[n]! }).p99;
      expect(back.ratio).toBeCloseTo(1 / there.ratio, 3);
      expect(back.interval[0]).toBeCloseTo(1 / there.interval[1], 3);
      expect(back.interval[1]).toBeCloseTo(1 / there.interval[0], 3);
      expect(back.verdict).toBe(mirrored[there.verdict]);
      expect(there.interval[0]).toBeLessThanOrEqual(there.ratio);
      expect(there.interval[1]).toBeGreaterThanOrEqual(there.ratio);
    }),
    { numRuns: 30 },
  );
});

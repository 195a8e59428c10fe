import type { Call } from '@benchbook/model';
import { describe, expect, test } from 'vitest';
import type { SimulationOptions } from '../../src/index.ts';
import { card, codes, order, run } from './support.ts';

const files = {
  'benchbook.yaml': 'version: 1\naudit: ["policies/trial/**"]\n',
  'policies/trial/small.cedar':
    '@id("small")\nforbid (principal, action == Action::"create_order", resource) when { context.input.amount > 100 };\n',
  'agents/bot.yaml': card('high'),
};

/** Orders, one a day; each with its amount and what was said of it. */
function orders(parts: readonly (readonly [amount: number, said: Partial<Call>])[]): Call[] {
  return parts.map(([amount, said], n) => order(n * 86_400, amount, { seq: n, ...said }));
}

async function trial(calls: readonly Call[], options: SimulationOptions = {}) {
  const { report } = await run({ files, calls, options });
  const { policy, effect, ...rest } = report.audit[0]!;
  expect([report.audit.length, policy, effect]).toEqual([1, 'policies/trial/small.cedar#small', 'forbid']);
  return rest;
}

const right = [50, { expect: 'allow' }] as const;
const wrong = [200, { labels: { malicious: true } }] as const;
const twenty = [...Array(18).fill(right), wrong, wrong];

test('a policy with evidence enough may be enforced', async () => {
  expect(await trial(orders(twenty))).toEqual({
    wouldBlock: 2,
    wouldEscalate: 0,
    falseAlarms: 0,
    confirmed: 2,
    unlabelled: 0,
    recommendation: 'enforce',
    why: '2 of 2 calls confirmed, no false alarm, 20 labelled calls over 19 days',
  });
});

describe('a policy waits', () => {
  test.each([
    ['it stopped nothing', orders(Array(20).fill(right)), 'it would have stopped nothing yet'],
    [
      'what it stopped is not labelled',
      orders([...twenty, [200, {}]]),
      'nobody labelled 1 of the 3 calls that it would have stopped',
    ],
    [
      'few calls are labelled',
      orders(twenty.slice(1)),
      '19 calls with `expect` or a label, of 20 that are needed',
    ],
    [
      'it saw few days',
      orders(twenty).map((one, n) => ({ ...one, ts: order(n * 3_600, 0).ts! })),
      'the recordings cover 0 days, of 7 that are needed',
    ],
  ])('where %s', async (_, calls, why) => {
    const { recommendation, why: told } = await trial(calls);
    expect([recommendation, told]).toEqual(['wait', why]);
  });
});

describe('a policy is to be mended', () => {
  test.each([
    ['expect', { expect: 'allow' }],
    ['the label benign', { labels: { benign: true } }],
    ['the kind benign', { labels: { kind: 'benign' } }],
    ['a person was to decide', { expect: 'escalate' }],
  ] as const)('for one false alarm: %s', async (_, said) => {
    const { recommendation, why, falseAlarms } = await trial(orders([...twenty, [200, said]]));
    expect([recommendation, falseAlarms, why]).toEqual([
      'mend',
      1,
      'it would have stopped 1 call that was right, first s#20',
    ]);
  });

  test('where it errs', async () => {
    const { recommendation, why } = await trial(orders([...twenty, [50, { args: {} }]]));
    expect([recommendation, why]).toEqual(['mend', 'it errs on 1 call']);
  });
});

test('what is stopped anyhow is nothing that the trial would add', async () => {
  expect(await trial(orders([[5_000, {}]]))).toMatchObject({ wouldBlock: 0, wouldEscalate: 0 });
  // Above 500 a person must approve; the trial would block it outright.
  expect(await trial(orders([[700, {}]]))).toMatchObject({ wouldBlock: 1, unlabelled: 1 });
});

test('labels have the names that the team gives them, and `expect` goes before them', async () => {
  const labels = { benign: ['ok'], malicious: ['verdict=bad'] };
  const calls = orders([
    [200, { labels: { ok: true } }],
    [200, { labels: { verdict: 'bad' } }],
    [200, { labels: { verdict: 'good', ok: 'yes' } }],
    [200, { labels: { ok: true }, expect: 'deny' }],
  ]);
  expect(await trial(calls, { labels })).toMatchObject({ falseAlarms: 1, confirmed: 2, unlabelled: 1 });
});

describe('incidents', () => {
  const denied = orders([
    [5_000, {}],
    [10, {}],
    [5_000, {}],
  ]);
  const critical = { ...files, 'agents/bot.yaml': card('critical') };

  test('are denied calls of the critical tier, once for each policy', async () => {
    const { report } = await run({ files: critical, calls: denied });
    expect(report.incidents).toEqual([
      {
        key: 'violation:bot:policies/orders.cedar#too-much',
        kind: 'violation',
        severity: 'critical',
        summary: 'bot was stopped by policies/orders.cedar#too-much',
        agent: 'bot',
        policy: 'policies/orders.cedar#too-much',
        firstCall: 's#0',
        first: denied[0]!.ts!,
        last: denied[2]!.ts!,
        count: 2,
      },
    ]);
    expect(report.events.filter(({ kind }) => kind === 'incident').map(({ call }) => call)).toEqual(['s#0']);
    expect((await run({ files, calls: denied })).report.incidents).toEqual([]);
  });

  test('are those of the policies that are named, whatever the tier', async () => {
    const keys = async (name: string) =>
      (await run({ files, calls: denied, options: { critical: [name] } })).report.incidents.map(
        ({ key }) => key,
      );
    const key = 'violation:bot:policies/orders.cedar#too-much';
    expect([await keys('too-*'), await keys('policies/*#*much'), await keys('*.cedar#too-muc')]).toEqual([
      [key],
      [key],
      [],
    ]);
    const manifest = { 'benchbook.yaml': 'version: 1\ngovernance: { critical: ["*#too-much"] }\n' };
    const named = await run({ files: { ...files, ...manifest }, calls: denied });
    expect(named.report.incidents.map((incident) => incident.key)).toEqual([key]);
  });
});

test('a policy that errs is told', async () => {
  const { report } = await run({
    files: { 'agents/bot.yaml': card('low') },
    calls: orders([[1, { args: {} }]]),
  });
  expect(codes(report)).toEqual(['policy-errs warning']);
});

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { EngineOptions, Facts, SetDecision } from '@benchbook/model';
import { describe, expect, test } from 'vitest';
import { createForward } from '../src/lanes/fast/forward.ts';
import { createFastLane } from '../src/lanes/fast/lane.ts';
import { call, load, openEngine, openWorkbench } from './open.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What is held after a collection: objects, and the memories of both lanes. */
function heldMegabytes(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

async function decideOnce(
  policy: string,
  facts: Facts,
  options: EngineOptions,
  prepared = 1,
): Promise<SetDecision> {
  const session = await openEngine(options);
  const { sets, diagnostics } = await load(session, { 'a.rego': `package a\n${policy}` });
  expect(diagnostics).toEqual([]);
  const requests = sets[0]!.prepare(Array.from({ length: prepared }, () => facts));
  const decision = sets[0]!.decide(requests, 0);
  session.close();
  return decision;
}

const RUNAWAYS = {
  'nested ranges':
    'deny if { some a in numbers.range(1, 2000); some b in numbers.range(1, 2000); a * b == -1 }',
  'a range without end': 'deny if count(numbers.range(1, 1000000000000)) == 3',
  'ranging over the input thrice':
    'deny if { some a in input.args.xs; some b in input.args.xs; some c in input.args.xs; a == b + c + 1 }',
  'a comparison that never holds': 'deny if { input.args.xs[i] > input.args.xs[j] + 1000 }',
  networks: 'deny if count(net.cidr_expand("10.0.0.0/8")) == 3',
};

describe.each(Object.entries(RUNAWAYS))('a runaway policy: %s', (_, policy) => {
  test.each([1, 64])('stops on its budget, and is named (%d requests prepared)', async (prepared) => {
    const xs = Array.from({ length: 400 }, (_, index) => index % 7);
    const start = performance.now();
    const decision = await decideOnce(`allow if input.args\n${policy}`, call({ xs }), {}, prepared);
    expect(decision).toEqual({
      outcome: 'indeterminate',
      basis: 'failed',
      determining: [],
      reasons: [],
      obligations: [],
      errors: [{ policy: 'policies/a.rego#a.deny', kind: 'budget', message: 'stopped after 50000 steps' }],
    });
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});

test('the budget counts steps: one more is enough', async () => {
  const policy = 'allow if { some a in input.args.xs; a == 99 }';
  const decide = async (budget: number) => {
    const { outcome, errors } = await decideOnce(policy, call({ xs: [1, 2, 3, 99] }), {
      budget,
      fastLane: false,
    });
    return `${outcome} ${errors.map(({ kind }) => kind).join()}`;
  };
  // As OPA asks whether it is cancelled: 10 times for this policy.
  expect(await Promise.all([0, 5, 9, 10, 30].map(decide))).toEqual([
    'indeterminate budget',
    'indeterminate budget',
    'indeterminate budget',
    'allow ',
    'allow ',
  ]);
});

test('a regular expression that would backtrack for ever ends', async () => {
  const policy = 'deny if regex.match(`^(a+)+$`, input.args.text)';
  const facts = call({ text: `${'a'.repeat(4_000)}b` });
  expect(await decideOnce(policy, facts, {}, 64)).toMatchObject({ outcome: null, errors: [] });
});

test('a policy that eats memory ends its evaluation, and the engine goes on', async () => {
  const session = await openEngine({ budget: 1_000_000 });
  const doubling = Array.from({ length: 40 }, (_, n) => `x${n + 1} := concat("", [x${n}, x${n}])`).join('; ');
  const policy = `package a\ndeny if { x0 := input.args.text; ${doubling}; count(x40) == 3 }\nallow if input.args.ok`;
  const { sets } = await load(session, { 'a.rego': policy });
  const set = sets[0]!;
  const requests = set.prepare([call({ text: 'aaaaaaaaaaaaaaaa' }), call({ ok: true })]);
  const { outcome, errors } = set.decide(requests, 0);
  expect([outcome, errors.length]).toEqual(['indeterminate', 1]);
  expect(errors[0]!.kind).toBe('crash');
  expect(set.decide(requests, 1)).toMatchObject({
    outcome: 'allow',
    determining: [0 + set.policies.findIndex(({ name }) => name === 'a.allow')],
  });
  session.close();
});

test('the fast lane stops a loop by itself and hands it on', async () => {
  const bench = await openWorkbench();
  const program = {
    sources: {
      files: [
        {
          path: 'a.rego',
          text: 'package a\ndeny if { some a in input.xs; some b in input.xs; some c in input.xs; a < b; b < c; c < a }',
          version: 1,
        },
      ],
      data: [],
    },
    sets: [{ rules: [{ path: ['a', 'deny'], clauses: [] }] }],
  };
  bench.compile(program);
  const entry = 'system/benchbook/s0/rules';
  const plan = bench.with(program, (toolchain, handle) => toolchain.plan(handle, [entry]));
  expect(plan.kept).toBe('');
  const lane = createFastLane(plan, [entry], '{}', createForward(bench.toolchain), 50_000)!;
  const ask = (length: number) => {
    const input = { xs: Array.from({ length }, (_, index) => index) };
    return lane.ask(entry, { input, text: JSON.stringify(input), time: '' });
  };
  expect(ask(5)).toEqual({ value: {} });
  const start = performance.now();
  expect(ask(5_000)).toBe('redo');
  expect(performance.now() - start).toBeLessThan(2_000);
});

test('100,000 decisions do not grow memory', async () => {
  const session = await openEngine();
  const policy = `package a
allow if { startswith(input.tool.name, "re"); input.args.n >= 0 }
deny contains sprintf("%d is odd", [input.args.n]) if input.args.n % 2 == 1`;
  const { sets } = await load(session, { 'a.rego': policy });
  const decide = (from: number, count: number) => {
    for (let start = from; start < from + count; start += 1_000) {
      const requests = sets[0]!.prepare(
        Array.from({ length: 1_000 }, (_, index) => call({ n: start + index })),
      );
      for (let row = 0; row < requests.length; row++) sets[0]!.decide(requests, row);
    }
  };
  decide(0, 30_000);
  const before = heldMegabytes();
  decide(30_000, 100_000);
  expect(heldMegabytes() - before).toBeLessThan(3);
  session.close();
});

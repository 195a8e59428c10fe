import type { Facts, PolicySet } from '@benchbook/model';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createForward } from '../src/lanes/fast/forward.ts';
import { createFastLane } from '../src/lanes/fast/lane.ts';
import { inputOf, openEngine, openWorkbench } from './open.ts';

const POLICY = `package agent.tools

default allow := false

allow if {
	input.tool.name in data.granted[input.agent.id]
	not risky
	count(input.args) < 9
}

allow if {
	startswith(input.tool.name, "read_")
	every path in input.args.paths {
		not contains(path, "..")
	}
}

deny contains msg if {
	regex.match(\`(?i)^rm\\s+-rf\`, input.args.command)
	msg := sprintf("%s runs %q", [input.agent.id, input.args.command])
}

deny contains {"msg": msg, "amount": input.args.amount} if {
	input.args.amount * 2 > 1000
	msg := concat(" ", ["over", format_int(input.args.amount, 10), lower(input.args.currency)])
}

escalate contains name if {
	some i, item in input.args.items
	item.price > 10
	name := sprintf("%d: %v", [i, item])
}

risky if {
	some call in input.session.history
	call.tool.name == "read_web"
}

warn contains {"keys": {key | some key, _ in input.args}} if input.args.strange
`;

const FILES = { 'agent/p.rego': POLICY, 'data.json': '{"granted": {"bot": ["refund", "pay"], "x": []}}' };

const text = fc.oneof(
  fc.constantFrom('refund', 'pay', 'rm -rf /', 'RM  -RF', 'a..b', 'Straße', ''),
  fc.string(),
  fc.string({ unit: 'binary' }),
);
const amount = fc.oneof(
  fc.integer({ min: -5, max: 2000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.maxSafeInteger(),
  fc.bigInt(),
);
const item = fc.record({ price: fc.oneof(amount, text), tags: fc.array(text) }, { requiredKeys: [] });
const args = fc.record(
  {
    amount: fc.oneof(amount, text),
    currency: text,
    command: text,
    paths: fc.oneof(fc.array(text), text, fc.dictionary(fc.string(), text)),
    items: fc.oneof(fc.array(item), fc.dictionary(fc.string(), item), fc.constant(null)),
    strange: fc.boolean(),
  },
  { requiredKeys: [] },
);
const facts: fc.Arbitrary<Facts> = fc
  .record({
    tool: fc.constantFrom('refund', 'pay', 'read_web', 'read_x'),
    agent: fc.constantFrom('bot', 'x', 'y'),
    args,
    web: fc.boolean(),
  })
  .map(({ tool, agent, args: given, web }) => ({
    agent: { id: agent },
    tool: { name: tool },
    args: given as Facts['args'],
    session: { history: web ? [{ tool: { name: 'read_web' } }] : [] },
  }));

async function openSet(fastLane: boolean): Promise<{ set: PolicySet; close(): void }> {
  const session = await openEngine({ fastLane });
  session.update(inputOf(FILES));
  const { sets, diagnostics } = await session.snapshot();
  expect(diagnostics).toEqual([]);
  return { set: sets[0]!, close: () => session.close() };
}

describe('two lanes, one answer', () => {
  let fast: Awaited<ReturnType<typeof openSet>>;
  let reference: Awaited<ReturnType<typeof openSet>>;
  beforeAll(async () => {
    fast = await openSet(true);
    reference = await openSet(false);
    fast.set.prepare(Array.from({ length: 100 }, () => ({ tool: {}, args: null, session: {} })));
  });
  afterAll(() => {
    fast.close();
    reference.close();
  });

  test('decisions and observations are the same on 600 calls of every shape', () => {
    fc.assert(
      fc.property(facts, (call) => {
        const [a, b] = [fast.set, reference.set].map((set) => {
          const requests = set.prepare([call]);
          return { decision: set.decide(requests, 0), observation: set.observe(requests, 0) };
        });
        expect(a).toEqual(b);
      }),
      { numRuns: 600, seed: 1 },
    );
  });

  test('the fast lane is at least 5 times as fast', () => {
    const calls = Array.from(
      { length: 300 },
      (_, index): Facts => ({
        agent: { id: 'bot' },
        tool: { name: index % 2 ? 'refund' : 'read_x' },
        args: { amount: index, currency: 'EUR', paths: [`/w/${index}`], items: [{ price: index % 20 }] },
        session: {},
      }),
    );
    const time = (set: PolicySet) => {
      const requests = set.prepare(calls);
      let best = Number.POSITIVE_INFINITY;
      for (let round = 0; round < 5; round++) {
        const start = performance.now();
        for (let row = 0; row < requests.length; row++) set.decide(requests, row);
        best = Math.min(best, performance.now() - start);
      }
      return (best / calls.length) * 1000;
    };
    const perCall = { fast: time(fast.set), reference: time(reference.set) };
    console.log(
      `microseconds a decision: fast ${perCall.fast.toFixed(1)}, reference ${perCall.reference.toFixed(1)}`,
    );
    expect(perCall.reference / perCall.fast).toBeGreaterThan(5);
  });
});

describe('what the lanes could see differently stays in the reference lane', () => {
  const workbench = openWorkbench();

  async function plan(policy: string, data = '{}'): Promise<string> {
    const bench = await workbench;
    const program = {
      sources: {
        files: [{ path: 'a.rego', text: `package a\n${policy}`, version: 1 }],
        data: [{ path: 'data.json', mount: [], text: data }],
      },
      sets: [{ rules: [{ path: ['a', 'deny'], clauses: [] }] }],
    };
    expect(bench.compile(program).diagnostics).toEqual([]);
    const { kept, guards } = bench.with(program, (toolchain, handle) =>
      toolchain.plan(handle, ['system/benchbook/s0/rules']),
    );
    return kept || `fast${(guards ?? []).map((guard) => ` ${guard.join('')}`).join('')}`;
  }

  test.each([
    [
      'deny if input.x == 9007199254740993',
      'the number 9007199254740993 has more digits than the fast lane keeps',
    ],
    ['deny if input.x == "a\\u0000b"', 'a text with a NUL ends early in the fast lane'],
    ['f(_) := 2\ndeny if count(input.x) == 2 with count as f', '`with count` replaces a function'],
    [
      'deny contains concat(",", [x | some x in {"b", "a"}])',
      'an array is built by ranging over `{"a", "b"}`, which may be a set or an object',
    ],
    ['deny contains concat(",", [k | some k, _ in input.args.o])', 'fast .args.o'],
    ['deny contains concat(",", [k | input.args.o[_].p[k]])', 'fast .args.o .args.o*.p'],
    ['deny if count([x | some x in {"b", "a"}]) == 2', 'fast'],
    ['deny if contains(input.x, "y")', 'fast'],
    [
      'deny contains sprintf("%v", [[p | walk(input, [p, _])]])',
      "an array is built by `walk`, in OPA's order alone",
    ],
    [
      'deny if data.limit < input.x',
      'data holds a number with more digits than the fast lane keeps, or a key that is a number',
      '{"limit": 1e400}',
    ],
  ])('%s: %s', async (policy, expected, data = '{}') => {
    expect(await plan(policy, data)).toBe(expected);
  });

  test('an input that the lane must not see is handed on, and so is an error', async () => {
    const bench = await workbench;
    const program = {
      sources: {
        files: [
          {
            path: 'a.rego',
            text: 'package a\ndeny contains sprintf("%v", [[k | some k, _ in input.o]])\ndeny contains "n" if to_number(input.n) > 1',
            version: 1,
          },
        ],
        data: [],
      },
      sets: [{ rules: [{ path: ['a', 'deny'], clauses: [] }] }],
    };
    bench.compile(program);
    const entry = 'system/benchbook/s0/rules';
    const lane = createFastLane(
      bench.with(program, (toolchain, handle) => toolchain.plan(handle, [entry])),
      [entry],
      '{}',
      createForward(bench.toolchain),
      50_000,
    )!;
    const ask = (input: object) =>
      lane.ask(entry, { input: input as never, text: JSON.stringify(input), time: '' });
    expect(ask({ o: ['x', 'y'] })).toEqual({ value: { 0: ['[0, 1]'] } });
    expect(ask({ o: { b: 1, a: 2 } })).toBe('redo');
    expect(ask({ o: [], n: 'abc' })).toBe('redo');
    expect(ask({ o: [], n: '7' })).toEqual({ value: { 0: ['[]', 'n'] } });
    expect(ask({ o: [], x: '\ud800' })).toBe('redo');
    expect(ask({ o: [], x: 'a\0b' })).toBe('redo');
    expect(ask({ o: [], x: 1e21 })).toBe('redo');
  });
});

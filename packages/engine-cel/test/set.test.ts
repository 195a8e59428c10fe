import type { Facts, PolicySet } from '@benchbook/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { engine } from '../src/index.ts';
import { call, decide, load, loadSet } from './load.ts';

const ABC = `
name: abc
rule:
  match:
    - id: a
      condition: args.a
      output: '"deny"'
    - id: nest
      condition: args.b
      rule:
        id: inner
        match:
          - id: c
            condition: args.c
            output: '"escalate"'
    - id: d
      condition: args.d
      output: '"allow"'
`;

describe('policies', () => {
  test('are the cases, named by rule and case', async () => {
    const set = await loadSet(`
name: pay limits
rule:
  match:
    - condition: args.a
      output: '"deny"'
    - id: x
      condition: args.b
      output: '"deny"'
    - id: x
      condition: args.c
      output: '"deny"'
    - condition: args.d
      rule:
        match:
          - condition: args.e
            output: 'args.f ? "allow" : "escalate"'
    - condition: args.g
      rule:
        id: named
        match:
          - output: '"escalate"'
`);
    expect(set.policies.map(({ id, effect }) => [id, effect])).toEqual([
      ['policies/p.cel.yaml#pay limits/0', 'forbid'],
      ['policies/p.cel.yaml#pay limits/x', 'forbid'],
      ['policies/p.cel.yaml#pay limits/x[2]', 'forbid'],
      ['policies/p.cel.yaml#pay limits/3/0', null],
      ['policies/p.cel.yaml#named/0', 'escalate'],
    ]);
    expect(set.canAllow).toBe(true);
    expect((await loadSet(ABC.replace('allow', 'deny'))).canAllow).toBe(false);
  });

  test('have the range of their case', async () => {
    const set = await loadSet(ABC);
    const texts = set.policies.map(({ range }) => ABC.slice(range.start, range.end));
    expect(texts[1]).toBe(`id: c\n            condition: args.c\n            output: '"escalate"'`);
  });
});

describe('reads', () => {
  const reads = async (expression: string, variables?: object) => {
    const mapping = variables ? { variables: variables as never } : undefined;
    const text = `dyn([${expression}]) == dyn(1)`;
    return (await loadSet(text, { path: 'p.cel', ...(mapping && { mapping }) })).reads;
  };

  test.each([
    ['args.amount', ['/args/amount']],
    ["args['a/b~'].c", ['/args/a~1b~0/c']],
    ['args.items[0].price', ['/args/items/0/price']],
    ['args.items[args.i].price', ['/args/i', '/args/items']],
    ['args[tool.name]', ['/args', '/tool/name']],
    ['has(args.x)', ['/args/x']],
    ['has(args.x.y)', ['/args/x']],
    ['args.?x.y', ['/args']],
    ['args.x + args.x.y', ['/args/x']],
    ['"WebFetch" in session.tools', ['/session/tools']],
    ['session.history.exists(h, h.tool.name == args.t)', ['/args/t', '/session/history']],
    ['args.l.map(args, args.x)', ['/args/l']],
    ['cel.bind(user, args.u, user.id)', ['/args/u']],
    ['ts.getHours()', ['/ts']],
    ['agent', ['/agent']],
    ['1', []],
  ])('%s', async (expression, expected) => {
    expect(await reads(expression)).toEqual(expected);
  });

  test('follow the mapping', async () => {
    const variables = {
      amount: '/args/total',
      who: { id: '/user/id', kind: 'x' },
      fixed: { literal: '/args' },
    };
    expect(await reads('amount.value + who.id + fixed', variables)).toEqual([
      '/args/total/value',
      '/user/id',
    ]);
  });

  test('of a case are those of its conditions, output and the variables they use', async () => {
    const set = await loadSet(`
rule:
  variables:
    - {name: a, expression: args.amount}
    - {name: b, expression: variables.a + args.tip}
    - {name: c, expression: args.other}
  match:
    - condition: tool.name == "pay"
      rule:
        match:
          - condition: variables.b > 1
            output: '{"outcome": "deny", "reason": user.id}'
    - condition: has(context.x)
      output: '{"outcome": "allow"}'
      explanation: agent.id
`);
    expect(set.policies.map((policy) => policy.reads)).toEqual([
      ['/args/amount', '/args/tip', '/tool/name', '/user/id'],
      ['/agent/id', '/context/x'],
    ]);
  });
});

describe('requests', () => {
  test('facts that a call does not have', async () => {
    const says = async (expression: string, facts: Facts) =>
      decide(await loadSet(expression, { path: 'p.cel' }), facts);
    expect((await says('has(user.id) || has(agent.id) || has(context.cwd)', call('t'))).outcome).toBe('deny');
    expect((await says('ts > timestamp(0)', call('t'))).errors[0]?.message).toBe('no such attribute: ts');
    expect((await says('args.x == 1', call('t', null))).errors[0]?.message).toBe(
      'no such field: x of null_type',
    );
  });

  test('the time is a timestamp; what is none is missing', async () => {
    const set = await loadSet('ts.getHours("Europe/Berlin") == 12', { path: 'p.cel' });
    const requests = set.prepare([
      call('t', {}, { ts: '2026-05-01T10:00:00Z' }),
      call('t', {}, { ts: 'yesterday' }),
    ]);
    expect(set.decide(requests, 0).outcome).toBe('allow');
    expect([requests.missing(0), requests.missing(1)]).toEqual([[], ['/ts']]);
  });

  test('variables of the mapping', async () => {
    const set = await loadSet('amount > 10 && who.id == "alice" && args == "gone"', {
      path: 'p.cel',
      mapping: { variables: { amount: '/args/total', who: { id: '/user/id' }, args: 'gone' } },
    });
    const facts = call('t', { total: 11 }, { user: { id: 'alice' } });
    expect(decide(set, facts).outcome).toBe('allow');
  });
});

const flags = (values: Partial<Record<'a' | 'b' | 'c' | 'd', boolean>>) =>
  call('t', { a: false, b: false, c: false, d: false, ...values });

describe('observe', () => {
  test.each([
    [{ a: true }, ['applied', 'unreached', 'unreached']],
    [{ b: true, c: true }, ['silent', 'applied', 'unreached']],
    [{ b: true, d: true }, ['silent', 'silent', 'unreached']],
    [{ d: true }, ['silent', 'unreached', 'applied']],
    [{}, ['silent', 'unreached', 'silent']],
  ] as const)('%j', async (values, expected) => {
    const set = await loadSet(ABC);
    expect(set.observe(set.prepare([flags(values)]), 0).states).toEqual(expected);
  });

  test('an error stands at the case that erred', async () => {
    const set = await loadSet(ABC);
    const requests = set.prepare([call('t', { a: false, b: true, c: 1 })]);
    expect(set.observe(requests, 0).states).toEqual(['silent', 'error', 'unreached']);
    expect(set.decide(requests, 0).errors[0]?.policy).toBe('policies/p.cel.yaml#inner/c');
  });
});

describe('alternatives', () => {
  const outcomes = (set: PolicySet, facts: Facts, open: number[]) =>
    set.alternatives(set.prepare([facts]), 0, open).map(({ outcome }) => outcome);

  test('respect the first match', async () => {
    const set = await loadSet(ABC);
    expect(outcomes(set, flags({ d: true }), [])).toEqual(['allow']);
    expect(outcomes(set, flags({ d: true }), [0])).toEqual(['allow', 'deny']);
    expect(outcomes(set, flags({ a: true, d: true }), [2])).toEqual(['deny']);
    expect(outcomes(set, flags({ d: true }), [1])).toEqual(['allow', 'escalate', null]);
    expect(outcomes(set, flags({}), [0, 1, 2])).toEqual([null, 'deny', 'escalate', 'allow']);
  });

  test('one that errs may just not apply', async () => {
    const set = await loadSet(ABC);
    expect(outcomes(set, call('t', { b: false, d: true }), [0])).toEqual(['indeterminate', 'deny', 'allow']);
  });

  test('hold every decision that some value of the open facts gives', async () => {
    const aggregate = ABC.replaceAll('match:', 'aggregate:').replace(
      'id: inner\n        aggregate',
      'id: inner\n        match',
    );
    const names = ['a', 'b', 'c', 'd'] as const;
    const opens = { a: [0], b: [1], c: [1], d: [2] };
    const boolean4 = fc.record({ a: fc.boolean(), b: fc.boolean(), c: fc.boolean(), d: fc.boolean() });
    for (const text of [ABC, aggregate]) {
      const set = await loadSet(text);
      fc.assert(
        fc.property(boolean4, boolean4, fc.subarray([...names]), (known, other, open) => {
          const possible = set.alternatives(set.prepare([flags(known)]), 0, [
            ...new Set(open.flatMap((name) => opens[name])),
          ]);
          const changed = Object.fromEntries(open.map((name) => [name, other[name]]));
          expect(possible[0]).toEqual(decide(set, flags(known)));
          expect(possible).toContainEqual(decide(set, flags({ ...known, ...changed })));
        }),
        { seed: 4, numRuns: 300 },
      );
    }
  });

  test('of many open cases are bounded and still hold every outcome', async () => {
    const cases = Array.from(
      { length: 30 },
      (_, index) =>
        `    - condition: args.x${index}\n      output: '"${['allow', 'escalate', 'deny'][index % 3]}"'\n`,
    );
    const set = await loadSet(`rule:\n  aggregate:\n${cases.join('')}`);
    const none = Object.fromEntries(cases.map((_, index) => [`x${index}`, false]));
    const possible = outcomes(
      set,
      call('t', none),
      cases.map((_, index) => index),
    );
    expect(new Set(possible)).toEqual(new Set([null, 'allow', 'escalate', 'deny']));
    expect(possible.length).toBeLessThanOrEqual(65);
  });
});

describe('digests', () => {
  const digests = async (text: string, options: Parameters<typeof loadSet>[1] = {}) => {
    const set = await loadSet(text, options);
    return { set: set.digest, policies: set.policies.map(({ digest }) => digest) };
  };

  test('stay the same where only the writing changes', async () => {
    const other = `# a comment\n${ABC.replace('condition: args.a', 'condition: "( args . a ) // why"')}`;
    expect(await digests(other)).toEqual(await digests(ABC));
  });

  test('change with what a case and those before it say, and not with those after it', async () => {
    const base = await digests(ABC);
    const last = await digests(ABC.replace('args.d', 'args.e'));
    expect(last.policies.slice(0, 2)).toEqual(base.policies.slice(0, 2));
    expect(last.policies[2]).not.toBe(base.policies[2]);
    expect(last.set).not.toBe(base.set);
    const first = await digests(ABC.replace('args.a', 'args.e'));
    expect(first.policies.filter((digest) => base.policies.includes(digest))).toEqual([]);
  });

  test('differ for expressions that differ', async () => {
    const expressions = [
      ...['<', '<=', '==', '!=', 'in'].map((operator) => `args.a ${operator} args.b`),
      ...['1', '1u', '1.0', '"1"', "b'1'", '-1', 'true', 'int', '[1]', '{1: 1}'].map(
        (value) => `args.a == ${value}`,
      ),
      ...['all', 'exists', 'exists_one'].map((macro) => `args.a.${macro}(x, x)`),
      'args.a.all(y, y)',
      'args.a',
      'args.?a.hasValue()',
      'has(args.a)',
      'args["a"]',
      'args[?"a"].hasValue()',
      '!args.a',
      'args.a && args.b',
      'args.a || args.b',
      'args.a ? args.b : args.c',
      'args.a.startsWith("x")',
      'args.a.endsWith("x")',
      'cel.bind(x, args.a, x)',
    ];
    const sets = await Promise.all(expressions.map((text) => digests(text, { path: 'p.cel' })));
    expect(new Set(sets.map(({ policies }) => policies[0])).size).toBe(expressions.length);
  });

  test('change with the mapping, the budget and the value of a variable', async () => {
    const base = await digests(ABC);
    expect((await digests(ABC, { mapping: { outputs: { X: 'deny' } } })).policies[0]).not.toBe(
      base.policies[0],
    );
    expect((await digests(ABC, { budget: 10 })).set).not.toBe(base.set);
    const withVariable = (value: string) =>
      `rule:\n  variables:\n    - {name: v, expression: "${value}"}\n  match:\n    - condition: variables.v == args.n\n      output: '"deny"'\n`;
    expect(await digests(withVariable('1'))).not.toEqual(await digests(withVariable('2')));
  });
});

describe('a session', () => {
  const file = (path: string, text: string) =>
    ({ path, rootPath: path, role: 'policy', language: 'cel-policy', text }) as const;

  test('leaves out the file that does not load and keeps the others', async () => {
    const session = await engine.open({ read: () => Promise.reject(new Error('none')) }, {});
    const input = { tools: [], agents: [], numbers: [] };
    session.update({ ...input, files: [file('b.cel.yaml', ABC), file('a.cel.yaml', 'rule: 1')] });
    const first = await session.snapshot();
    expect(first.sets.map(({ id }) => id)).toEqual(['cel:b.cel.yaml']);
    expect(first.diagnostics.map(({ file, fatal }) => [file, fatal])).toEqual([['a.cel.yaml', true]]);
    session.update({ ...input, files: [file('b.cel.yaml', ABC), file('a.cel.yaml', ABC)] });
    const second = await session.snapshot();
    expect(second.sets.map(({ id }) => id)).toEqual(['cel:a.cel.yaml', 'cel:b.cel.yaml']);
    expect(second.sets[1]).toBe(first.sets[0]);
  });

  test('stops a snapshot that a newer one replaces', async () => {
    const session = await engine.open({ read: () => Promise.reject(new Error('none')) }, {});
    session.update({ tools: [], agents: [], numbers: [], files: [file('b.cel.yaml', ABC)] });
    await expect(session.snapshot(AbortSignal.abort(new Error('newer')))).rejects.toThrow('newer');
  });

  test('writes a first policy that loads', async () => {
    const session = await engine.open({ read: () => Promise.reject(new Error('none')) }, {});
    const names = ['send', 'a"b\\c', 'über\n😀', 'read'];
    const [written] =
      session.language.scaffold?.({ tools: names.map((name) => ({ name })), agents: [] }) ?? [];
    expect(written?.path).toBe('policies/tools.cel.yaml');
    const { set, diagnostics } = await load(written?.text ?? '');
    expect(diagnostics).toEqual([]);
    if (!set) throw new Error('no set');
    for (const name of names) expect(decide(set, call(name)).outcome).toBe('allow');
    expect(decide(set, call('other'))).toMatchObject({ outcome: 'deny', reasons: ['unknown tool other'] });
  });
});

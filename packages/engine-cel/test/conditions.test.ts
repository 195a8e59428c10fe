/** What coverage by condition sees: clauses, their leaves, and where they stand. */
import type { Comparison, Facts, PolicySet } from '@benchbook/model';
import { describe, expect, test } from 'vitest';
import { call, loadSet } from './load.ts';

/** Conditions as text, each with its policy and its parent. */
function listed(set: PolicySet, text: string): string[] {
  return set.conditions.map(({ range, policy, parent }) => {
    const owner = policy === null ? 'none' : set.policies[policy]?.name;
    return `${text.slice(range.start, range.end)} @${owner}${parent === null ? '' : ` <${parent}`}`;
  });
}

/** What was seen on one call: conditions by their text, and the reached outputs. */
function seen(set: PolicySet, text: string, facts: Facts): Record<string, string> {
  const { conditions, statements } = set.cover(set.prepare([facts]), 0);
  const states = conditions.map((state, index) => {
    const { start, end } = set.conditions[index]?.range ?? { start: 0, end: 0 };
    return [text.slice(start, end), state] as const;
  });
  const outputs = statements.map((reached, index) => {
    const { start, end } = set.statements[index]?.range ?? { start: 0, end: 0 };
    return [`-> ${text.slice(start, end)}`, String(reached)] as const;
  });
  return Object.fromEntries([...states, ...outputs]);
}

function single(expression: string): Promise<PolicySet> {
  return loadSet(expression, { path: 'p.cel' });
}

describe('places', () => {
  test('leaves stand behind their clause, without parentheses and negations', async () => {
    const text = `
rule:
  match:
    - condition: "!(args.a || !(args.b)) && (args.c ? !args.d : (args.e == \\"\\u0078\\"))"
      output: "true"
    - condition: (!(!(args.f)))
      output: "true"
    - condition: "true"
      output: 'false'
`;
    const set = await loadSet(text);
    expect(listed(set, text)).toEqual([
      '!(args.a || !(args.b)) && (args.c ? !args.d : (args.e == \\"\\u0078\\")) @p/0',
      'args.a @p/0 <0',
      'args.b @p/0 <0',
      'args.c @p/0 <0',
      'args.d @p/0 <0',
      'args.e == \\"\\u0078\\" @p/0 <0',
      'args.f @p/1',
      'true @p/2',
    ]);
    expect(set.statements.map(({ range }) => text.slice(range.start, range.end))).toEqual([
      'true',
      'true',
      'false',
    ]);
  });

  test.each([
    [
      'a literal block',
      '|\n        args.a &&\n          // why\n          args.b\n',
      'args.a &&\n          // why\n          args.b',
    ],
    ['a folded block', '>-\n        args.a\n        && args.b\n', 'args.a\n        && args.b'],
    ['single quotes', "'args.a && args.b == ''x'''\n", "args.a && args.b == ''x''"],
    ['a folded plain scalar', 'args.a &&\n        args.b\n', 'args.a &&\n        args.b'],
    ['escapes at the end', '"args.a && args.\\x62"\n', 'args.a && args.\\x62'],
  ])('of %s', async (_name, scalar, whole) => {
    const text = `rule:\n  match:\n    - condition: ${scalar}      output: "true"\n`;
    const set = await loadSet(text);
    const [first, second, third] = set.conditions.map(({ range }) => text.slice(range.start, range.end));
    expect(first).toBe(whole);
    expect(second).toBe('args.a');
    expect(third).toBe(whole.slice(whole.lastIndexOf('args')));
    expect(set.conditions).toHaveLength(3);
  });

  test('a guard belongs to the one policy below it, or to none', async () => {
    const text = `
rule:
  match:
    - rule:
        match:
          - condition: args.inner
            output: "true"
      condition: args.one
    - condition: args.two
      rule:
        match:
          - condition: args.x
            output: "true"
          - output: "false"
`;
    expect(listed(await loadSet(text), text)).toEqual([
      'args.inner @p/0/0',
      'args.one @p/0/0',
      'args.two @none',
      'args.x @p/1/0',
    ]);
  });

  test('a clause whose first operands stand in parentheses starts with these', async () => {
    const text = '(args.x ? ((args.a && args.b)) && args.c : args.d)';
    const set = await single(text);
    expect(listed(set, text).slice(0, 2)).toEqual([
      'args.x ? ((args.a && args.b)) && args.c : args.d @p',
      'args.x @p <0',
    ]);
    const chain = '((args.a || args.b) || args.c) || args.d';
    expect(listed(await single(chain), chain)[0]).toBe(`${chain} @p`);
  });

  test('a .cel file is one clause and has no outputs', async () => {
    const text = '// limit\n(args.a || args.list.exists(x, x && args.b))\n';
    const set = await single(text);
    expect(listed(set, text)).toEqual([
      'args.a || args.list.exists(x, x && args.b) @p',
      'args.a @p <0',
      'args.list.exists(x, x && args.b) @p <0',
    ]);
    expect(set.statements).toEqual([]);
  });
});

describe('what is seen', () => {
  test('short circuits and absorbed errors as the evaluator has them', async () => {
    const text = 'args.a && (args.b || args.c)';
    const set = await single(text);
    const states = (args: object) => Object.values(seen(set, text, call('t', { ...args })));
    // whole, a, b, c
    expect(states({ a: false })).toEqual(['false', 'false', 'unreached', 'unreached']);
    expect(states({ a: true, b: true })).toEqual(['true', 'true', 'true', 'unreached']);
    expect(states({ a: true, b: false, c: false })).toEqual(['false', 'true', 'false', 'false']);
    expect(states({ b: false, c: false })).toEqual(['false', 'error', 'false', 'false']);
    expect(states({ a: true, c: true })).toEqual(['true', 'true', 'error', 'true']);
    expect(states({ a: true, b: 7, c: true })).toEqual(['true', 'true', 'error', 'true']);
    expect(states({ a: true, b: 7, c: false })).toEqual(['error', 'true', 'error', 'false']);
  });

  test('a negation is in the clause, not in its leaf', async () => {
    const text = '!(args.a && !args.b)';
    expect(seen(await single(text), text, call('t', { a: true, b: true }))).toEqual({
      '!(args.a && !args.b)': 'true',
      'args.a': 'true',
      'args.b': 'true',
    });
  });

  test('one branch of a conditional', async () => {
    const text = 'args.a ? args.b : args.c';
    expect(seen(await single(text), text, call('t', { a: false, b: true, c: true }))).toEqual({
      'args.a ? args.b : args.c': 'true',
      'args.a': 'false',
      'args.b': 'unreached',
      'args.c': 'true',
    });
  });

  const POLICY = `
rule:
  variables:
    - name: big
      expression: args.amount > 100
  match:
    - condition: args.pay
      rule:
        match:
          - condition: variables.big && args.amount > 200
            output: '"deny"'
    - rule:
        match:
          - condition: args.never
            output: '"allow"'
    - condition: "true"
      output: '"escalate"'
`;
  test.each([
    [
      { pay: true, amount: 150 },
      ['true', 'false', 'true', 'false', 'unreached', 'unreached'],
      [false, false, false],
    ],
    [
      { pay: true, amount: 300 },
      ['true', 'true', 'true', 'true', 'unreached', 'unreached'],
      [true, false, false],
    ],
    [
      { pay: false, never: false },
      ['false', 'unreached', 'unreached', 'unreached', 'false', 'true'],
      [false, false, true],
    ],
    [
      { pay: false },
      ['false', 'unreached', 'unreached', 'unreached', 'error', 'unreached'],
      [false, false, false],
    ],
    [{}, ['error', 'unreached', 'unreached', 'unreached', 'unreached', 'unreached'], [false, false, false]],
  ])('cases and guards in turn: %j', async (args, conditions, statements) => {
    const set = await loadSet(POLICY);
    expect(set.cover(set.prepare([call('t', args)]), 0)).toEqual({ conditions, statements });
  });

  test('a condition that always holds is seen, and lets the next case try all the same', async () => {
    const text = `
rule:
  match:
    - condition: "true"
      rule:
        match:
          - condition: args.a
            output: "true"
    - output: "false"
`;
    const set = await loadSet(text);
    const facts = call('t', { a: false });
    expect(set.decide(set.prepare([facts]), 0).outcome).toBe('deny');
    expect(seen(set, text, facts)).toEqual({
      true: 'true',
      'args.a': 'false',
      '-> true': 'false',
      '-> false': 'true',
    });
    expect(seen(await single('1 < 2'), '1 < 2', facts)).toEqual({ '1 < 2': 'true' });
  });

  test('macros of conditions and of variables keep apart', async () => {
    const text = `
rule:
  variables:
    - { name: inner, expression: 'args.list.filter(y, y > 1)' }
  match:
    - condition: args.list.exists(x, variables.inner.size() == 2 && x == 1) && args.list.exists(z, z == 3)
      output: "true"
`;
    const set = await loadSet(text);
    const { conditions } = set.cover(set.prepare([call('t', { list: [1, 2, 3] })]), 0);
    expect(conditions).toEqual(['true', 'true', 'true']);
  });

  test('an aggregate looks at all its entries', async () => {
    const text = `
rule:
  aggregate:
    - condition: args.a
      output: '"allow"'
    - condition: args.b
      output: '"deny"'
`;
    expect(seen(await loadSet(text), text, call('t', { a: true, b: true }))).toEqual({
      'args.a': 'true',
      'args.b': 'true',
      '-> "allow"': 'true',
      '-> "deny"': 'true',
    });
  });

  test('an output that errs was not reached, nor what a spent budget left', async () => {
    const text = `
rule:
  match:
    - condition: args.a || args.list.all(x, args.list.all(y, x == y))
      output: args.word
`;
    const set = await loadSet(text, { budget: 500 });
    expect(seen(set, text, call('t', { a: true, word: 'none' }))).toMatchObject({
      'args.a': 'true',
      '-> args.word': 'false',
    });
    const list = Array.from({ length: 100 }, () => 1);
    expect(Object.values(seen(set, text, call('t', { a: false, list, word: 'deny' })))).toEqual([
      'error',
      'false',
      'error',
      'false',
    ]);
  });

  test('what was seen of one call stays as it is when the next is looked at', async () => {
    const set = await single('args.a');
    const requests = set.prepare([call('t', { a: true }), call('t', { a: false })]);
    const first = set.cover(requests, 0);
    expect(set.cover(requests, 1).conditions).toEqual(['false']);
    expect(first.conditions).toEqual(['true']);
    expect(set.cover(requests, 7).conditions).toEqual(['error']);
  });
});

describe('comparisons', () => {
  const amount = (operator: string, literal: unknown) => ({
    pointer: '/args/amount',
    of: 'value',
    operator,
    literal,
  });
  test.each<[string, unknown]>([
    ['args.amount > 500.0', amount('>', 500)],
    ['500 >= args.amount', amount('<=', 500)],
    ['args["amount"] == -5', amount('==', -5)],
    ['double(args.amount) > 7.5', amount('>', 7.5)],
    ['int(args.amount) != 7', amount('!=', 7)],
    ['args.amount < 7u', amount('<', 7)],
    ['7 < args.amount', amount('>', 7)],
    ['7 <= args.amount', amount('>=', 7)],
    ['args.?amount.orValue(0) < 7', amount('<', 7)],
    ['size(args.body) > 100', { pointer: '/args/body', of: 'size', operator: '>', literal: 100 }],
    ['100 > args.body.size()', { pointer: '/args/body', of: 'size', operator: '<', literal: 100 }],
    ['tool.name == "Bash"', { pointer: '/tool/name', of: 'value', operator: '==', literal: 'Bash' }],
    ['false != args.dry', { pointer: '/args/dry', of: 'value', operator: '!=', literal: false }],
    ['args.items[0].`a/b` <= 1', { pointer: '/args/items/0/a~1b', of: 'value', operator: '<=', literal: 1 }],
    ['double(args.amount) * 2.0 > 7.5', undefined],
    ['args.amount > args.limit', undefined],
    ['args.?amount.hasValue() == true', undefined],
    ['"a" in args.list', undefined],
    ['ts > timestamp("2026-01-01T00:00:00Z")', undefined],
    ['int(ts) > 5', undefined],
    ['args.amount == 9007199254740993', undefined],
    ['args.amount == null', undefined],
    ['string(args.amount) == "7"', undefined],
    ['args.list.exists(x, x > 5)', undefined],
    ['1 < 2', undefined],
  ])('%s', async (expression, expected) => {
    const [condition] = (await single(expression)).conditions;
    expect(condition?.comparison).toEqual(expected);
  });

  test('aliases are looked through, computed variables are not', async () => {
    const set = await loadSet(`
rule:
  variables:
    - { name: payment, expression: args.payment }
    - { name: amount, expression: double(variables.payment.amount) }
    - { name: limit, expression: "500.0" }
    - { name: eur, expression: variables.amount * 1.1 }
  match:
    - condition: variables.amount >= variables.limit && variables.eur > 5.0 && variables.payment.to.size() == 3
      output: "true"
`);
    expect(set.conditions.map(({ comparison }) => comparison)).toEqual([
      undefined,
      { pointer: '/args/payment/amount', of: 'value', operator: '>=', literal: 500 },
      undefined,
      { pointer: '/args/payment/to', of: 'size', operator: '==', literal: 3 },
    ]);
  });

  test('a mapping is undone where that is plain', async () => {
    const variables = {
      sum: '/args/amount',
      request: { inner: { sum: '/args/amount', fixed: { literal: { sum: 1 } } } },
      all: ['/args/amount'],
      clock: '/ts',
    };
    const pointers = async (expression: string): Promise<Comparison['pointer'] | undefined> => {
      const set = await loadSet(expression, { path: 'p.cel', mapping: { variables } });
      return set.conditions[0]?.comparison?.pointer;
    };
    expect(await pointers('sum > 5')).toBe('/args/amount');
    expect(await pointers('request.inner.sum.low > 5')).toBe('/args/amount/low');
    expect(await pointers('request.inner.fixed.sum > 5')).toBeUndefined();
    expect(await pointers('request.inner == "x"')).toBeUndefined();
    expect(await pointers('all[0] > 5')).toBeUndefined();
    expect(await pointers('clock == "x"')).toBeUndefined();
  });
});

test('a policy mentions the texts of its condition, of the guards and variables, not of its output', async () => {
  const set = await loadSet(`
rule:
  variables:
    - { name: a, expression: '["in a", "twice"]' }
    - { name: b, expression: 'variables.a + ["in b"]' }
    - { name: unused, expression: '"unused"' }
  match:
    - condition: tool.name == "guard"
      rule:
        variables:
          - { name: a, expression: '"shadow"' }
        match:
          - condition: args.x in variables.b || args["key"] == "twice"
            output: '"allow"'
          - condition: args.variables.exists(variables, variables.a == variables)
            output: '"allow"'
          - condition: args.x == variables.a
            output: '"allow"'
    - output: '"deny"'
      explanation: '"because"'
`);
  expect(set.policies.map(({ mentions }) => mentions)).toEqual([
    ['guard', 'in a', 'in b', 'key', 'twice'],
    ['guard'],
    ['guard', 'shadow'],
    [],
  ]);
});

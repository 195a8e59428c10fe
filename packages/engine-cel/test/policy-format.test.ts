/** The CEL policy format as cel-go and the conformance cases of cel-expr/cel-policy have it. */
import { describe, expect, test } from 'vitest';
import { brief, call, decide, load, loadSet, told } from './load.ts';

describe('match', () => {
  const POLICY = `
name: pay
rule:
  match:
    - condition: args.amount > 1000
      output: '"deny"'
    - condition: args.amount > 100
      output: '"escalate"'
    - output: '"allow"'
`;
  test.each([
    [5000, 'deny pay/0'],
    [500, 'escalate pay/1'],
    [5, 'allow pay/2'],
  ])('the first case that matches decides: %d', async (amount, expected) => {
    expect(brief(await loadSet(POLICY), call('t', { amount }))).toBe(expected);
  });

  test('without a match the set does not apply', async () => {
    const set = await loadSet(
      `rule:\n  match:\n    - condition: "false || args.x"\n      output: "false"\n`.replace('name', 'n'),
    );
    expect(decide(set, call('t', { x: false }))).toEqual({
      outcome: null,
      basis: 'defaulted',
      determining: [],
      reasons: [],
      obligations: [],
      errors: [],
    });
  });

  test('an error ends the whole policy, as in cel-go, unless CEL absorbs it', async () => {
    const set = await loadSet(`
rule:
  match:
    - condition: args.level > 3 || args.admin
      output: "true"
    - output: "false"
`);
    expect(brief(set, call('t', { admin: true }))).toBe('allow p/0');
    expect(decide(set, call('t', { admin: false }))).toEqual({
      outcome: 'indeterminate',
      basis: 'failed',
      determining: [],
      reasons: [],
      obligations: [],
      errors: [{ policy: 'policies/p.cel.yaml#p/0', message: 'no such key: level', kind: 'runtime' }],
    });
  });
});

describe('nested rules', () => {
  const nested = (condition: string) => `
name: n
rule:
  match:
    - ${condition}
      rule:
        match:
          - condition: args.inner == 1
            output: '"allow"'
          - condition: args.inner == 2
            output: '"escalate"'
    - output: '"deny"'
`;

  test('under a condition, no match inside is no match at all', async () => {
    const set = await loadSet(nested('condition: args.outer'));
    expect(brief(set, call('t', { outer: true, inner: 1 }))).toBe('allow n/0/0');
    expect(brief(set, call('t', { outer: true, inner: 2 }))).toBe('escalate n/0/1');
    expect(brief(set, call('t', { outer: true, inner: 3 }))).toBe('null');
    expect(brief(set, call('t', { outer: false, inner: 1 }))).toBe('deny n/1');
  });

  test.each(['condition: "true"', 'id: x'])('without one, the next case follows: %s', async (condition) => {
    const set = await loadSet(nested(condition));
    expect(brief(set, call('t', { inner: 3 }))).toMatch(/^deny n\/1$/);
    expect(brief(set, call('t', { inner: 2 }))).toMatch(/^escalate n\/(0|x)\/1$/);
  });

  test('variables are lazy, scoped and may shadow those of the rule around', async () => {
    const set = await loadSet(`
rule:
  variables:
    - name: i
      expression: "1"
    - name: j
      expression: variables.i + 1
    - name: never
      expression: 1 / 0
  match:
    - condition: args.x == 1
      rule:
        variables:
          - name: i
            expression: "5"
        match:
          - condition: variables.i + variables.j == 7
            output: "true"
    - condition: variables.i + variables.j == 3
      output: "false"
`);
    expect(brief(set, call('t', { x: 1 }))).toBe('allow p/0/0');
    expect(brief(set, call('t', { x: 2 }))).toBe('deny p/1');
  });

  test('a variable used inside a macro keeps the macro its own', async () => {
    const set = await loadSet(`
rule:
  variables:
    - name: squares
      expression: args.list.map(x, x * x)
  match:
    - condition: args.list.all(x, args.list.exists(y, variables.squares[y - 1] == x * x))
      output: "true"
`);
    expect(brief(set, call('t', { list: [1, 2, 3] }))).toBe('allow p/0');
  });
});

describe('aggregate', () => {
  const WORDS = {
    PEER: 'escalate',
    REDACT: { outcome: 'allow', obligations: [{ type: 'redact', fields: ['card'] }] },
    THROTTLE: { outcome: 'allow', obligations: ['throttle'] },
    STOP: 'deny',
  };
  const GOVERNANCE = `
name: governance
rule:
  aggregate:
    - rule:
        id: approval
        match:
          - condition: args.prod
            output: "'STOP'"
          - condition: args.mutation
            output: "'PEER'"
    - condition: args.card
      output: "'REDACT'"
    - condition: args.batch > 100
      output: "'THROTTLE'"
`;
  const facts = (args: object) => call('t', { prod: false, mutation: false, card: false, batch: 1, ...args });

  test('all matches count, the strictest decides, all obligations hold', async () => {
    const set = await loadSet(GOVERNANCE, { mapping: { outputs: WORDS } });
    expect(decide(set, facts({ mutation: true, card: true, batch: 1000 }))).toEqual({
      outcome: 'escalate',
      basis: 'determined',
      determining: [1],
      reasons: ['PEER'],
      obligations: [{ type: 'redact', fields: ['card'] }, { type: 'throttle' }],
      errors: [],
    });
    expect(brief(set, facts({ card: true, batch: 1000 }))).toBe('allow governance/1 governance/2');
    expect(brief(set, facts({ prod: true, mutation: true, card: true }))).toBe('deny approval/0');
  });

  test('nothing that matches is no decision', async () => {
    const set = await loadSet(GOVERNANCE, { mapping: { outputs: WORDS } });
    expect(brief(set, facts({}))).toBe('null');
  });

  test('may stand inside a match, whose other outputs are then lists', async () => {
    const set = await loadSet(`
rule:
  match:
    - condition: args.a
      rule:
        aggregate:
          - condition: args.b
            output: "'escalate'"
          - condition: args.c
            output: "'deny'"
    - output: "['allow', 'escalate']"
`);
    expect(brief(set, call('t', { a: true, b: true, c: true }))).toBe('deny p/0/1');
    expect(brief(set, call('t', { a: true, b: true, c: false }))).toBe('escalate p/0/0');
    expect(brief(set, call('t', { a: true, b: false, c: false }))).toBe('null');
    expect(brief(set, call('t', { a: false }))).toBe('escalate p/1');
  });
});

describe('outputs', () => {
  test('a map says outcome, reason and obligations; an explanation is the better reason', async () => {
    const set = await loadSet(`
rule:
  match:
    - condition: args.a
      output: '{"outcome": "deny", "reason": "no " + tool.name, "obligations": ["log", {"type": "notify", "n": args.n}]}'
    - output: '{"outcome": "allow", "reason": "r"}'
      explanation: '"fine: " + string(args.n)'
`);
    expect(decide(set, call('pay', { a: true, n: 1.5 }))).toMatchObject({
      outcome: 'deny',
      reasons: ['no pay'],
      obligations: [{ type: 'log' }, { type: 'notify', n: 1.5 }],
    });
    expect(decide(set, call('pay', { a: false, n: 7 }))).toMatchObject({
      outcome: 'allow',
      reasons: ['fine: 7'],
    });
    expect(decide(set, call('pay', { a: false }))).toMatchObject({
      outcome: 'allow',
      reasons: ['r'],
      errors: [],
    });
    expect(set.policies.map(({ effect }) => effect)).toEqual(['forbid', 'permit']);
  });

  test('an output that means nothing is an error of that call', async () => {
    const set = await loadSet('rule:\n  match:\n    - output: tool.name\n');
    expect(brief(set, call('deny'))).toBe('deny p/0');
    expect(decide(set, call('indeterminate')).errors[0]?.message).toBe(
      'output "indeterminate" is neither allow, deny nor escalate, nor named in mapping.cel.outputs',
    );
    expect(set.policies[0]?.effect).toBeNull();
  });

  test('a .cel file allows or denies', async () => {
    const set = await loadSet('// limit\nargs.amount <= 100\n', { path: 'rules/limit.cel' });
    expect(set.id).toBe('cel:rules/limit.cel');
    expect(set.policies.map(({ id, range }) => [id, range])).toEqual([
      ['rules/limit.cel#limit', { start: 9, end: 27 }],
    ]);
    expect(brief(set, call('t', { amount: 100 }))).toBe('allow limit');
    expect(brief(set, call('t', { amount: 101 }))).toBe('deny limit');
  });
});

describe('what cel-go refuses is refused', () => {
  const cases: [string, string, string[]][] = [
    [
      'outputs of two types',
      `rule:\n  match:\n    - condition: args.a\n      output: "true"\n    - output: "'deny'"\n`,
      [
        `cel-output-error "\\"'deny'\\"": the outputs of a file have one type: this is string, those before are bool`,
      ],
    ],
    [
      'a case after one that always decides',
      `rule:\n  match:\n    - output: "true"\n    - condition: args.a\n      output: "false"\n`,
      ['cel-unreachable "output: \\"true\\"": this case always decides: those after it are never reached'],
    ],
    [
      'a condition that is always false',
      `rule:\n  match:\n    - condition: "false"\n      output: "true"\n`,
      ['cel-unreachable "\\"false\\"": this condition is always false'],
    ],
    [
      'aggregate inside aggregate',
      `rule:\n  aggregate:\n    - rule:\n        aggregate:\n          - output: "true"\n`,
      ['cel-yaml-error "aggregate": `aggregate` rules cannot be nested in one another'],
    ],
    [
      'match beside aggregate',
      `rule:\n  match:\n    - output: "true"\n  aggregate:\n    - output: "true"\n`,
      ['cel-yaml-error "aggregate": a rule has either `match` or `aggregate`'],
    ],
    [
      'a variable used before it is declared',
      `rule:\n  variables:\n    - name: a\n      expression: variables.b\n    - name: b\n      expression: "1"\n  match:\n    - output: "true"\n`,
      ['cel-type-error "variables": Unknown variable: variables'],
    ],
    [
      'a variable declared twice',
      `rule:\n  variables:\n    - {name: a, expression: "1"}\n    - {name: a, expression: "2"}\n  match:\n    - output: "true"\n`,
      ['cel-type-error "{name: a, expression: \\"2\\"}": variable `a` is declared twice'],
    ],
    [
      'an output beside a rule',
      `rule:\n  match:\n    - output: "true"\n      rule:\n        match:\n          - output: "true"\n`,
      ['cel-yaml-error "rule": a case has either `output` or `rule`'],
    ],
    [
      'an explanation of a nested rule',
      `rule:\n  match:\n    - explanation: "'x'"\n      rule:\n        match:\n          - output: "true"\n`,
      ['cel-yaml-error "explanation": `explanation` belongs to an `output`, not to a nested rule'],
    ],
    [
      'a variable that is no name but a map',
      `rule:\n  variables:\n    - {name: a, expression: "1"}\n  match:\n    - condition: variables["a"] == 1\n      output: "true"\n`,
      ['cel-type-error "variables": write `variables.NAME`: the variables of a policy are no map'],
    ],
  ];
  test.each(cases)('%s', async (_name, text, expected) => {
    const { set, diagnostics } = await load(text);
    expect(told(text, diagnostics)).toEqual(expected);
    expect(set).toBeUndefined();
  });
});

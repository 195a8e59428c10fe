/** Tests in cel-go's policy test format. */
import type { EngineOptions, SourceFile, TestResult } from '@benchbook/model';
import { describe, expect, test } from 'vitest';
import { engine } from '../src/index.ts';

const POLICY = `name: pay
rule:
  variables:
    - name: limit
      expression: "100"
  match:
    - condition: args.amount > variables.limit && tool.name == "pay"
      output: '{"outcome": "deny", "reason": "above " + string(variables.limit)}'
    - condition: args.small
      output: '{"outcome": "allow"}'
`;

/** Runs tests files beside policies: paths to texts. */
async function run(
  texts: Record<string, string>,
  options: EngineOptions = {},
): Promise<readonly TestResult[]> {
  const files = Object.entries(texts).map(([path, text]): SourceFile => {
    const base = path.split('/').at(-1) ?? '';
    const pattern = engine.manifest.files.find(
      ({ suffix }) => base === suffix || (suffix.startsWith('.') && base.endsWith(suffix)),
    );
    if (!pattern) throw new Error(path);
    return { path, rootPath: path, role: pattern.role, language: pattern.language, text };
  });
  const session = await engine.open({ read: () => Promise.reject(new Error('no assets')) }, options);
  session.update({ files, tools: [], agents: [], numbers: [] });
  return (await session.test?.()) ?? [];
}

function told(results: readonly TestResult[]): string[] {
  return results.map(({ name, state, message }) => `${state} ${name}${message === '' ? '' : `: ${message}`}`);
}

/** Runs one tests file against one policy. */
async function suite(tests: string, policy = POLICY): Promise<string[]> {
  return told(await run({ 'a/pay.cel.yaml': policy, 'a/pay.tests.yaml': tests }));
}

/** One test of one section, given as the YAML of a flow mapping. */
function one(content: string, policy = POLICY): Promise<string[]> {
  return suite(`section:\n  - name: s\n    tests:\n      - { name: t, ${content} }\n`, policy);
}

const SUITE = `name: pay
description: what is paid
section:
  - name: above
    tests:
      - name: denied
        input:
          args:
            value: { amount: 101 }
          tool:
            expr: "{'name': 'pay'}"
        output:
          expr: >
            {"outcome": "deny",
             "reason": "above 100"}
      - name: another
        input:
          args: { value: { amount: 100.5, small: true } }
          tool: { value: { name: other } }
        output: { value: { outcome: deny } }
  - tests:
      - input:
          args: { value: { amount: 1, small: false } }
        output: { expr: optional.none() }
      - name: fails
        input: { args: { value: { amount: 1 } } }
        output: { error_set: ["no such field", "no such key: small"] }
`;

test('results stand in order of the document, with places and what was exercised', async () => {
  const results = await run({ 'a/pay.cel.yaml': POLICY, 'a/pay.tests.yaml': SUITE });
  expect(told(results)).toEqual([
    'passed above/denied',
    'failed above/another: expected {"outcome": "deny"}, got {"outcome": "allow"}',
    'passed 1/0',
    'passed 1/fails',
  ]);
  expect(results.map(({ range }) => range && SUITE.slice(range.start, range.end).split('\n')[0])).toEqual([
    'name: denied',
    'name: another',
    'input:',
    'name: fails',
  ]);
  expect(results[1]?.range && SUITE.slice(results[1].range.start, results[1].range.end)).toMatch(
    /outcome: deny \} \}$/,
  );
  expect(results.map(({ file, language }) => [file, language])).toEqual(
    Array.from({ length: 4 }, () => ['a/pay.tests.yaml', 'cel-policy']),
  );
  const set = 'cel:a/pay.cel.yaml';
  expect(results.map(({ seen }) => seen)).toEqual([
    [
      {
        set,
        states: ['applied', 'unreached'],
        cover: { conditions: ['true', 'true', 'true', 'unreached'], statements: [true, false] },
      },
    ],
    [
      {
        set,
        states: ['silent', 'applied'],
        cover: { conditions: ['false', 'true', 'false', 'true'], statements: [false, true] },
      },
    ],
    [
      {
        set,
        states: ['silent', 'silent'],
        cover: { conditions: ['false', 'false', 'unreached', 'false'], statements: [false, false] },
      },
    ],
    [
      {
        set,
        states: ['silent', 'error'],
        cover: { conditions: ['false', 'false', 'unreached', 'error'], statements: [false, false] },
      },
    ],
  ]);
});

describe('outputs', () => {
  const simple = (output: string, condition = 'args.a') =>
    `rule:\n  match:\n    - condition: ${condition}\n      output: ${output}\n`;
  test.each<[string, string, string]>([
    ['value: true', 'true', 'passed'],
    ['value: false', 'true', 'failed s/t: expected false, got true'],
    ['value: null', 'true', 'failed s/t: expected null, got true'],
    ['expr: "1 + 1 == 2"', 'true', 'passed'],
    ['expr: optional.of(true)', 'true', 'passed'],
    ['expr: optional.none()', 'true', 'failed s/t: expected optional.none(), got true'],
    ['value: deny', `'"deny"'`, 'passed'],
    ['value: "deny "', `'"deny"'`, 'failed s/t: expected "deny ", got "deny"'],
    ['value: {outcome: deny}', `'{"outcome": "deny"}'`, 'passed'],
    ['error_set: [division]', '"1 / 0 == 1"', 'passed'],
    [
      'error_set: [overflow, none]',
      '"1 / 0 == 1"',
      'failed s/t: expected an error with "overflow" or "none", but it fails: division by zero',
    ],
    ['error_set: [overflow]', 'true', 'failed s/t: expected an error with "overflow", got true'],
    ['value: true', '"1 / 0 == 1"', 'failed s/t: expected true, but it fails: division by zero'],
    [
      'value: deny',
      'tool.name',
      'failed s/t: expected "deny", but it fails: no such attribute: tool (it is not under `input`)',
    ],
    [
      'unknown_set: [1]',
      'true',
      'skipped s/t: `unknown_set` is not evaluated: every variable has a value here',
    ],
    ['expr: args.a', 'true', 'error s/t: `args.a` fails: no such attribute: args'],
    ['expr: nope(', 'true', 'error s/t: `nope(` is no expression: Unexpected token: EOF'],
    ['value: 1, expr: "1"', 'true', 'error s/t: `output` has either `value` or `expr`'],
    ['error_set: []', 'true', 'error s/t: `error_set` names no error'],
    ['error_set: [a], value: 1', 'true', 'error s/t: `output` has either `error_set` or a value'],
    [
      'result: 1',
      'true',
      'error s/t: unknown key `result` in `output`; known are value, expr, error_set, unknown_set',
    ],
  ])('%s of %s', async (expected, output, result) => {
    const [text] = await one(`input: {args: {value: {a: true}}}, output: {${expected}}`, simple(output));
    expect(text).toBe(result === 'passed' ? 'passed s/t' : result);
  });

  test('an aggregate gives the list of what matched', async () => {
    const policy = `rule:\n  aggregate:\n    - {condition: args.a, output: "'deny'"}\n    - {condition: args.b, output: "'allow'"}\n    - rule: {match: [{condition: args.a, output: "'escalate'"}]}\n`;
    expect(
      await one('input: {args: {value: {a: true, b: false}}}, output: {value: [deny, escalate]}', policy),
    ).toEqual(['passed s/t']);
    expect(await one('input: {args: {value: {a: false, b: false}}}, output: {value: []}', policy)).toEqual([
      'passed s/t',
    ]);
  });

  test('a nested rule that gives nothing ends its parent, unless it always runs', async () => {
    const policy = `rule:
  match:
    - condition: args.a
      rule: { match: [{ condition: args.b, output: "true" }] }
    - rule: { match: [{ condition: args.c, output: "true" }] }
    - output: "false"
`;
    const outputs = async (args: string, output: string) =>
      one(`input: {args: {value: ${args}}}, output: {${output}}`, policy);
    expect(await outputs('{a: true, b: false}', 'expr: optional.none()')).toEqual(['passed s/t']);
    expect(await outputs('{a: true, b: true}', 'value: true')).toEqual(['passed s/t']);
    expect(await outputs('{a: false, c: false}', 'value: false')).toEqual(['passed s/t']);
  });
});

describe('inputs', () => {
  test.each<[string, string]>([
    ['1', 'args.v == 1 && type(args.v) == int'],
    ['1.0', 'type(args.v) == double'],
    ['18446744073709551615', 'args.v == 18446744073709551615u && type(args.v) == uint'],
    ['9007199254740993', 'args.v == 9007199254740993'],
    ['1e400', 'args.v > 1.0e308'],
    ['"1"', 'args.v == "1"'],
    ['2026-05-01T10:00:00Z', 'args.v == timestamp("2026-05-01T10:00:00Z")'],
    ['2026-05-01', 'args.v == timestamp("2026-05-01T00:00:00Z")'],
    ['"2026-05-01"', 'args.v == "2026-05-01"'],
    ['[a, {1: b}]', 'args.v[1][1] == "b"'],
    ['', 'args.v == null'],
    ['{__proto__: 1}', 'args.v["__proto__"] == 1 && !has(args.v.toString)'],
  ])('`%s` is what cel-go makes of it: %s', async (value, condition) => {
    const policy = `rule:\n  match:\n    - condition: |-\n        ${condition}\n      output: "true"\n`;
    const tests = `section:\n  - name: s\n    tests:\n      - name: t\n        input:\n          args:\n            value:\n              v: ${value}\n        output:\n          value: true\n`;
    expect(await suite(tests, policy)).toEqual(['passed s/t']);
  });

  test.each<[string, string]>([
    [
      'input: {arg: {value: {}}}, output: {value: 1}',
      'unknown variable `arg` under `input`; did you mean `args`?',
    ],
    [
      'input: {spec.origin: {value: us}}, output: {value: 1}',
      'unknown variable `spec.origin` under `input`; known are agent, user, tool, args, session, ts, context',
    ],
    [
      'input: {__proto__: {value: {}}}, output: {value: 1}',
      'unknown variable `__proto__` under `input`; known are agent, user, tool, args, session, ts, context',
    ],
    [
      'input: {args: {amount: 1}}, output: {value: 1}',
      'unknown key `amount` in input `args`; known are value, expr',
    ],
    ['input: {args: 1}, output: {value: 1}', 'input `args` must be a mapping'],
    ['input: {args: {}}, output: {value: 1}', 'input `args` needs `value` or `expr`'],
    ['input: {args: {value: {a: 1, a: 2}}}, output: {value: 1}', '`a` stands twice in a map'],
    [
      'input: {args: {value: {[1]: 2}}}, output: {value: 1}',
      'the key of a map must be a string, an integer or a boolean',
    ],
    [
      'input: {args: {value: !!binary aGk=}}, output: {value: 1}',
      'the tag `tag:yaml.org,2002:binary` means nothing here',
    ],
    [
      'input: {args: {value: !!python/object x}}, output: {value: 1}',
      'the tag `tag:yaml.org,2002:python/object` means nothing here',
    ],
    ['input: {args: {expr: "1 +"}}, output: {value: 1}', '`1 +` is no expression: Unexpected token: EOF'],
    ['input: {args: {expr: "1 / 0"}}, output: {value: 1}', '`1 / 0` fails: division by zero'],
    [
      'input: {ts: {value: "2026-05-01T10:00:00Z"}}, output: {value: 1}',
      '`ts` is a timestamp: write it without quotes, or as `expr: timestamp("...")`',
    ],
    ['input: [], output: {value: 1}', '`input` must be a mapping'],
    ['output: true', '`output` must be a mapping'],
    ['input: {}', 'a test needs `output`, with `value`, `expr` or `error_set`'],
    ['inputs: {}, output: {value: 1}', 'unknown key `inputs` in a test; did you mean `input`?'],
    ['output: {value: *nowhere}', 'no anchor `nowhere` before this alias'],
  ])('%s is an error', async (content, message) => {
    const [text] = await one(content);
    expect(text).toBe(`error s/t: ${message}`);
  });

  test('messages of protobuf are skipped', async () => {
    expect(await one('context_expr: "T{a: 1}", output: {value: 1}')).toEqual([
      'skipped s/t: `context_expr` needs protobuf messages, which are not available here',
    ]);
  });

  test('anchors and aliases are followed', async () => {
    const tests = `section:
  - name: s
    tests:
      - name: one
        input: &base { args: { value: &args { amount: 500, small: true } }, tool: { value: { name: pay } } }
        output: &out { value: { outcome: deny, reason: above 100 } }
      - { name: two, input: *base, output: *out }
      - { name: three, input: { args: { value: *args }, tool: { expr: "{'name': 'x'}" } }, output: { value: { outcome: allow } } }
`;
    expect(await suite(tests)).toEqual(['passed s/one', 'passed s/two', 'passed s/three']);
  });

  test('variables of the mapping are bound by their names', async () => {
    const results = await run(
      {
        'p.cel.yaml': 'rule:\n  match:\n    - condition: sum > 5\n      output: "true"\n',
        'p.tests.yaml':
          'section: [{name: s, tests: [{name: t, input: {sum: {value: 6}}, output: {value: true}}]}]',
      },
      { mapping: { variables: { sum: '/args/amount' } } },
    );
    expect(told(results)).toEqual(['passed s/t']);
  });
});

describe('files', () => {
  const TESTS =
    'section: [{name: s, tests: [{name: t, input: {args: {value: {a: true}}}, output: {value: true}}]}]\n';
  test('a tests file stands beside its policy', async () => {
    const results = await run({
      'one/tests.yaml': TESTS,
      'one/limit.cel': 'args.a',
      'two/x.tests.yaml': TESTS,
      'two/x.cel': 'args.a',
      'two/y.cel': 'args.b',
      'two/tests.yaml': TESTS,
      'two/z.tests.yaml': TESTS,
      'three/tests.yaml': TESTS,
      'four/x.cel': 'args.a',
      'four/x.cel.yaml': 'rule:\n  match:\n    - output: "false"\n',
      'four/x.tests.yaml': TESTS,
      'four/x.cel.tests.yaml': TESTS,
    });
    expect(results.map(({ file, language }, index) => `${file} ${language} ${told(results)[index]}`)).toEqual(
      [
        'four/x.cel.tests.yaml cel passed s/t',
        'four/x.tests.yaml cel-policy failed s/t: expected true, got false',
        'one/tests.yaml cel passed s/t',
        'three/tests.yaml cel-policy error tests.yaml: its folder holds no CEL policies: name the file after its policy, as `X.tests.yaml` beside `X.cel.yaml`',
        'two/tests.yaml cel-policy error tests.yaml: its folder holds 2 CEL policies: name the file after its policy, as `X.tests.yaml` beside `X.cel.yaml`',
        'two/x.tests.yaml cel passed s/t',
        'two/z.tests.yaml cel-policy error z.tests.yaml: there is no policy `z.cel.yaml` or `z.cel` beside it',
      ],
    );
  });

  test('a policy that does not load cannot be tested', async () => {
    expect(told(await run({ 'p.cel': 'args.', 'p.tests.yaml': TESTS }))).toEqual([
      'error p.tests.yaml: p.cel does not load: Expected IDENTIFIER, got EOF',
    ]);
  });

  test('tests run against the latest snapshot, whatever came after it', async () => {
    const file = (path: string, text: string, role: SourceFile['role']): SourceFile => ({
      path,
      rootPath: path,
      role,
      language: 'cel',
      text,
    });
    const session = await engine.open({ read: () => Promise.reject(new Error('no assets')) }, {});
    const input = { tools: [], agents: [], numbers: [] };
    session.update({
      ...input,
      files: [file('p.cel', 'args.a', 'policy'), file('p.tests.yaml', TESTS, 'test')],
    });
    await session.snapshot();
    session.update({
      ...input,
      files: [file('p.cel', '!args.a', 'policy'), file('p.tests.yaml', TESTS, 'test')],
    });
    expect(told((await session.test?.()) ?? [])).toEqual(['passed s/t']);
    await session.snapshot();
    expect(told((await session.test?.()) ?? [])).toEqual(['failed s/t: expected true, got false']);
    session.close();
    expect(await session.test?.()).toEqual([]);
  });
});

describe('hostile files', () => {
  test.each<[string, string, string]>([
    ['nothing', '', 'a tests file must be a mapping'],
    ['text', 'hello', 'a tests file must be a mapping'],
    ['no sections', 'name: x', 'a tests file needs `section`: a list of sections with `tests`'],
    ['sections that are none', 'section: {a: 1}', '`section` must be a list'],
    ['a key twice', 'section: []\nsection: []', '`section` stands twice in a tests file'],
    [
      'broken YAML',
      'section: [',
      'no YAML that can be read: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['deep nesting', `section: ${'['.repeat(20_000)}`, 'no YAML that can be read: nested too deeply'],
    ['a long file', `#${'x'.repeat(1_000_001)}`, 'no YAML that can be read: longer than 1000000 characters'],
  ])('%s', async (_name, text, message) => {
    expect(await suite(text)).toEqual([`error pay.tests.yaml: ${message}`]);
  });

  test('what is wrong with one entry leaves the others', async () => {
    const tests =
      'section: [1, {tests: [2, {name: [], output: {value: 1}}, {output: {expr: optional.none()}, input: {args: {value: {amount: 1, small: false}}}}]}, {name: x, test: []}]';
    expect(await suite(tests)).toEqual([
      'error 0: a section must be a mapping',
      'error 1/0: a test must be a mapping',
      'error 1/1: `name` must be text',
      'passed 1/2',
      'error 2: unknown key `test` in a section; did you mean `tests`?',
    ]);
  });

  const started = () => performance.now();
  test('aliases of aliases do not multiply', async () => {
    const levels = Array.from({ length: 30 }, (_, i) => `x${i + 1}: &x${i + 1} [*x${i}, *x${i}]`);
    const bomb = `section: [{tests: [{input: {args: {value: {x0: &x0 [1], ${levels.join(', ')}}}}, output: {value: 1}}]}]`;
    const from = started();
    expect(await suite(bomb)).toEqual(['error 0/0: more than 200000 values, with aliases followed']);
    const sections = `section:\n  - &s { tests: [&t { output: { value: 1 } }${', *t'.repeat(500)}] }\n${'  - *s\n'.repeat(1000)}`;
    const results = await suite(sections);
    expect(results).toHaveLength(10_001);
    expect(results.at(-1)).toMatch(
      /^error pay\.tests\.yaml: more than (10000 tests: the rest is left out|200000 values)/,
    );
    expect(started() - from).toBeLessThan(10_000);
  });

  test('a circle of aliases ends', async () => {
    expect(await one('input: {args: {value: &a [*a]}}, output: {value: 1}')).toEqual([
      'error s/t: nested deeper than 200 levels',
    ]);
  });

  test('many tests of a slow policy end', async () => {
    const policy =
      'rule:\n  match:\n    - condition: args.l.all(x, args.l.all(y, x == y))\n      output: "true"\n';
    const list = `[${'1, '.repeat(200)}1]`;
    const tests = `section: [{tests: [&t {input: {args: {expr: "{'l': ${list}}"}}, output: {value: true}}${', *t'.repeat(3000)}]}]`;
    const from = started();
    const results = await suite(tests, policy);
    expect(results.at(-1)).toMatch(
      /^error 0\/\d+: the tests before took too many steps: this and the rest were not run$/,
    );
    expect(results.slice(0, -1)).toEqual(results.slice(0, -1).map((_, index) => `passed 0/${index}`));
    expect(started() - from).toBeLessThan(20_000);
  });

  test('equal keys are found in no time', async () => {
    const keys = Array.from({ length: 60_000 }, (_, i) => `k${i}: 1`).join(', ');
    const from = started();
    expect(await one(`input: {args: {value: {${keys}}}}, output: {expr: optional.none()}`)).toEqual([
      'failed s/t: expected optional.none(), but it fails: no such key: amount',
    ]);
    expect(started() - from).toBeLessThan(10_000);
  });

  test('a value that is shown is cut', async () => {
    const [text = ''] = await one(
      `input: {args: {value: {amount: 1, small: true}}}, output: {value: "${'x'.repeat(5000)}"}`,
    );
    expect(text).toBe(`failed s/t: expected "${'x'.repeat(199)}…, got {"outcome": "allow"}`);
  });
});

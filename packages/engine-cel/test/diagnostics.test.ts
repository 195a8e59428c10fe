import { describe, expect, test } from 'vitest';
import { load, loadSet, told } from './load.ts';

async function findings(text: string, options: Parameters<typeof load>[1] = {}): Promise<string[]> {
  return told(text, (await load(text, options)).diagnostics);
}

const CASE = (condition: string) => `rule:\n  match:\n    - condition: ${condition}\n      output: "true"\n`;

describe('an expression is underlined where it stands in the YAML', () => {
  test.each([
    ['plain', 'args.amount > foo'],
    ['plain over two lines', 'args.amount >\n        foo && true'],
    ['single quotes', `'args["it''s"] > foo'`],
    ['double quotes', `"args.name == \\"\\u00e9\\" && foo"`],
    ['double quotes over two lines', '"args.name == \'\\\n        x\' && foo\n        && true"'],
    ['a literal block', '|\n        args.amount > 1 &&\n        foo'],
    ['a folded block', '>-\n        args.amount\n          > foo'],
    ['text beyond the basic plane', `'args.name == "😀" || foo'`],
  ])('%s', async (_style, condition) => {
    expect(await findings(CASE(condition))).toEqual(['cel-type-error "foo": Unknown variable: foo']);
  });

  test('a block keeps its lines, so that a comment ends with its own', async () => {
    const text = `rule:\n  match:\n    - condition: >\n        args.a // only this\n        && args.b\n      output: "true"\n`;
    const set = await loadSet(text);
    expect(set.policies[0]?.reads).toEqual(['/args/a', '/args/b']);
  });

  test('parse errors too, at the character', async () => {
    expect(await findings(CASE(`'args.a && && args.b'`))).toEqual([
      'cel-parse-error "&&": Unexpected token: AND',
    ]);
    expect(await findings(CASE(`'args.a ==='`))).toEqual(['cel-parse-error "=": Unexpected character: =']);
  });
});

test('all expressions of a file are checked, each on its own', async () => {
  const text = `rule:
  variables:
    - name: a
      expression: agent.id + 
    - name: b
      expression: '"x" + 1'
  match:
    - condition: variables.a == lenght(args.x)
      output: '"dney"'
    - condition: args.s.startWith("a")
      output: '"deny"'
`;
  expect(await findings(text)).toEqual([
    'cel-parse-error "+": Unexpected token: EOF',
    'cel-type-error "\\"x\\" + 1": no such overload: string + int',
    'cel-type-error "lenght(args.x)": unknown function lenght()',
    'cel-output-error "\\"dney\\"": output "dney" is neither allow, deny nor escalate, nor named in mapping.cel.outputs; did you mean "deny"?',
    'cel-type-error "args.s.startWith(\\"a\\")": unknown function startWith(); did you mean startsWith?',
  ]);
});

test('controls as a key are told where they belong', async () => {
  const text = `name: x\nrule:\n  match:\n    - condition: args.a\n      output: "true"\n      controls: { a: [b] }\n`;
  expect(await findings(text)).toEqual([
    'cel/unsupported-key "controls": CEL policies have no key `controls`: write `# @controls FRAMEWORK:ID` above the case, or a file NAME.controls.yaml',
  ]);
});

test('keys that are not known are named, with the one that was meant', async () => {
  const text = `nmae: x\nrule:\n  match:\n    - conditon: args.a\n      output: "true"\n`;
  expect(await findings(text)).toEqual([
    'cel-unknown-key "nmae": unknown key `nmae` in a policy; did you mean `name`?',
    'cel-unknown-key "conditon": unknown key `conditon` in a case; did you mean `condition`?',
  ]);
});

test('YAML that is none', async () => {
  expect(await findings('rule:\n  match: [\n')).toEqual([
    'cel-yaml-error "": Flow sequence in block collection must be sufficiently indented and end with a ]',
  ]);
  expect(await findings('')).toEqual(['cel-yaml-error "": a policy must be a mapping']);
  expect(await findings('name: a\nname: b\n')).toEqual([
    'cel-yaml-error "name": `name` stands here twice',
    'cel-yaml-error "name": the policy has no `rule`',
  ]);
  expect(await findings('a: &x 1\nrule: *x\n')).toEqual([
    'cel-unknown-key "a": unknown key `a` in a policy; known are name, description, imports, rule',
    'cel-yaml-error "*x": YAML aliases are not part of the CEL policy format',
  ]);
});

test('imports are ignored with a warning; values that YAML does not read as text are taken with one', async () => {
  const text = `imports:\n  - name: foo.Bar\nrule:\n  match:\n    - output: true\n`;
  const { set, diagnostics } = await load(text);
  expect(told(text, diagnostics)).toEqual([
    'cel-imports-ignored "imports": `imports` name protobuf types, which are not available here: ignored',
    'cel-unquoted-expression "true": `output` must be quoted: cel-go refuses a YAML boolean here',
  ]);
  expect(diagnostics.map(({ severity }) => severity)).toEqual(['warning', 'warning']);
  expect(set?.policies[0]?.effect).toBe('permit');
});

test('types are checked', async () => {
  expect(await findings(CASE("'args.amount + 1'"))).toEqual([
    'cel-type-error "\'args.amount + 1\'": a condition must be a bool, this one is int',
  ]);
  expect(await findings(CASE('args.amount'))).toEqual([]);
  expect(await findings(CASE("'size(args)'"))).toEqual([
    'cel-type-error "\'size(args)\'": a condition must be a bool, this one is int',
  ]);
  expect(await findings(CASE('ts > "2026"'))).toEqual([
    'cel-type-error "ts > \\"2026\\"": no such overload: google.protobuf.Timestamp > string',
  ]);
  expect(await findings('"allow"', { path: 'p.cel' })).toEqual([
    'cel-output-error "\\"allow\\"": a .cel file is one boolean expression, this one is string',
  ]);
  expect(await findings('rule:\n  match:\n    - output: "1"\n')).toEqual([
    'cel-output-error "\\"1\\"": an output must be a bool, a string or a map, this one is int',
  ]);
});

describe('what cel-js reads otherwise than CEL is refused, never answered', () => {
  test.each([
    ['true == 1 < 2', 'cel-unsupported "1 < 2": CEL reads `a == b < c` as `(a == b) < c`: put parentheses'],
    [
      'true ? false ? true : false : true',
      'cel-parse-error "false ? true : false": put parentheses around the conditional between `?` and `:`',
    ],
    ['size("a",) == 1', 'cel-parse-error ",": unexpected comma'],
    [
      '9223372036854775808 > 0',
      'cel-parse-error "9223372036854775808": integer out of range: 9223372036854775808',
    ],
    [
      '-(9223372036854775808) < 0',
      'cel-parse-error "9223372036854775808": integer out of range: 9223372036854775808',
    ],
    ['b"x".hex() == "78"', 'cel-type-error "b\\"x\\".hex()": unknown function hex()'],
    ['"a".format([]) == "a"', 'cel-type-error "\\"a\\".format([])": unknown function format()'],
  ])('%s', async (expression, expected) => {
    expect(await findings(expression, { path: 'p.cel' })).toEqual([expected]);
  });

  test.each([
    'true == (1 < 2)',
    '1 < 2 == true',
    '-9223372036854775808 < 0',
    '(true ? false : true) || (true ? (true ? true : false) : false)',
    `'\\\\' + "a" == '\\\\a' && {'a b': 1}.\`a b\` == 1 && b'é' == b'\\xc3\\xa9' && br'\\x' == b'\\\\x'`,
  ])('but not %s', async (expression) => {
    expect(await findings(expression, { path: 'p.cel' })).toEqual([]);
  });
});

test('a mapping that is wrong is told of the manifest', async () => {
  const { set, diagnostics } = await load('true', {
    path: 'p.cel',
    mapping: { outputs: { A: 'perhaps', B: 'allow' }, variables: { in: '/args', 'a-b': 1 }, extra: 1 },
  });
  expect(diagnostics.map(({ file, message }) => [file, message])).toEqual([
    ['benchbook.yaml', 'unknown key mapping.cel.extra'],
    ['benchbook.yaml', 'mapping.cel.variables: `in` cannot name a variable'],
    ['benchbook.yaml', 'mapping.cel.variables: `a-b` cannot name a variable'],
    [
      'benchbook.yaml',
      'mapping.cel.outputs.A: output "perhaps" is neither allow, deny nor escalate, nor named in mapping.cel.outputs',
    ],
  ]);
  expect(set?.id).toBe('cel:p.cel');
});

describe('several errors at once', () => {
  test('of syntax, in one expression and in others', async () => {
    const text = `rule:
  match:
    - condition: 'args.a == && args.b ==='
      output: '"deny"'
    - condition: 'args.c && (args.d'
      output: '"allow" "x"'
    - condition: args.e + "x" && foo
      output: '"deny"'
`;
    expect(await findings(text)).toEqual([
      'cel-parse-error "&&": Unexpected token: AND',
      'cel-parse-error "=": unexpected character `=`',
      'cel-parse-error "d": Expected RPAREN, got EOF',
      'cel-parse-error "\\"x\\"": Unexpected character: \'"\'',
      'cel-type-error "foo": Unknown variable: foo',
    ]);
  });

  test('of types, in each part of a condition', async () => {
    expect(
      await findings(`agrs.a > 1 && (size(args.b, 1) > 1 || !usr.c) && "x" + 1 == "x"`, { path: 'p.cel' }),
    ).toEqual([
      'cel-type-error "agrs": Unknown variable: agrs; did you mean `args`?',
      'cel-unsupported "size(args.b, 1)": size() does not take 2 argument(s)',
      'cel-type-error "usr": Unknown variable: usr; did you mean `user`?',
      'cel-type-error "\\"x\\" + 1": no such overload: string + int',
    ]);
  });

  test('where YAML is broken, the other cases are checked', async () => {
    const text = `rule:
  variables:
    - name: limit
      expression: "1"
  match:
    - condition: "args.a
      output: '"deny"'
    - condition: variables.limt > 1
      output: '"dney"'
`;
    expect(await findings(text)).toEqual([
      'cel-yaml-error "\\"args.a": Missing closing "quote',
      'cel-type-error "limt": no variable `limt` is declared before this; did you mean `limit`?',
      'cel-output-error "\\"dney\\"": output "dney" is neither allow, deny nor escalate, nor named in mapping.cel.outputs; did you mean "deny"?',
    ]);
  });
});

describe('cases that can never apply get a warning', () => {
  const unreachable = async (...conditions: string[]) => {
    const cases = conditions.map((condition) => `    - condition: ${condition}\n      output: "true"\n`);
    const text = `rule:\n  match:\n${cases.join('')}`;
    const { diagnostics, set } = await load(text);
    expect(set?.policies).toHaveLength(conditions.length);
    expect(diagnostics.map(({ severity }) => severity)).toEqual(diagnostics.map(() => 'warning'));
    return told(text, diagnostics);
  };

  test('after a case with the same condition', async () => {
    expect(await unreachable('args.a > 1', 'args.b', '(args.a)  > 1')).toEqual([
      'cel-unreachable "(args.a)  > 1": a case before this one has the same condition: this one is never reached',
    ]);
  });

  test('where a fact would have to be two things', async () => {
    expect(await unreachable('tool.name == "a" && args.x && tool["name"] == "b"')).toEqual([
      'cel-unreachable "tool.name == \\"a\\" && args.x && tool[\\"name\\"] == \\"b\\"": this condition never holds: `tool.name` cannot be "a" and "b"',
    ]);
    expect(await unreachable('args.a && false')).toEqual([
      'cel-unreachable "args.a && false": a part of this condition is always false',
    ]);
    const nested = `rule:\n  match:\n    - condition: tool.name == "a"\n      rule:\n        match:\n          - condition: tool.name == "b"\n            output: "true"\n`;
    expect(await findings(nested)).toEqual([
      'cel-unreachable "tool.name == \\"b\\"": this condition never holds: `tool.name` cannot be "a" and "b"',
    ]);
  });

  test('in a file of one expression, too', async () => {
    const text = 'tool.name == "a" && tool.name == "b"';
    expect(await findings(text, { path: 'p.cel' })).toEqual([
      `cel-unreachable ${JSON.stringify(text)}: this condition never holds: \`tool.name\` cannot be "a" and "b"`,
    ]);
  });

  test('but not where a conversion or a default may be both', async () => {
    expect(await unreachable('int(args.a) == 1 && double(args.a) == 1.5')).toEqual([]);
    expect(await unreachable('args.?a.orValue(1) == 1 && args.?a.orValue(2) == 2')).toEqual([]);
    expect(await unreachable('tool.name == "a" || tool.name == "b"')).toEqual([]);
    expect(await unreachable('args.a == 1 && args.a == 1.0')).toEqual([]);
  });
});

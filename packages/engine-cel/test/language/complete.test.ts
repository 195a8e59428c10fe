import type { EngineOptions } from '@benchbook/model';
import { describe, expect, test } from 'vitest';
import { KNOWN, open, withCursor } from './workspace.ts';

const POLICY = 'p/pay.cel.yaml';

/** What completion gives at the cursor `|>`. */
async function at(
  marked: string,
  path = POLICY,
  others: Record<string, string> = {},
  options: EngineOptions = {},
) {
  const { text, offset } = withCursor(marked);
  const { language } = await open({ ...others, [path]: text }, options);
  const { items, control } = language.complete(path, offset, KNOWN);
  const apply = (label: string): string => {
    const item = items.find((one) => one.label === label);
    if (!item) throw new Error(`no ${label} among ${items.map((one) => one.label).join(' ')}`);
    return text.slice(0, item.range.start) + item.newText + text.slice(item.range.end);
  };
  return { items, control, apply, labels: items.map(({ label }) => label) };
}

/** The labels at the cursor of one `.cel` expression that rank before others. */
async function first(marked: string, below = 40): Promise<string[]> {
  const { items } = await at(marked, 'p/x.cel');
  return items.filter(({ rank }) => (rank ?? 50) < below).map(({ label, detail }) => `${label}: ${detail}`);
}

const CASE = (condition: string, output = `'"deny"'`) =>
  `rule:\n  match:\n    - condition: ${condition}\n      output: ${output}\n`;

describe('keys that fit the place', () => {
  test('of a policy, a rule, a case, a variable', async () => {
    expect((await at('na|>')).labels).toEqual(['name', 'description', 'imports', 'rule', 'policy']);
    expect((await at('name: x\n|>')).labels).toEqual(['description', 'imports', 'rule']);
    expect((await at('rule:\n  |>')).labels).toEqual([
      'id',
      'description',
      'variables',
      'match',
      'aggregate',
    ]);
    expect((await at('rule:\n  match:\n    - id: a\n      |>')).labels).toEqual([
      'condition',
      'output',
      'explanation',
      'rule',
    ]);
    expect((await at('rule:\n  match:\n    - output: "true"\n      |>')).labels).toEqual([
      'id',
      'condition',
      'explanation',
    ]);
    expect((await at('rule:\n  match:\n    - |>\n    - output: "true"\n')).labels).toEqual([
      'case',
      'id',
      'condition',
      'output',
      'explanation',
      'rule',
    ]);
    expect((await at('rule:\n  variables:\n    - name: x\n      ex|>')).labels).toEqual(['expression']);
    expect((await at('rule:\n  match:\n    |>')).labels).toEqual(['case']);
  });

  test('with what follows them, and what they are for', async () => {
    const { apply, items } = await at('rule:\n  match:\n    - cond|>\n      output: "true"\n');
    expect(apply('condition')).toBe('rule:\n  match:\n    - condition: \n      output: "true"\n');
    expect(items.find(({ label }) => label === 'condition')).toMatchObject({
      detail: 'bool',
      documentation: 'The case applies where this is true. Without a condition it always applies.',
    });
    // Editors put the indentation of the line before each line of a snippet.
    expect((await at('rule:\n  ma|>')).apply('match')).toBe('rule:\n  match:\n  - $0');
    // The colon that stands stays.
    expect((await at('rule:\n  match:\n    - con|>: "x"\n')).apply('condition')).toBe(
      'rule:\n  match:\n    - condition: "x"\n',
    );
  });

  test('of tests', async () => {
    const path = 'p/pay.tests.yaml';
    expect((await at('section:\n  - name: a\n    |>', path)).labels).toEqual(['description', 'tests']);
    const input = await at('section:\n  - tests:\n      - input:\n          |>', path);
    expect(input.labels).toEqual(['agent', 'user', 'tool', 'args', 'session', 'ts', 'context']);
    expect((await at('section:\n  - tests:\n      - output: { |> }\n', path)).labels).toEqual([
      'value',
      'expr',
      'error_set',
      'unknown_set',
    ]);
  });
});

describe('members', () => {
  test('of the arguments of the tool that the condition names', async () => {
    expect(await first('tool.name == "pay" && args.|>')).toEqual([
      'amount: double or int',
      'currency: string',
      'items: list',
      'cost-center: string',
      'note: string',
    ]);
    expect(await first('args.|> && tool.name == "mail"')).toEqual(['to: string', 'body: string']);
    expect(await first('tool.name in ["mail", "x"] ? args.|> : true')).toEqual([
      'to: string',
      'body: string',
    ]);
    expect((await first('tool.name == "mail" || args.|>')).slice(0, 2)).toEqual([
      'amount: double or int',
      'currency: string',
    ]);
  });

  test('narrowed by the cases around and before', async () => {
    const nested = await at(
      `rule:\n  match:\n    - condition: tool.name == "mail"\n      rule:\n        match:\n          - condition: args.|>\n            output: "true"\n`,
    );
    expect(nested.labels.slice(0, 2)).toEqual(['to', 'body']);
    const guarded = await at(
      `rule:\n  match:\n    - condition: tool.name != "mail"\n      output: "true"\n    - condition: args.|>\n      output: "true"\n`,
    );
    expect(guarded.labels.slice(0, 2)).toEqual(['to', 'body']);
    const aliased = await at(
      `rule:\n  variables:\n    - name: tools\n      expression: '["mail"]'\n  match:\n    - condition: tool.name in variables.tools && args.|>\n      output: "true"\n`,
    );
    expect(aliased.labels.slice(0, 2)).toEqual(['to', 'body']);
  });

  test('say what schemas and recordings show', async () => {
    const { items, apply } = await at('tool.name == "pay" && args.am|>ou > 1', 'p/x.cel');
    expect(items.find(({ label }) => label === 'amount')).toEqual({
      label: 'amount',
      kind: 'member',
      detail: 'double or int',
      documentation: '`pay`: double or int, required — How much.\n\nRecorded in 12 calls, e.g. `40`, `99.5`.',
      range: { start: 27, end: 31 },
      newText: 'amount',
      rank: 10,
    });
    expect(apply('cost-center')).toBe('tool.name == "pay" && args["cost-center"] > 1');
  });

  test('of facts, items of lists, map literals, namespaces, and variables', async () => {
    expect(await first('agent.|>')).toEqual([
      'id: string',
      'name: string',
      'version: string',
      'model: string',
      'parentAgentId: string',
    ]);
    expect(await first('context.|>')).toEqual(['cwd: string']);
    expect(await first('tool.name == "pay" && args.items.exists(i, i.|>')).toEqual([
      'sku: string',
      'price: int',
    ]);
    expect(await first('tool.name == "pay" && args.items[0].|>')).toEqual(['sku: string', 'price: int']);
    expect((await first('{"a": 1}.|>'))[0]).toBe('a: key of the map');
    expect((await at('math.|>', 'p/x.cel')).labels.slice(0, 3)).toEqual(['abs', 'bitAnd', 'bitNot']);
    const variables = await at(
      `rule:\n  variables:\n    - name: big\n      expression: args.amount > 10\n    - name: next\n      expression: variables.|>\n    - name: late\n      expression: "1"\n  match:\n    - output: "true"\n`,
    );
    expect(variables.items.map(({ label, detail, documentation }) => [label, detail, documentation])).toEqual(
      [['big', 'bool', '```cel\nargs.amount > 10\n```']],
    );
  });

  test('methods by type', async () => {
    const text = (await at('tool.name.|>', 'p/x.cel')).items;
    expect(text.find(({ label }) => label === 'startsWith')).toEqual({
      label: 'startsWith',
      kind: 'function',
      detail: 'string.startsWith(prefix: string) -> bool',
      documentation: 'True where the text begins with `prefix`.',
      range: { start: 10, end: 10 },
      newText: `startsWith(\${1:prefix})`,
      isSnippet: true,
      rank: 40,
    });
    expect(text.map(({ label }) => label)).not.toContain('getHours');
    expect((await at('ts.|>', 'p/x.cel')).labels).toEqual([
      'getDate',
      'getDayOfMonth',
      'getDayOfWeek',
      'getDayOfYear',
      'getFullYear',
      'getHours',
      'getMilliseconds',
      'getMinutes',
      'getMonth',
      'getSeconds',
    ]);
    // A call that stands keeps its arguments.
    expect((await at('tool.name.st|>("x")', 'p/x.cel')).apply('startsWith')).toBe(
      'tool.name.startsWith("x")',
    );
  });
});

describe('values', () => {
  test('names of tools as literals', async () => {
    const names = ['"pay": tool of bank', '"mail": tool', '"browse": tool, recorded in 1 call'];
    expect((await first('tool.name == |>', 10)).slice(0, 3)).toEqual(names);
    expect((await first('tool.name in [|>', 10)).slice(0, 3)).toEqual(names);
    expect((await first('tool.name in ["pay", |>]', 10)).slice(0, 3)).toEqual(names);
    expect((await first('|> == tool.name', 10)).slice(0, 3)).toEqual(names);
    expect((await at('tool.name == "p|>"', 'p/x.cel')).labels).toEqual(['pay', 'mail', 'browse']);
    expect((await at('tool.name == "p|>"', 'p/x.cel')).apply('mail')).toBe('tool.name == "mail"');
    expect((await at('"|>" in session.tools', 'p/x.cel')).labels).toEqual(['pay', 'mail', 'browse']);
  });

  test('of schemas and recordings', async () => {
    expect(await first('tool.name == "pay" && args.currency == |>', 10)).toEqual([
      '"EUR": listed by pay',
      '"USD": listed by pay',
    ]);
    expect(await first('args.amount > |>', 10)).toEqual(['40: recorded for pay', '99.5: recorded for pay']);
  });

  test('are written as the scalar around asks', async () => {
    const condition = (text: string) => CASE(text);
    expect((await at(condition(`'args.to == "|>"'`))).apply("o'hara@x.org")).toBe(
      condition(`'args.to == "o''hara@x.org"'`),
    );
    expect((await at(condition(`"args.to == |>"`))).apply(`"o'hara@x.org"`)).toBe(
      condition(`"args.to == \\"o'hara@x.org\\""`),
    );
    expect((await at(condition('>-\n        args.to == |>'))).apply(`"o'hara@x.org"`)).toBe(
      condition(`>-\n        args.to == "o'hara@x.org"`),
    );
    expect((await at(condition('args.to == |>'))).apply(`"o'hara@x.org"`)).toBe(
      condition(`args.to == "o'hara@x.org"`),
    );
  });

  test('outcome words in outputs, the mapping’s among them', async () => {
    const options = { mapping: { outputs: { ASK_CFO: 'escalate' } } };
    const words = ['allow', 'deny', 'escalate', 'ASK_CFO'];
    const quoted = words.map((word) => `"${word}"`);
    expect((await at(CASE('x', `'"|>"'`), POLICY, {}, options)).labels).toEqual(words);
    const empty = await at(CASE('x', '|>'), POLICY, {}, options);
    expect(empty.labels.slice(0, 4)).toEqual(quoted);
    expect(empty.apply('"deny"')).toBe(CASE('x', `'"deny"'`));
    expect((await at(CASE('x', `'{"outcome": "|>"}'`), POLICY, {}, options)).labels).toEqual(words);
    expect((await at(CASE('x', `'{"|>"}'`))).labels).toEqual(['outcome', 'reason', 'obligations']);
    expect((await at(CASE('x', `'args.a ? "deny" : |>'`), POLICY, {}, options)).labels.slice(0, 4)).toEqual(
      quoted,
    );
    // Not where a text is nothing but a text.
    expect((await at(CASE('x', `'{"reason": "|>"}'`))).labels).toEqual([]);
  });
});

test('names, functions, macros and keywords where an expression may begin', async () => {
  const { items } = await at('args.xs.exists(item, |>)', 'p/x.cel');
  expect(items.slice(0, 8).map(({ label }) => label)).toEqual([
    'item',
    'agent',
    'user',
    'tool',
    'args',
    'session',
    'ts',
    'context',
  ]);
  expect(items.find(({ label }) => label === 'has')).toMatchObject({
    detail: 'has(field: path) -> bool',
    newText: `has(\${1:field})`,
  });
  const labels = items.map(({ label }) => label);
  for (const label of ['size', 'matches', 'timestamp', 'duration', 'math', 'true', 'null'])
    expect(labels).toContain(label);
  expect((await at('args.xs.|>', 'p/x.cel')).labels).toEqual(
    expect.arrayContaining(['all', 'exists', 'exists_one', 'map', 'filter', 'size']),
  );
});

test('operators after an operand', async () => {
  expect((await at('tool.name |>', 'p/x.cel')).labels.slice(0, 5)).toEqual(['==', '!=', 'in', '&&', '||']);
  expect((await at('tool.name i|>', 'p/x.cel')).apply('in')).toBe('tool.name in ');
  // YAML would take ` : ` for the end of a key.
  expect((await at(CASE('tool.name |>'))).labels).not.toContain('? :');
});

test('nothing inside plain texts and comments', async () => {
  expect((await at('args.a == "x" // arg|>', 'p/x.cel')).labels).toEqual([]);
  expect((await at('rule:\n  id: na|>')).labels).toEqual([]);
  expect((await at('args.x == 1|>', 'p/x.cel')).labels).toEqual([]);
});

describe('controls', () => {
  test('in a comment above a case', async () => {
    const above = (text: string) => at(`rule:\n  match:\n    # ${text}|>\n    - output: "true"\n`);
    expect((await above('')).apply('@controls')).toBe(
      'rule:\n  match:\n    # @controls \n    - output: "true"\n',
    );
    expect((await above('@controls eu-')).control?.prefix).toBe('eu-');
    expect((await above('@controls a:1(2), eu-ai-act:14(')).control).toEqual({
      prefix: 'eu-ai-act:14(',
      at: 52,
    });
    expect((await above('@controls none: be')).control).toBeUndefined();
    expect((await at('// @controls owasp-asi:|>\ntrue', 'p/x.cel')).control).toEqual({
      prefix: 'owasp-asi:',
      at: 23,
    });
  });

  test('in a sidecar, below the names of rules and cases', async () => {
    const path = 'p/pay.controls.yaml';
    const policies = {
      [POLICY]: 'rule:\n  id: pay\n  match:\n    - id: big\n      output: "true"\n    - output: "true"\n',
    };
    const side = (text: string) => at(text, path, policies);
    const names = await side('|>');
    expect(names.items.map(({ label, detail }) => [label, detail])).toEqual([
      ['pay', 'rule of p/pay.cel.yaml'],
      ['pay/big', 'case of p/pay.cel.yaml'],
      ['pay/1', 'case of p/pay.cel.yaml'],
    ]);
    expect((await side('pay: [a:b]\npay/|>')).apply('pay/big')).toBe('pay: [a:b]\npay/big: [$0]');
    expect((await side('pay: [eu-ai-act:14(|>')).control).toEqual({ prefix: 'eu-ai-act:14(', at: 19 });
    expect((await side('pay:\n  - eu|>')).control).toEqual({ prefix: 'eu', at: 11 });
    expect((await side('pay:\n  owasp-asi: [AS|>]\n')).control).toEqual({ prefix: 'owasp-asi:AS', at: 21 });
    expect((await side('pay: { owa|> }\n')).control).toEqual({ prefix: 'owa', at: 10 });
  });
});

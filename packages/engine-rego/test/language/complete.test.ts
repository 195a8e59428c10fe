import { dedent } from '@benchbook/testkit';
import { describe, expect, test } from 'vitest';
import { KNOWN, openLanguage } from './open.ts';

const opened = await openLanguage();

function complete(text: string, more: Readonly<Record<string, string>> = {}) {
  const { path, offset } = opened.at({ 'a.rego': text, ...more });
  return opened.language.complete(path, offset, KNOWN);
}

/** Labels of some kinds, sorted. */
function labels(
  text: string,
  kinds: readonly string[],
  more: Readonly<Record<string, string>> = {},
): string[] {
  return complete(text, more)
    .items.filter(({ kind }) => kinds.includes(kind))
    .map(({ label }) => label)
    .sort();
}

describe('members of the call', () => {
  test('at the top, with those that recordings show', () => {
    expect(labels('package a\nallow if input.|', ['member'])).toEqual([
      'agent',
      'args',
      'context',
      'session',
      'tool',
      'ts',
      'user',
    ]);
    expect(labels('package a\nallow if input.agent.|\n\ndeny if true\n', ['member'])).toEqual([
      'id',
      'model',
      'name',
      'parentAgentId',
      'team',
      'version',
    ]);
    expect(labels('package a\nallow if input.tool.na|', ['member'])).toEqual(['name', 'rawName', 'server']);
  });

  test('arguments of all tools, and of the tool that the body is about', () => {
    expect(labels('package a\nallow if input.args.|', ['member'])).toEqual([
      'address',
      'amount',
      'items',
      'note',
      'reason',
    ]);
    const ship = dedent`
      package a
      allow if {
      	input.tool.name == "ship"
      	input.args.|
      }
    `;
    expect(labels(ship, ['member'])).toEqual(['address', 'amount']);
    expect(labels(ship.replace('== "ship"', 'in {"ship", "refund"}'), ['member'])).toHaveLength(5);
    expect(labels(ship.replace('== "ship"', '!= "ship"'), ['member'])).toHaveLength(5);
    expect(labels(ship.replace('input.tool.name ==', 'not input.tool.name =='), ['member'])).toHaveLength(5);
  });

  test('types, descriptions and recorded values', () => {
    const { items } = complete('package a\nallow if {\n\tinput.tool.name == "refund"\n\tinput.args.am|\n}\n');
    expect(items.find(({ label }) => label === 'amount')).toEqual({
      label: 'amount',
      kind: 'member',
      detail: 'number',
      documentation: 'In euros.\n\nRecorded in 1,200 calls.\n\nExamples: `40`, `12.5`',
      range: { start: 62, end: 64 },
      newText: 'amount',
      rank: 10,
    });
  });

  test('through names, elements of lists and imports', () => {
    const items = dedent`
      package a
      import input.args as given
      allow if {
      	some item in given.items
      	price := item.price
      	item.|
      }
    `;
    expect(labels(items, ['member'])).toEqual(['price', 'sku']);
    expect(labels('package a\nallow if { t := input.tool; t.| }', ['member'])).toEqual([
      'name',
      'rawName',
      'server',
    ]);
    expect(
      labels('package a\nallow if { every call in input.session.history { call.| } }', ['member']),
    ).toEqual(['args', 'result', 'tool']);
    expect(labels('package a\nallow if input["|', ['member'])).toContain('args');
  });

  test('what a mapping makes of the call', async () => {
    const mapped = await openLanguage({
      mapping: { input: { request: { what: '/args', who: '/user/id' } } },
    });
    const at = mapped.at({ 'a.rego': 'package a\nallow if input.|' });
    expect(mapped.language.complete(at.path, at.offset, KNOWN).items.map(({ label }) => label)).toEqual([
      'request',
    ]);
    const below = mapped.at({ 'a.rego': 'package a\nallow if input.request.what.|' });
    const found = mapped.language.complete(below.path, below.offset, KNOWN).items.map(({ label }) => label);
    expect(found.sort()).toEqual(['address', 'amount', 'items', 'note', 'reason']);
  });
});

describe('literals', () => {
  test('tools after == and in, in quotes and before them', () => {
    const tools = ['"old_tool"', '"refund"', '"ship"'];
    expect(labels('package a\nallow if input.tool.name == |', ['action'])).toEqual(tools);
    expect(labels('package a\nallow if input.tool.name in {"ship", |', ['action'])).toEqual(tools);
    expect(labels('package a\nallow if input.tool.name == "|"', ['action'])).toEqual([
      'old_tool',
      'refund',
      'ship',
    ]);
    expect(labels('package a\nallow if input.tool.name in ["ship", "re|', ['action'])).toEqual([
      'old_tool',
      'refund',
      'ship',
    ]);
    const [first] = complete('package a\nallow if input.tool.name == "re|f"').items;
    expect(first).toMatchObject({ label: 'old_tool', range: { start: 39, end: 42 }, newText: 'old_tool' });
  });

  test('recorded values and those of the schema', () => {
    expect(labels('package a\nallow if input.args.reason == |', ['constant'])).toEqual([
      '"broken"',
      '"late"',
    ]);
    expect(labels('package a\nallow if input.args.amount == |', ['constant'])).toEqual(['12.5', '40']);
    expect(labels('package a\nallow if input.args.reason == "l|"', ['constant'])).toEqual(['broken', 'late']);
    expect(labels('package a\nallow if upper("|")', ['constant', 'action'])).toEqual([]);
  });
});

describe('names', () => {
  const text = dedent`
    package a
    import data.lib.money
    import data.lib.limit as most

    small(x) if x < 3

    deny contains msg if {
    	some item in input.args.items
    	every part in item.parts {
    		part.size > 1
    	}
    	msg := "no"
    	|
    }
  `;

  test('variables of this rule, rules, imports', () => {
    expect(labels(text, ['variable'])).toEqual(['data', 'input', 'item', 'msg']);
    expect(labels(text, ['module'])).toEqual(['money', 'most']);
    const { items } = complete(text);
    expect(items.filter(({ label }) => label === 'small')).toEqual([
      {
        label: 'small',
        kind: 'function',
        detail: 'small(x)',
        documentation: '1 clause in `policies/a.rego`',
        range: { start: 197, end: 197 },
        newText: 'small($1)',
        isSnippet: true,
        rank: 20,
      },
    ]);
  });

  test('the variable of every stands in its braces alone', () => {
    const inside = text.replace('|\n', '\n').replace('part.size > 1', 'part.size > 1\n\t\t|');
    expect(labels(inside, ['variable'])).toEqual(['data', 'input', 'item', 'msg', 'part']);
  });

  test('arguments', () => {
    expect(labels('package a\nf(amount, [first, _]) := x if { x := | }', ['variable'])).toEqual([
      'amount',
      'data',
      'first',
      'input',
      'x',
    ]);
  });

  test('packages and rules across files, and base data', () => {
    const lib = {
      'lib.rego': 'package lib.money\n\nsum(x) := x\n\nlimit := 3\n',
      'lib/data.json': '{"rates": {"eur": 1}}',
    };
    const items = (below: string) =>
      labels(
        `package a\nimport data.lib.money\nx := ${below}`,
        ['module', 'policy', 'function', 'member'],
        lib,
      );
    expect(items('data.|')).toEqual(['a', 'lib']);
    expect(items('data.lib.|')).toEqual(['money', 'rates']);
    expect(items('data.lib.rates.|')).toEqual(['eur']);
    expect(items('data.lib.money.|')).toEqual(['limit', 'sum']);
    expect(items('money.|')).toEqual(['limit', 'sum']);
  });

  test('builtins with signatures and docs', () => {
    const { items } = complete('package a\nx if regex.|');
    expect(items.find(({ label }) => label === 'match')).toMatchObject({
      kind: 'function',
      detail: 'regex.match(pattern: string, value: string) -> boolean',
      newText: 'match($1)',
      isSnippet: true,
    });
    const plain = complete('package a\nx if spr|').items.find(({ label }) => label === 'sprintf');
    expect(plain?.detail).toBe('sprintf(format: string, values: array[any]) -> string');
    expect(plain?.documentation).toMatch(/^Returns the given string, formatted\./);
    expect(
      complete('package a\nx if spr|("a", [])').items.find(({ label }) => label === 'sprintf')?.newText,
    ).toBe('sprintf');
  });
});

describe('words', () => {
  test('at the top', () => {
    expect(labels('|', ['keyword'])).toEqual(['default', 'import', 'package']);
    expect(labels('package a\n\nallow if true\n\nd|', ['keyword', 'snippet', 'policy'])).toEqual([
      'allow',
      'allow policy',
      'default',
      'deny policy',
      'escalate policy',
      'function',
      'import',
      'test',
      'warn policy',
    ]);
  });

  test('a whole policy, in the syntax of its version', async () => {
    const policy = complete('package a\n\n|').items.find(({ label }) => label === 'deny policy');
    expect(policy?.newText).toBe(
      dedent`
      # METADATA
      # title: \${1:What it is for}
      # custom:
      #   controls:
      #     \${2:eu-ai-act}: ["\${3:14(1)}"]
      deny contains "\${4:reason}" if {
      	input.tool.name == "\${5:tool}"
      	$0
      }
    `.replaceAll('\\$', '$'),
    );
    const old = await openLanguage({ settings: { version: 0 } });
    const at = old.at({ 'a.rego': 'package a\n\n|' });
    const found = old.language
      .complete(at.path, at.offset, KNOWN)
      .items.find(({ label }) => label === 'deny policy');
    expect(found?.newText.split('\n')[5]).toBe('deny["$' + '{4:reason}"] {');
  });

  test('after the head of a rule, and in bodies', () => {
    expect(labels('package a\n\ndeny |', ['keyword'])).toEqual(['contains', 'if']);
    expect(labels('package a\n\nf(x) |', ['keyword'])).toEqual(['if']);
    expect(labels('package a\n\nallow if {\n\te|', ['keyword'])).toEqual([
      'as',
      'contains',
      'else',
      'every',
      'false',
      'if',
      'in',
      'not',
      'null',
      'some',
      'true',
      'with',
    ]);
  });

  test('imports and packages', () => {
    const lib = { 'lib.rego': 'package lib.money\n\nsum(x) := x\n' };
    expect(labels('package a\nimport |', ['module', 'policy'], lib)).toEqual([
      'data.a',
      'data.lib.money',
      'data.lib.money.sum',
      'future.keywords.contains',
      'future.keywords.every',
      'future.keywords.if',
      'future.keywords.in',
      'input',
      'rego.v1',
    ]);
    expect(complete('package a\nimport data.li|', lib).items[5]?.range).toEqual({ start: 17, end: 24 });
    expect(labels('package l|', ['module'], lib)).toEqual(['l', 'lib.money']);
  });
});

describe('METADATA', () => {
  const keys = (text: string) => labels(text, ['annotation']);

  test('the block, its keys, its values', () => {
    expect(keys('package a\n\n# M|\nallow if true\n')).toEqual(['METADATA']);
    expect(keys('package a\n\n# METADATA\n# title: x\n# |\nallow if true\n')).toEqual([
      'authors',
      'custom',
      'description',
      'entrypoint',
      'organizations',
      'related_resources',
      'schemas',
      'scope',
    ]);
    expect(keys('package a\n\n# METADATA\n# custom:\n#   c|\nallow if true\n')).toEqual(['controls']);
    expect(labels('package a\n\n# METADATA\n# scope: p|\nallow if true\n', ['constant'])).toEqual([
      'document',
      'package',
      'rule',
      'subpackages',
    ]);
    expect(keys('package a\n\n# a note |\nallow if true\n')).toEqual([]);
  });

  test('controls: frameworks and ids are for who knows the catalogs', () => {
    const slot = (typed: string) => {
      const found = complete(`package a\n\n# METADATA\n# custom:\n#   controls:\n#     ${typed}`).control;
      return found?.prefix;
    };
    expect(slot('|\nallow if true\n')).toBe('');
    expect(slot('eu|\nallow if true\n')).toBe('eu');
    expect(slot('eu-ai-act: ["14(|"]\nallow if true\n')).toBe('eu-ai-act:14(');
    expect(slot('eu-ai-act: ["14(1)", "15|')).toBe('eu-ai-act:15');
    expect(slot('eu-ai-act@2024:\n#       - 14(|')).toBe('eu-ai-act@2024:14(');
    expect(complete('package a\n\n# METADATA\n# custom:\n#   controls:\n#     eu|').control?.at).toBe(54);
  });
});

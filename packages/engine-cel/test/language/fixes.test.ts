import type { CodeFix, Diagnostic } from '@benchbook/model';
import { describe, expect, test } from 'vitest';
import { KNOWN, open, withCursor } from './workspace.ts';

const PATH = 'p/pay.cel.yaml';

/** The fixes at the cursor, with what each makes of the text; `^` where it puts the cursor. */
async function at(marked: string, path = PATH, more: (text: string) => readonly Diagnostic[] = () => []) {
  const { text, offset } = withCursor(marked);
  const session = await open({ [path]: text });
  const { diagnostics } = await session.snapshot();
  const range = { start: offset, end: offset };
  const fixes = session.language.fixes(path, range, [...diagnostics, ...more(text)], KNOWN);
  return fixes.map((fix) => ({ fix, result: applied(text, fix) }));
}

function applied(text: string, { edits, cursor }: CodeFix): string {
  let result = text;
  for (const { range, newText } of [...(edits[0]?.edits ?? [])].reverse()) {
    result = result.slice(0, range.start) + newText + result.slice(range.end);
  }
  return cursor === undefined ? result : `${result.slice(0, cursor)}^${result.slice(cursor)}`;
}

async function result(
  marked: string,
  title: string,
  path = PATH,
  more?: (text: string) => readonly Diagnostic[],
) {
  const found = await at(marked, path, more);
  const fix = found.find((one) => one.fix.title === title);
  if (!fix) throw new Error(`no "${title}" among ${found.map((one) => one.fix.title).join(', ')}`);
  return fix.result;
}

const CASE = (condition: string, output = `'"deny"'`) =>
  `name: p\nrule:\n  id: r\n  match:\n    - id: c\n      condition: ${condition}\n      output: ${output}\n`;

describe('did you mean', () => {
  test('a function, a method, a macro', async () => {
    expect(await result(CASE('args.a.start|>With("x")'), 'Change to `startsWith`')).toBe(
      CASE('args.a.startsWith("x")'),
    );
    expect(await result(CASE('mach|>es(args.a, "x")'), 'Change to `matches`')).toBe(
      CASE('matches(args.a, "x")'),
    );
    expect(await result(CASE('math.grea|>test1(1, 2) > 1'), 'Change to `greatest`')).toBe(
      CASE('math.greatest(1, 2) > 1'),
    );
  });

  test('a name, a variable of the policy', async () => {
    expect(await result(CASE('ar|>gz.a'), 'Change to `args`')).toBe(CASE('args.a'));
    const policy = (name: string) =>
      `name: p\nrule:\n  id: r\n  variables:\n    - name: limit\n      expression: "1"\n  match:\n    - id: c\n      condition: args.a > variables.${name}\n      output: '"deny"'\n`;
    expect(await result(policy('lim|>t'), 'Change to `limit`')).toBe(policy('limit'));
  });

  test('a key, an outcome word', async () => {
    expect(
      await result(
        'name: p\nrule:\n  match:\n    - cond|>tion: "true"\n      output: "true"\n',
        'Change to `condition`',
      ),
    ).toBe('name: p\nrule:\n  match:\n    - condition: "true"\n      output: "true"\n');
    expect(await result(CASE('args.a', `'"de|>yn"'`), 'Change to `deny`')).toBe(CASE('args.a', `'"deny"'`));
    expect(await result(CASE('args.a', `'{"outcome": "esc|>late"}'`), 'Change to `escalate`')).toBe(
      CASE('args.a', `'{"outcome": "escalate"}'`),
    );
  });

  test('a tool or an argument that somebody says is unknown', async () => {
    const unknown = (word: string) => (text: string) => [
      {
        code: 'unknown-argument',
        severity: 'warning' as const,
        message: 'unknown',
        file: PATH,
        range: { start: text.indexOf(word), end: text.indexOf(word) + word.length },
      },
    ];
    expect(await result(CASE('tool.name == "ma|>ill"'), 'Change to `mail`', PATH, unknown('"maill"'))).toBe(
      CASE('tool.name == "mail"'),
    );
    expect(
      await result(
        CASE('tool.name == "pay" && args.amo|>ut > 1'),
        'Change to `amount`',
        PATH,
        unknown('amout'),
      ),
    ).toBe(CASE('tool.name == "pay" && args.amount > 1'));
  });

  test('nothing where nothing is near, and the fix names its diagnostic', async () => {
    const [first] = await at(CASE('ar|>gz.a'));
    expect(first?.fix).toMatchObject({
      kind: 'quickfix',
      isPreferred: true,
      diagnostic: { code: 'cel-type-error', message: 'Unknown variable: argz; did you mean `args`?' },
    });
    expect((await at(CASE('somet|>hing.a'))).map(({ fix }) => fix.kind)).toEqual(['refactor']);
  });
});

describe('has', () => {
  const title = (path: string) => `Ask for the field first: \`has(${path}) && ...\``;

  test.each([
    ['args.am|>ount > 1', 'args.amount', 'has(args.amount) && args.amount > 1'],
    ['args.a && !args.|>b', 'args.b', 'args.a && has(args.b) && !args.b'],
    ['args.a || args.|>b', 'args.b', 'args.a || has(args.b) && args.b'],
    ['args.a.|>b == 1', 'args.a.b', 'has(args.a) && has(args.a.b) && args.a.b == 1'],
    ['has(args.a) && args.a.|>b', 'args.a.b', 'has(args.a) && has(args.a.b) && args.a.b'],
    ['args.xs.exists(x, x.pri|>ce > 1)', 'x.price', 'args.xs.exists(x, has(x.price) && x.price > 1)'],
    ['(args.a ? args.|>b : 1) > 1', 'args.b', 'has(args.b) && (args.a ? args.b : 1) > 1'],
  ])('%s', async (marked, path, expected) => {
    expect(await result(CASE(marked), title(path))).toBe(CASE(expected));
  });

  async function hasTitles(marked: string): Promise<string[]> {
    return (await at(CASE(marked))).map(({ fix }) => fix.title).filter((text) => text.startsWith('Ask'));
  }

  test('not where it is asked already, or where nothing is to be asked', async () => {
    expect(await hasTitles('has(args.a) && args.|>a > 1')).toEqual([]);
    expect(await hasTitles('has(args.|>a)')).toEqual([]);
    expect(await hasTitles('tool.na|>me == "x"')).toEqual([]);
    expect(await hasTitles('args.?a|>.orValue(1) > 1')).toEqual([]);
  });
});

describe('names', () => {
  test('an id for a case, from what it decides', async () => {
    const policy = (id: string) =>
      `name: p\nrule:\n  id: r\n  match:\n    - ${id}condition: tool.name == "Big Pay"\n      output: '{"outcome": "deny"}'\n`;
    expect(await result(policy('').replace('tool.name', 'tool.|>name'), 'Add an id to this case')).toBe(
      policy('id: deny-big-pay\n      '),
    );
    const taken = (id: string) =>
      `name: p\nrule:\n  id: r\n  match:\n    - id: deny\n      condition: args.a\n      output: '"deny"'\n    - ${id}output: '"deny"'\n`;
    expect(await result(taken('|>'), 'Add an id to this case')).toBe(taken('id: deny-2\n      '));
  });

  test('an id for a rule, a name for a policy', async () => {
    expect(
      await result(
        'name: p\nru|>le:\n  match:\n    - id: c\n      output: "true"\n',
        'Add an id to this rule',
      ),
    ).toBe('name: p\nrule:\n  id: p\n  match:\n    - id: c\n      output: "true"\n');
    expect(
      await result(
        'ru|>le:\n  id: r\n  match:\n    - id: c\n      output: "true"\n',
        'Add a name to the policy',
      ),
    ).toBe('name: pay\nrule:\n  id: r\n  match:\n    - id: c\n      output: "true"\n');
  });
});

test('a control above a case, or beside the others', async () => {
  const policy = (comment: string) =>
    `name: p\nrule:\n  id: r\n  match:\n${comment}    - id: c\n      output: "tr|>ue"\n`;
  expect(await result(policy(''), 'Add a control')).toBe(policy('    # @controls ^\n').replace('|>', ''));
  expect(await result(policy('    # @controls a:b\n    # why\n'), 'Add a control')).toBe(
    policy('    # @controls a:b, ^\n    # why\n').replace('|>', ''),
  );
  expect(await result('// why\nargs.|>a', 'Add a control', 'p/x.cel')).toBe('// why\n// @controls ^\nargs.a');
});

test('quotes around what YAML takes for a truth value', async () => {
  expect(
    await result(
      'name: p\nrule:\n  id: r\n  match:\n    - id: c\n      output: tr|>ue\n',
      'Put it in quotes',
    ),
  ).toBe('name: p\nrule:\n  id: r\n  match:\n    - id: c\n      output: "true"\n');
});

import type { DocumentSymbol, TextRange } from '@benchbook/model';
import { expect, test } from 'vitest';
import { open, withCursor } from './workspace.ts';

const PATH = 'p/pay.cel.yaml';
const POLICY = `# One.
# Two.
name: pay
rule:
  variables:
    - name: big
      expression: args.amount > 10
  match:
    - id: large
      condition: |
        variables.big &&
        args.ok
      output: '"deny"'
    - rule:
        match:
          - output: "'allow'"
`;

function outline(symbols: readonly DocumentSymbol[], text: string, depth = 0): string[] {
  return symbols.flatMap(({ name, kind, detail, selection, children }) => [
    `${'  '.repeat(depth)}${kind} ${name} (${detail}) at ${JSON.stringify(text.slice(selection.start, selection.end))}`,
    ...outline(children, text, depth + 1),
  ]);
}

test('symbols', async () => {
  const texts = {
    [PATH]: POLICY,
    'p/x.cel': '// about\nargs.a ||\n  args.b\n',
    'p/pay.tests.yaml':
      'section:\n  - name: s\n    tests:\n      - name: one\n      - output: { value: 1 }\n',
    'p/pay.controls.yaml': 'pay: [a:b]\n',
  };
  const { language } = await open(texts);
  const of = (path: keyof typeof texts) => outline(language.symbols(path), texts[path] ?? '');
  expect(of(PATH)).toEqual([
    'rule pay (match) at "rule"',
    '  variable big (args.amount > 10) at "big"',
    '  policy pay/large (variables.big &&) at "large"',
    '  rule pay/1 (always) at ""',
    '    rule pay/1 (match) at "rule"',
    `      policy pay/1/0 (always) at ""`,
  ]);
  expect(of('p/x.cel')).toEqual([`policy x (args.a ||) at "args.a ||\\n  args.b"`]);
  expect(of('p/pay.tests.yaml')).toEqual([
    'test s (2 tests) at "s"',
    '  test one () at "one"',
    '  test 1 () at ""',
  ]);
  expect(of('p/pay.controls.yaml')).toEqual(['rule pay ([a:b]) at "pay"']);
});

test('symbols name policies as the engine does', async () => {
  const loaded = await open({
    [PATH]: POLICY.replace(
      '- rule:',
      '- id: large\n      condition: args.x\n      output: "\'deny\'"\n    - rule:',
    ),
  });
  const names = (await loaded.snapshot()).sets[0]?.policies.map(({ name }) => name);
  const policies: string[] = [];
  const collect = (symbols: readonly DocumentSymbol[]): void => {
    for (const { kind, name, children } of symbols) {
      if (kind === 'policy') policies.push(name);
      collect(children);
    }
  };
  collect(loaded.language.symbols(PATH));
  expect(policies).toEqual(names);
  expect(names).toEqual(['pay/large', 'pay/large[2]', 'pay/2/0']);
});

test('folding', async () => {
  const { language } = await open({ [PATH]: POLICY, 'p/x.cel': '// a\n// b\nargs.a in [\n  1,\n]' });
  const lines = (text: string, { start, end }: TextRange) =>
    [start, end].map((offset) => text.slice(0, offset).split('\n').length).join('-');
  expect(language.folding(PATH).map(({ range, kind }) => `${kind} ${lines(POLICY, range)}`)).toEqual([
    'comment 1-2',
    'code 4-16',
    'code 5-7',
    'code 6-7',
    'code 8-16',
    'code 9-13',
    'code 10-12',
    'code 14-16',
    'code 14-16',
    'code 15-16',
  ]);
  expect(language.folding('p/x.cel').map(({ kind }) => kind)).toEqual(['comment', 'code']);
});

test('selections grow from the word to the file', async () => {
  const { text, offset } = withCursor(
    'rule:\n  match:\n    - condition: size(args.a|>mount) > 1 && args.b\n      output: "true"\n',
  );
  const { language } = await open({ [PATH]: text });
  expect(language.selections(PATH, offset).map(({ start, end }) => text.slice(start, end))).toEqual([
    'amount',
    'args.amount',
    'size(args.amount)',
    'size(args.amount) > 1',
    'size(args.amount) > 1 && args.b',
    'condition: size(args.amount) > 1 && args.b',
    'condition: size(args.amount) > 1 && args.b\n      output: "true"',
    '- condition: size(args.amount) > 1 && args.b\n      output: "true"',
    'match:\n    - condition: size(args.amount) > 1 && args.b\n      output: "true"',
    text.trimEnd(),
    text,
  ]);
});

test('semantic tokens', async () => {
  const shown = async (text: string, path = 'p/x.cel') => {
    const { language } = await open({ [path]: text });
    return language
      .tokens(path)
      .map(
        ({ range, type, modifiers }) =>
          `${text.slice(range.start, range.end)} ${[type, ...modifiers].join('.')}`,
      );
  };
  expect(await shown('args.a.exists(i, i > 1u) && math.abs(x) in [true] // why')).toEqual([
    'args variable.readonly.defaultLibrary',
    'a property',
    'exists method.defaultLibrary',
    'i parameter.declaration',
    'i parameter',
    '> operator',
    '1u number',
    '&& operator',
    'math namespace.defaultLibrary',
    'abs function.defaultLibrary',
    'x variable',
    'in operator',
    'true keyword',
    '// why comment',
  ]);
  const policy = `rule:\n  variables:\n    - name: big\n      expression: "1"\n  match:\n    - condition: 'variables.big == "it''s"'\n      output: "'\\u0061\\\n        b'"\n`;
  expect(await shown(policy, PATH)).toEqual([
    'big variable.declaration.readonly',
    '1 number',
    'variables namespace',
    'big variable.readonly',
    '== operator',
    `"it''s" string`,
    `'\\u0061\\ string`,
    `b' string`,
  ]);
});

test('signatures follow the cursor', async () => {
  const at = async (marked: string) => {
    const { text, offset } = withCursor(marked);
    const { language } = await open({ 'p/x.cel': text });
    const help = language.signature('p/x.cel', offset);
    const active = help?.signatures[help.active];
    const place = active?.parameters[help?.parameter ?? 0];
    return active && [active.label, place ? active.label.slice(place.start, place.end) : ''];
  };
  expect(await at('args.x.substring(1, |>')).toEqual([
    'string.substring(start: int, end: int) -> string',
    'end: int',
  ]);
  expect(await at('args.x.substring(|>)')).toEqual(['string.substring(start: int) -> string', 'start: int']);
  expect(await at('math.greatest(1, 2, |>3)')).toEqual([
    'math.greatest(value: number, ...: number) -> number',
    '...: number',
  ]);
  expect(await at('args.xs.exists(x, size(x.a|>) > 1)')).toEqual([
    'size(value: string | bytes | list | map) -> int',
    'value: string | bytes | list | map',
  ]);
  expect(await at('args.xs.exists(x|>, true)')).toEqual([
    '(list | map).exists(item: name, condition: bool) -> bool',
    'item: name',
  ]);
  expect(await at('size(1)|>')).toBeUndefined();
  expect(await at('nothing(|>)')).toBeUndefined();
});

import { markedCheck } from '@benchbook/testkit';
import { expect, test } from 'vitest';
import { SCHEMA, verbs } from './verbs.ts';

const TEXT = `// Two lines
// of why.
@id("limit")
@effect("escalate")
forbid (
  principal,
  action,
  resource
)
when { context.input.amount.greaterThan(decimal("1.0")) };

permit (principal == ?principal, action, resource);
permit (
`;

test('policies and declarations as symbols', async () => {
  const { symbols } = await verbs(TEXT);
  expect(symbols('a.cedar').map(({ name, detail, kind }) => [name, detail, kind])).toEqual([
    ['limit', 'escalate', 'policy'],
    ['policy1', 'template, permit', 'policy'],
    ['policy2', 'permit', 'policy'],
  ]);
  const [first] = symbols('a.cedar');
  expect(TEXT.slice(first!.range.start, first!.range.end)).toMatch(/^@id\("limit"\)[\s\S]*\) };$/);
  expect(TEXT.slice(first!.selection.start, first!.selection.end)).toBe('limit');
  expect(symbols('s.cedarschema').map(({ name, detail }) => `${detail} ${name}`)).toEqual([
    ...['entity type Agent', 'entity type User', 'entity type ToolServer', 'common type Caller'],
    ...['action moving', 'action refund', 'action read_ticket'],
  ]);
  expect(symbols('none.cedar')).toEqual([]);
});

test('what folds', async () => {
  const { folding } = await verbs(TEXT);
  const shown = (path: string, text: string) =>
    folding(path).map(({ range, kind }) => {
      const line = (offset: number) => text.slice(0, offset).split('\n').length;
      return `${kind} ${line(range.start)}-${line(range.end)}`;
    });
  expect(shown('a.cedar', TEXT)).toEqual(['comment 1-2', 'code 3-10']);
  expect(shown('s.cedarschema', SCHEMA)).toEqual(['code 2-6', 'code 11-14', 'code 15-18']);
});

test('selections grow', async () => {
  const { selections, cursor, texts } = await verbs(
    'permit (principal, action, resource)\nwhen { context.in¦put.amount == 1 && true };\n',
  );
  const text = texts['a.cedar']!;
  expect(selections('a.cedar', cursor.offset).map(({ start, end }) => text.slice(start, end))).toEqual([
    'input',
    'context.input',
    'context.input.amount',
    'context.input.amount == 1',
    'context.input.amount == 1 && true',
    ' context.input.amount == 1 && true ',
    'when { context.input.amount == 1 && true }',
    text.trimEnd(),
    text,
  ]);
});

const tokensOf = markedCheck(async (text) => {
  const { tokens } = await verbs(text);
  return tokens('a.cedar').map(({ range, type, modifiers }) => ({
    range,
    code: type,
    message: modifiers.join(),
  }));
});

test('semantic tokens', () =>
  tokensOf`
    @id("a")
    ^ decorator:${' '}
     ^^ decorator:${' '}
        ^^^ string:${' '}
    permit (principal is NS::Agent, action == Action::"refund", resource)
    ^^^^^^ keyword:${' '}
    //      ^^^^^^^^^ variable: readonly
    //                ^^ keyword:${' '}
    //                   ^^ namespace:${' '}
    //                       ^^^^^ type:${' '}
    //                              ^^^^^^ variable: readonly
    //                                     ^^ operator:${' '}
    //                                        ^^^^^^ type:${' '}
    //                                                ^^^^^^^^ enumMember:${' '}
    //                                                          ^^^^^^^^ variable: readonly
    when { ip("1").isIpv4() };
    ^^^^ keyword:${' '}
    //     ^^ function: defaultLibrary
    //        ^^^ string:${' '}
    //             ^^^^^^ method: defaultLibrary
  `);

test('the signature of what is being called', async () => {
  const at = async (marked: string) => {
    const { signature, cursor } = await verbs(marked);
    return signature(cursor.file, cursor.offset);
  };
  const help = await at('permit (principal, action, resource) when { context.input.amount.lessThan(¦');
  expect(help).toMatchObject({ active: 0, parameter: 0 });
  const { label, parameters } = help!.signatures[0]!;
  expect([label, label.slice(parameters[0]!.start, parameters[0]!.end)]).toEqual([
    'decimal.lessThan(other: decimal): Bool',
    'other: decimal',
  ]);
  expect(
    (await at('permit (principal, action, resource) when { context.a.lessThan(decimal("¦")) };'))
      ?.signatures[0]?.label,
  ).toBe('decimal(value: String): decimal');
  expect(await at('permit (principal, action, resource) when { ip("1") ¦};')).toBe(null);
});

test('uses: tools, and facts with what guards them', async () => {
  const { uses, texts } =
    await verbs(`permit (principal, action in [Action::"refund", Action::"moving"], resource)
when { context.input has note && context.input.note == "x" && context.input.amount == 1 };
forbid (principal, action, resource) when { action == Action::"wipe" && context.session.calls > 3 };`);
  const text = texts['a.cedar']!;
  expect(
    uses('a.cedar').map((use) => [
      text.slice(use.range.start, use.range.end),
      use.kind === 'tool' ? use.name : `${use.pointer} ${use.guarded} ${use.tools.join()}`,
    ]),
  ).toEqual([
    ['refund', 'refund'],
    ['input', '/args false refund'],
    ['note', '/args/note true refund'],
    ['input', '/args false refund'],
    ['note', '/args/note true refund'],
    ['input', '/args false refund'],
    ['amount', '/args/amount false refund'],
    ['wipe', 'wipe'],
    ['calls', '/session/calls false '],
  ]);
});

test('uses of a file with a gap are none', async () => {
  const { uses } = await verbs('permit (principal, action == Action::"x", resource) when { context. };');
  expect(uses('a.cedar')).toEqual([]);
});

test('pieces that an edit leaves alone give what a fresh file gives', async () => {
  const policies = Array.from(
    { length: 30 },
    (_, index) =>
      `@id("p${index}")\npermit (principal, action == Action::"refund", resource) when { context.input.amount == ${index} };\n`,
  );
  const text = policies.join('// between\n');
  const { session } = await verbs(text);
  for (const [at, removed, added] of [
    [400, 0, 'x'],
    [400, 30, ''],
    [0, 5, ''],
    [text.length, 0, 'permit ('],
    [text.length - 4, 4, ''],
    [900, 0, '\n@id("q") permit (principal, action, resource);'],
    [700, 0, '"'],
    [1000, 0, '//'],
    [1000, 0, '/'],
    [600, 60, ';'],
    // Two policies at once, nothing moved.
    [400, 800, text.slice(400, 1200).replaceAll('context', 'contaxt').replace('refund', 'refind')],
  ] as const) {
    const edited = text.slice(0, at) + added + text.slice(at + removed);
    const load = (one: typeof session, content: string) =>
      one.update({
        files: [{ path: 'a.cedar', rootPath: 'a.cedar', role: 'policy', language: 'cedar', text: content }],
        tools: [],
        agents: [],
        numbers: [],
      });
    const all = async (one: typeof session) => [
      one.language.symbols!('a.cedar'),
      one.language.tokens!('a.cedar'),
      one.language.folding!('a.cedar'),
      one.language.uses!('a.cedar'),
      (await one.snapshot()).diagnostics,
    ];
    load(session, text);
    await all(session);
    load(session, edited);
    const { session: fresh } = await verbs('');
    load(fresh, edited);
    expect(await all(session)).toEqual(await all(fresh));
  }
});

import { expect, test } from 'vitest';
import { KNOWN, open, withCursor } from './workspace.ts';

async function at(marked: string, path = 'p/x.cel', mapping = {}): Promise<[string, string] | null> {
  const { text, offset } = withCursor(marked);
  const { language } = await open({ [path]: text }, { mapping });
  const found = language.hover(path, offset, KNOWN);
  return found && [text.slice(found.range.start, found.range.end), found.contents];
}

test('a fact shows its types, its tool’s words and what is recorded', async () => {
  expect(await at('tool.name == "pay" && args.am|>ount > 1')).toEqual([
    'amount',
    '`args.amount`: double or int\n\n`pay`: double or int, required — How much.\n\nRecorded in 12 calls, e.g. `40`, `99.5`.',
  ]);
  expect(await at('tool.name == "mail" && args.am|>ount > 1')).toEqual(['amount', '`args.amount`: dyn']);
  expect(await at('se|>ssion.calls > 1')).toEqual([
    'session',
    '`session`: map\n\nWhat came before in the session.',
  ]);
});

test('functions, methods and macros show how they are called', async () => {
  expect(await at('si|>ze("x") > 1')).toEqual([
    'size',
    '```cel\nsize(value: string | bytes | list | map) -> int\n```\n\nCode points of a text, bytes, items of a list or entries of a map.',
  ]);
  expect((await at('"x".sub|>string(1) == ""'))?.[1]).toBe(
    '```cel\nstring.substring(start: int) -> string\n```\n\nThe text from a place on. Places are counted in code points from 0.\n\nAlso `string.substring(start: int, end: int) -> string`.',
  );
  expect((await at('math.ab|>s(1) > 0'))?.[0]).toBe('abs');
  expect((await at('ha|>s(args.x)'))?.[1]).toBe(
    '```cel\nhas(field: path) -> bool\n```\n\nTrue where the field is there: `has(args.amount)`. An absent field is an error everywhere else.',
  );
});

test('tools show their description, with nothing in it as markup', async () => {
  expect(await at('tool.name == "p|>ay"')).toEqual([
    '"pay"',
    'Tool `pay` of `bank`\n\nSends \\*money\\*.\n\nRecorded in 12 calls.',
  ]);
  expect(await at('"mail" in session.tools || "bro|>wse" in session.tools')).toEqual([
    '"browse"',
    'Tool `browse`\n\nRecorded in 1 call.',
  ]);
  expect(await at('args.x == "p|>ay"')).toBeNull();
});

test('variables show their expression, names of macros what they stand for', async () => {
  const policy = (condition: string) =>
    `rule:\n  variables:\n    - name: big\n      expression: args.amount > 10\n  match:\n    - condition: ${condition}\n      output: '"deny"'\n`;
  expect(await at(policy('variables.b|>ig'), 'p/x.cel.yaml')).toEqual([
    'big',
    '`variables.big`: bool\n\n```cel\nargs.amount > 10\n```',
  ]);
  expect(await at('tool.name == "pay" && args.items.exists(i, |>i.sku == "")')).toEqual([
    'i',
    '`i`: map, an item of `args.items`',
  ]);
});

test('keys and outcome words', async () => {
  expect(await at('rule:\n  match:\n    - cond|>ition: "true"\n', 'p/x.cel.yaml')).toEqual([
    'condition',
    '`condition`: bool\n\nThe case applies where this is true. Without a condition it always applies.',
  ]);
  const output = `rule:\n  match:\n    - output: '"ASK_|>CFO"'\n`;
  expect(
    await at(output, 'p/x.cel.yaml', { outputs: { ASK_CFO: { outcome: 'escalate', reason: 'too *much*' } } }),
  ).toEqual([
    '"ASK_CFO"',
    '`ASK_CFO`: escalate, by `mapping.cel.outputs` of the manifest.\n\ntoo \\*much\\*',
  ]);
  expect((await at(`rule:\n  match:\n    - output: '"de|>ny"'\n`, 'p/x.cel.yaml'))?.[1]).toBe(
    '`deny`: The call is stopped.',
  );
});

test('a name in a sidecar shows the case', async () => {
  const { language } = await open({
    'p/x.cel.yaml': `rule:\n  id: pay\n  match:\n    - id: big\n      condition: args.a\n      output: '"deny"'\n`,
    'p/x.controls.yaml': 'pay/big: [a:b]\n',
  });
  expect(language.hover('p/x.controls.yaml', 5, KNOWN)?.contents).toBe(
    'Case `pay/big` of `p/x.cel.yaml`\n\n```cel\nargs.a\n```\n\n```cel\n"deny"\n```',
  );
});

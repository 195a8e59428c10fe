import { expect, test } from 'vitest';
import { KNOWN, SCHEMA, verbs } from './verbs.ts';

const HEAD = 'permit (principal, action == Action::"refund", resource) when';

async function hovered(marked: string | Record<string, string>) {
  const { hover, cursor, texts } = await verbs(marked);
  const found = hover(cursor.file, cursor.offset, KNOWN);
  return found && [texts[cursor.file]!.slice(found.range.start, found.range.end), found.contents];
}

test('an attribute: type, description, recordings', async () => {
  expect(await hovered(`${HEAD} { context.input.am¦ount.lessThan(decimal("1.0")) };`)).toEqual([
    'amount',
    '```cedar\namount: decimal\n```\n\nIn EUR.\n\nRecorded in 14 calls, such as `40`, `12.5`.',
  ]);
  expect(await hovered(`${HEAD} { context.input has no¦te };`)).toEqual([
    'note',
    '```cedar\nnote: String, optional\n```\n\nRecorded in 3 calls, such as `"goodwill"`, `"a \\"b\\""`.',
  ]);
  expect(await hovered(`${HEAD} { principal.own¦er == "x" };`)).toEqual([
    'owner',
    '```cedar\nowner: String, optional\n```\n\nWho answers for it\\.'.replace('\\.', '.'),
  ]);
});

test('an action is its tool, a type its declaration', async () => {
  expect(await hovered('permit (principal, action == Action::"ref¦und", resource);')).toEqual([
    'Action::"refund"',
    '```cedar\nAction::"refund"\n```\n\ntool of payments\n\nPay \\*money\\* back.\n\n- amount: decimal\n- note?: String\n\nRecorded in 14 calls.',
  ]);
  expect(await hovered('permit (principal is Ag¦ent, action, resource);')).toEqual([
    'Agent',
    '```cedar\nentity Agent in [User] {\n  owner?: String,\n  riskTier: String,\n}\n```\n\nWho acts.',
  ]);
});

test('words of the language, functions, annotations, slots', async () => {
  expect(await hovered(`${HEAD} { context.input.amount.less¦Than(decimal("1.0")) };`)).toEqual([
    'lessThan',
    '```cedar\ndecimal.lessThan(other: decimal): Bool\n```\n\nTrue where it is less than `other`. Decimals have no `<`.',
  ]);
  expect((await hovered(`per¦mit (principal, action, resource);`))?.[0]).toBe('permit');
  expect((await hovered(`@rea¦son("x") permit (principal, action, resource);`))?.[1]).toBe(
    'Said with the decision when this policy makes it.',
  );
  expect((await hovered('permit (principal == ?prin¦cipal, action, resource);'))?.[0]).toBe('?principal');
  expect(await hovered('// per¦mit')).toBe(null);
});

test('in a schema', async () => {
  const at = (word: string) => ({ 's.cedarschema': SCHEMA.replace(word, `${word[0]}¦${word.slice(1)}`) });
  expect(await hovered(at('Caller'))).toEqual([
    'Caller',
    '```cedar\ntype Caller = { id: String, roles?: Set<String> }\n```\n\nCommon type `Caller`.',
  ]);
  expect((await hovered(at('refund')))?.[1]).toContain('Pays money back.');
});

test('text of a recording is shown and nothing more', async () => {
  const { hover, cursor } = await verbs(`${HEAD} { context.input.no¦te == "x" };`);
  const fields = [
    { tool: 'refund', pointer: '/args/note', types: ['string'], examples: ['```\n[x](y) `a`'], calls: 1 },
  ];
  expect(hover(cursor.file, cursor.offset, { ...KNOWN, tools: [], fields })?.contents).toBe(
    '```cedar\nnote: String, optional\n```\n\nRecorded in 1 call, such as ```` "```\\u{a}[x](y) `a`" ````.',
  );
});

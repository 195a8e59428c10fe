import type { CodeFix } from '@benchbook/model';
import { expect, test } from 'vitest';
import { KNOWN, verbs } from './verbs.ts';

const HEAD = 'permit (principal, action == Action::"refund", resource)';

function applied(text: string, { edits }: CodeFix): string {
  let result = text;
  for (const { range, newText } of edits[0]!.edits.toReversed())
    result = result.slice(0, range.start) + newText + result.slice(range.end);
  return result;
}

/** What each quick fix of the engine's own findings makes of the text. */
async function mended(text: string): Promise<readonly string[]> {
  const { fixes, session } = await verbs(text);
  const { diagnostics } = await session.snapshot();
  const found = fixes('a.cedar', { start: 0, end: text.length }, diagnostics, KNOWN);
  return found.filter(({ kind }) => kind === 'quickfix').map((fix) => applied(text, fix));
}

test.for([
  ['permit (principal is Agnt, action, resource);', 'Agnt', 'Agent'],
  ['permit (principal in Usr::"a", action, resource);', 'Usr', 'User'],
  ['permit (principal, action == Action::"refnd", resource);', 'refnd', 'refund'],
  [`${HEAD} when { context.input.amout.lessThan(decimal("1.0")) };`, 'amout', 'amount'],
  [`${HEAD} when { principal.riskTeir == "low" };`, 'riskTeir', 'riskTier'],
  [`${HEAD} when { context.input.amount.lessThn(decimal("1.0")) };`, 'lessThn', 'lessThan'],
  [`${HEAD} when { context.input.amount.lessThan(decmal("1.0")) };`, 'decmal', 'decimal'],
  [`${HEAD} when { contxt.input.amount.lessThan(decimal("1.0")) };`, 'contxt', 'context'],
  ['permt (principal, action, resource);', 'permt', 'permit'],
  ['permit (principl, action, resource);', 'principl', 'principal'],
  [`${HEAD} wen { true };`, 'wen', 'when'],
  ['permit (principal, action == Acton::"refund", resource);', 'Acton', 'Action'],
] as const)('did you mean: %s', async ([text, wrong, right]) => {
  expect(await mended(text)).toEqual([text.replace(wrong, right)]);
});

test('nothing near, no fix', async () => {
  expect(await mended(`${HEAD} when { context.input.zzzzzz == "x" };`)).toEqual([]);
});

test.for([
  ['when { context.input.note == "x" }', 'when { context.input has note && context.input.note == "x" }'],
  [
    'when { context.input.note == "x" || true }',
    'when { (context.input has note && context.input.note == "x") || true }',
  ],
  [
    'unless { 1 == 1 && context.input.note like "x*" }',
    'unless { 1 == 1 && context.input has note && context.input.note like "x*" }',
  ],
  [
    'when { context.user.roles.contains("x") }',
    'when { context has user && context.user has roles && context.user.roles.contains("x") }',
  ],
  [
    'when { context has user && context.user.roles.contains("x") }',
    'when { context has user && context.user has roles && context.user.roles.contains("x") }',
  ],
  ['when { principal.owner == "x" }', 'when { principal has owner && principal.owner == "x" }'],
])('has: %s', async ([before, after]) => {
  const [mendedText] = await mended(`${HEAD} ${before};`);
  expect(mendedText).toBe(`${HEAD} ${after};`);
  // What it makes has no finding any more.
  const { session } = await verbs(mendedText!);
  expect((await session.snapshot()).diagnostics).toEqual([]);
});

async function refactored(text: string, at = 0) {
  const { fixes } = await verbs(text);
  return fixes('a.cedar', { start: at, end: at }, [], KNOWN);
}

test('an @id from what the policy is about, unique in the file', async () => {
  const first = 'permit (principal, action == Action::"read_ticket", resource);\n';
  const [own] = await refactored(first);
  expect(own).toMatchObject({ title: 'Add @id("permit-read-ticket")', kind: 'refactor' });
  expect(applied(first, own!)).toBe(`@id("permit-read-ticket")\n${first}`);
  const second = `@id("permit-read-ticket")\n${first}`;
  expect((await refactored(second + first, second.length + 1))[0]!.title).toBe(
    'Add @id("permit-read-ticket-2")',
  );
  expect(
    (
      await refactored(
        '@id("policy-1") permit (principal, action, resource);\npermit (principal, action, resource);',
        60,
      )
    )[0]!.title,
  ).toBe('Add @id("policy-2")');
  expect((await refactored(second)).map(({ title }) => title)).toEqual(['Add a control']);
});

test('a control is begun above the effect, the cursor between its quotes', async () => {
  const text = '// why\n  @id("a")\n  permit (principal, action, resource);';
  const [control] = await refactored(text, text.indexOf('permit'));
  const after = applied(text, control!);
  expect(after).toBe('// why\n  @id("a")\n  @eu_ai_act("")\n  permit (principal, action, resource);');
  expect(after.slice(control!.cursor! - 12, control!.cursor! + 2)).toBe('@eu_ai_act("")');
  expect(await refactored(text, text.length)).toEqual([]);
});

test('a test for what recordings do not always have, where nobody complains', async () => {
  const known = {
    ...KNOWN,
    tools: [],
    fields: [
      { tool: 'refund', pointer: '/args/note', types: ['string'], examples: [], calls: 3 },
      { tool: 'refund', pointer: '/args/amount', types: ['integer'], examples: [], calls: 14 },
    ],
  };
  const titles = async (marked: string) => {
    const { fixes, cursor } = await verbs(marked, { schema: null });
    const range = { start: cursor.offset, end: cursor.offset };
    return fixes(cursor.file, range, [], known).map(({ kind, title }) => `${kind}: ${title}`);
  };
  expect(await titles(`${HEAD} when { context.input.no¦te == "x" };`)).toEqual([
    'refactor: Test `context.input has note` first',
  ]);
  expect(await titles(`${HEAD} when { context.input has note && context.input.no¦te == "x" };`)).toEqual([]);
  expect(await titles(`${HEAD} when { context.input.am¦ount > 1 };`)).toEqual([]);
});

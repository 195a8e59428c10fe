import type { CompletionItem } from '@benchbook/model';
import { expect, test } from 'vitest';
import { KNOWN, verbs } from './verbs.ts';

const HEAD = 'permit (principal, action == Action::"refund", resource) when';
const AGENTS = { agents: [{ id: 'bot', attributes: {} }] };

async function completed(marked: string, schema?: string | null) {
  const { complete, cursor } = await verbs(marked, {
    input: AGENTS,
    ...(schema === undefined ? {} : { schema }),
  });
  return complete(cursor.file, cursor.offset, KNOWN);
}

async function items(marked: string, schema?: string | null): Promise<readonly CompletionItem[]> {
  return (await completed(marked, schema)).items;
}

/** Labels of those of the first ranks. */
async function labels(marked: string, below = 100, schema?: string | null): Promise<readonly string[]> {
  return (await items(marked, schema)).filter(({ rank }) => (rank ?? 50) < below).map(({ label }) => label);
}

test('at the top: effects, annotations, whole policies', async () => {
  const top = ['permit', 'forbid', 'permit a tool', 'forbid a tool', 'escalate a tool', 'template'];
  expect(await labels('¦', 30)).toEqual(top);
  expect(await labels('permit (principal, action, resource);\n\nfor¦', 30)).toEqual(top);
  const [, , snippet] = await items('per¦');
  expect(snippet).toMatchObject({ range: { start: 0, end: 3 }, isSnippet: true });
  expect(snippet!.newText).toContain(`action == \${2:Action::"moving"}`);
});

test('keys of annotations, and a slot for frameworks', async () => {
  const { items: keys, control } = await completed('@id("a") @eu¦ permit (principal, action, resource);');
  expect(keys.map(({ label }) => label)).toEqual(['effect', 'reason', 'advice', 'obligation', 'controls']);
  expect(control).toEqual({ prefix: 'eu', at: 12, asKey: '("$1")' });
  expect((await completed('@eu_¦("14")')).control).toEqual({ prefix: 'eu_', at: 4, asKey: '' });
});

test('a reference to a control is a slot, framework first', async () => {
  expect(await completed('@eu_ai_act("14(1), 14(¦")')).toEqual({
    items: [],
    control: { prefix: 'eu_ai_act:14(', at: 22 },
  });
  expect((await completed('@owasp_llm("2025:LL¦')).control).toEqual({ prefix: 'owasp_llm@2025:LL', at: 19 });
  expect(await labels('@effect("¦") forbid (principal, action, resource);')).toEqual(['escalate']);
  expect(await completed('@reason("¦")')).toEqual({ items: [] });
});

test('a scope, part by part', async () => {
  const actions = ['Action::"moving"', 'Action::"refund"', 'Action::"read_ticket"'];
  expect(await labels('permit (¦')).toEqual(['principal']);
  expect(await labels('permit (principal ¦')).toEqual(['==', 'in', 'is']);
  expect(await labels('permit (principal is ¦')).toEqual(['Agent', 'User', 'ToolServer']);
  expect(await labels('permit (principal == ¦')).toEqual(['Agent', 'User', 'ToolServer', '?principal']);
  expect(await labels('permit (principal == Agent::¦')).toEqual(['"bot"']);
  expect(await labels('permit (principal == Agent::"b¦"')).toEqual(['bot']);
  expect(await labels('permit (principal, ¦')).toEqual([
    'action',
    ...actions.map((one) => `action == ${one}`),
  ]);
  expect(await labels('permit (principal, action ¦')).toEqual(['==', 'in']);
  expect(await labels('permit (principal, action == ¦\nresource);')).toEqual(actions);
  expect(await labels('permit (principal, action in [Action::"refund", ¦], resource);')).toEqual(actions);
  expect(await labels('permit (principal, action == Action::"¦", resource);')).toEqual([
    'moving',
    'refund',
    'read_ticket',
  ]);
  expect(await labels('permit (principal, action, resource) ¦')).toEqual(['when', 'unless']);
});

test('actions tell what their tools do', async () => {
  const [moving, refund] = await items('permit (principal, action == ¦');
  expect(moving).toMatchObject({ detail: 'group of 1 action', documentation: 'Holds refund.' });
  expect(refund!.detail).toBe('tool of payments');
  expect(refund!.documentation).toBe(
    'Pay \\*money\\* back.\n\n- amount: decimal\n- note?: String\n\nRecorded in 14 calls.',
  );
});

test('members of the tools that the policy is about, with what recordings show', async () => {
  const [amount, note, account] = await items(`${HEAD} { context.input.¦ };`);
  expect(amount).toMatchObject({
    label: 'amount',
    detail: 'decimal',
    documentation: 'In EUR.\n\nRecorded in 14 calls, such as `40`, `12.5`.',
  });
  expect(note).toMatchObject({ label: 'note', detail: 'String, optional' });
  // A name that is no word is written in brackets, the dot dropped.
  const at = `${HEAD} { context.input.`.length;
  expect(account).toMatchObject({ newText: '["to-account"]', range: { start: at - 1, end: at } });
  expect(await labels(`${HEAD} { context.input has ¦ };`)).toEqual(['amount', 'note', 'to-account']);
  expect(await labels('permit (principal, action, resource) when { context.input.¦')).toEqual([
    ...['amount', 'note', 'to-account', 'ticket_id', 'tags'],
  ]);
  expect(await labels(`${HEAD} { context has user.¦ };`)).toEqual(['id', 'roles']);
});

test('members of a policy that is followed by another', async () => {
  const text = `${HEAD} { principal.¦\n};\nforbid (principal, action, resource) when { context.input.amount == 1 };`;
  expect(await labels(text)).toEqual(['owner', 'riskTier', 'hasTag', 'getTag']);
});

test('methods of the type', async () => {
  expect(await labels(`${HEAD} { context.input.amount.less¦`)).toEqual([
    ...['lessThan', 'lessThanOrEqual', 'greaterThan', 'greaterThanOrEqual'],
  ]);
  const [first] = await items(`${HEAD} { context.input.amount.¦`);
  expect(first).toMatchObject({
    detail: 'decimal.lessThan(other: decimal): Bool',
    newText: `lessThan(decimal("\${1:0.00}"))`,
    isSnippet: true,
  });
});

test('values that are listed or recorded, as literals', async () => {
  const notes = ['"goodwill"', '"fault"', '"a \\"b\\""'];
  expect(await labels(`${HEAD} { context.input.note == ¦`, 8)).toEqual(notes);
  expect(await labels(`${HEAD} { context.input.note == "¦" };`)).toEqual(
    notes.map((one) => one.slice(1, -1)),
  );
  expect(await labels(`${HEAD} { context.input.amount.lessThan(¦) };`, 8)).toEqual([
    ...['decimal("40.0")', 'decimal("12.5")'],
  ]);
  expect(await labels(`${HEAD} { context.input.amount.lessThan(decimal("¦")) };`)).toEqual(['40.0', '12.5']);
  const tags = 'permit (principal, action == Action::"read_ticket", resource) when { context.input.tags';
  expect(await labels(`${tags}.contains("¦") };`)).toEqual(['vip']);
});

test('an operand, then an operator', async () => {
  expect(await labels(`${HEAD} { ¦ };`, 45)).toEqual([
    ...['principal', 'action', 'resource', 'context'],
    ...['context.input.amount', 'context.input.note'],
    ...['decimal', 'ip', 'datetime', 'duration'],
  ]);
  expect(await labels(`${HEAD} { true ¦ };`, 18)).toEqual([
    '&&',
    '||',
    '==',
    '!=',
    'has',
    'in',
    'like',
    'is',
  ]);
  expect(await labels(`${HEAD} { action == ¦ };`, 8)).toEqual([
    ...['Action::"moving"', 'Action::"refund"', 'Action::"read_ticket"'],
  ]);
});

test('without a schema, tools and recordings tell', async () => {
  expect(await labels('permit (principal, action == ¦', 100, null)).toEqual([
    ...['Action::"refund"', 'Action::"read_ticket"'],
  ]);
  const recorded = await verbs('permit (principal, action == Action::"¦', { schema: null });
  const calls = new Map([...KNOWN.calls, ['mail', 2]]);
  expect(
    recorded.complete('a.cedar', recorded.cursor.offset, { ...KNOWN, calls }).items.map(({ label }) => label),
  ).toEqual(['refund', 'read_ticket', 'mail']);
  const found = await items(`${HEAD} { context.input.¦ };`, null);
  expect(found.map(({ label, detail }) => [label, detail])).toEqual([
    ['amount', 'decimal'],
    ['note', 'String, optional'],
  ]);
  expect(await labels(`${HEAD} { context.session.¦ };`, 40, null)).toEqual(['calls', 'tools']);
});

test('nothing in comments and numbers', async () => {
  expect(await items('// per¦')).toEqual([]);
  expect(await items(`${HEAD} { 12¦ };`)).toEqual([]);
});

test('in a schema', async () => {
  const labelsIn = async (schema: string) => {
    const { complete, cursor } = await verbs({ 's.cedarschema': schema });
    return complete(cursor.file, cursor.offset, KNOWN).items.map(({ label }) => label);
  };
  expect(await labelsIn('entity A;\n¦')).toEqual(['entity', 'action', 'type', 'namespace']);
  expect(await labelsIn('entity B; type T = Long; entity A { a: ¦ };')).toEqual([
    ...['String', 'Long', 'Bool', 'decimal', 'ipaddr', 'datetime', 'duration', 'Set'],
    ...['T', 'B', 'A'],
  ]);
  expect(await labelsIn('entity A, B; action a appliesTo { principal: [¦] };')).toEqual(['A', 'B']);
  expect(await labelsIn('entity A; action a appliesTo { ¦ };')).toEqual(['principal', 'resource', 'context']);
  expect(await labelsIn('action a, b; action c in [¦];')).toEqual(['a', 'b', 'c']);
});

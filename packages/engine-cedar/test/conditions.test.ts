import type { Facts, PolicySet } from '@benchbook/model';
import { expect, test } from 'vitest';
import { call, load } from './support.ts';

const RULE = 'permit (principal, action, resource)';

/** Every condition of one policy with that body: its text, and the text of its parent. */
async function conditionsOf(clauses: string) {
  const text = `${RULE} ${clauses};`;
  const { set } = await load({ 'a.cedar': text });
  return set.conditions.map(({ range, parent }) => {
    const under = (one: { start: number; end: number }) => text.slice(one.start, one.end);
    return parent === null ? under(range) : [under(range), under(set.conditions[parent]!.range)];
  });
}

/** The states of all conditions, by their text, and which statements were reached. */
async function covered(texts: Readonly<Record<string, string>>, facts: Partial<Facts> = {}) {
  const { set } = await load(texts);
  return coverOf(set, texts, facts);
}

function coverOf(set: PolicySet, texts: Readonly<Record<string, string>>, facts: Partial<Facts>) {
  const { conditions, statements } = set.cover(set.prepare([call(facts)]), 0);
  return {
    conditions: set.conditions.map(({ file, range }, index) => [
      texts[file]!.slice(range.start, range.end),
      conditions[index]!,
    ]),
    reached: set.statements
      .filter((_, index) => statements[index])
      .map(({ file, range }) => texts[file]!.slice(range.start, range.end)),
  };
}

test('a clause of one leaf is that leaf, without parentheses and negation', async () => {
  expect(await conditionsOf('when { ((context.a)) } unless { !(!context.b == false) }')).toEqual([
    'context.a',
    '!context.b == false',
  ]);
  expect(await conditionsOf('when { !!(context.a like "x") } when { ! context.b }')).toEqual([
    'context.a like "x"',
    'context.b',
  ]);
  expect(await conditionsOf('when { true }')).toEqual(['true']);
});

test('a clause of several stands before its leaves', async () => {
  const whole = 'context.a && !(context.b || (context.c))';
  expect(await conditionsOf(`when { (${whole}) }`)).toEqual([
    whole,
    ['context.a', whole],
    ['context.b', whole],
    ['context.c', whole],
  ]);
  expect(await conditionsOf('unless { !(context.a && context.b) }')).toEqual([
    '!(context.a && context.b)',
    ['context.a', '!(context.a && context.b)'],
    ['context.b', '!(context.a && context.b)'],
  ]);
});

test('condition, then and else of an if are operands; an if inside a comparison is none', async () => {
  const whole = 'if context.a then context.b || context.c else (if context.d then true else context.e)';
  expect(await conditionsOf(`when { ${whole} }`)).toEqual([
    whole,
    ...['context.a', 'context.b', 'context.c', 'context.d', 'true', 'context.e'].map((leaf) => [leaf, whole]),
  ]);
  const compared = '(if context.a && context.b then 1 else 2) < context.n';
  expect(await conditionsOf(`when { ${compared} }`)).toEqual([compared]);
});

test('operators inside strings, comments, sets, calls and attribute names do not separate', async () => {
  const leaves = [
    'context.text == "a && b || !c \\" then"',
    'context["if"]["then"]',
    '[context.a && context.b, true].contains(true)',
    'context.list.containsAll(["||"])',
  ];
  const whole = leaves.join(' // one && two || (\n && ');
  expect(await conditionsOf(`when { ${whole} }`)).toEqual([whole, ...leaves.map((leaf) => [leaf, whole])]);
});

test('ranges are UTF-16 offsets of the file, whatever stands before', async () => {
  const text = `// 😀 Größe\n@reason("𝒳 «é»")\n${RULE}\nwhen { context.input.title == "💶" && context.input has amount };`;
  const { set } = await load({ 'a.cedar': text });
  expect(set.conditions.map(({ range }) => text.slice(range.start, range.end))).toEqual([
    'context.input.title == "💶" && context.input has amount',
    'context.input.title == "💶"',
    'context.input has amount',
  ]);
  expect(set.statements.map(({ range }) => text.slice(range.start, range.end))).toEqual([RULE]);
});

test('a regrouped chain keeps the places of its source', async () => {
  const leaves = Array.from({ length: 700 }, (_, index) => `context.input.x == "é${index}"`);
  const text = `${RULE} when { ${leaves.join(' || ')} };`;
  const { set } = await load({ 'a.cedar': text });
  expect(set.conditions.map(({ range }) => text.slice(range.start, range.end))).toEqual([
    leaves.join(' || '),
    ...leaves,
  ]);
  const { conditions } = set.cover(set.prepare([call({ args: { x: 'é5' } })]), 0);
  expect(conditions.slice(0, 8)).toEqual(['true', ...Array(5).fill('false'), 'true', 'unreached']);
  expect(new Set(conditions.slice(8))).toEqual(new Set(['unreached']));
});

test('short circuits, clauses in order, and errors that end a policy', async () => {
  const texts = {
    'a.cedar': `${RULE}
when { context.input.amount > 10 || context.input.none }
unless { context.input.amount > 100 && context.input.none }
when { context.input.last };`,
  };
  expect(await covered(texts, { args: { amount: 50, last: true } })).toEqual({
    conditions: [
      ['context.input.amount > 10 || context.input.none', 'true'],
      ['context.input.amount > 10', 'true'],
      ['context.input.none', 'unreached'],
      ['context.input.amount > 100 && context.input.none', 'false'],
      ['context.input.amount > 100', 'false'],
      ['context.input.none', 'unreached'],
      ['context.input.last', 'true'],
    ],
    reached: [RULE],
  });
  expect(await covered(texts, { args: { amount: 5, last: true } })).toMatchObject({
    conditions: [
      ['context.input.amount > 10 || context.input.none', 'error'],
      ['context.input.amount > 10', 'false'],
      ['context.input.none', 'error'],
      ['context.input.amount > 100 && context.input.none', 'unreached'],
      ['context.input.amount > 100', 'unreached'],
      ['context.input.none', 'unreached'],
      ['context.input.last', 'unreached'],
    ],
    reached: [],
  });
});

test('a negation keeps the value of what it negates, once or twice', async () => {
  const texts = {
    'a.cedar': `${RULE} when { !context.input.f && !!context.input.t && !(!(context.input.t)) };`,
  };
  expect(await covered(texts, { args: { t: true, f: false } })).toEqual({
    conditions: [
      ['!context.input.f && !!context.input.t && !(!(context.input.t))', 'true'],
      ['context.input.f', 'false'],
      ['context.input.t', 'true'],
      ['context.input.t', 'true'],
    ],
    reached: [RULE],
  });
});

test('what is no boolean is an error', async () => {
  const texts = {
    'a.cedar': `${RULE} when { context.input.amount && true } unless { context.input.amount };`,
  };
  expect((await covered(texts)).conditions).toEqual([
    ['context.input.amount && true', 'error'],
    ['context.input.amount', 'error'],
    ['true', 'unreached'],
    ['context.input.amount', 'unreached'],
  ]);
});

test('a policy out of scope, or of another action, is not reached', async () => {
  const texts = {
    'a.cedar': `permit (principal == Agent::"other", action, resource) when { true };
permit (principal is Agent, action == Action::"pay", resource) when { true };
permit (principal is Agent, action == Action::"refund", resource) when { true };
permit (principal is User, action, resource);`,
  };
  const { conditions, reached } = await covered(texts);
  expect(conditions).toEqual([
    ['true', 'unreached'],
    ['true', 'unreached'],
    ['true', 'true'],
  ]);
  expect(reached).toEqual(['permit (principal is Agent, action == Action::"refund", resource)']);
});

test('links have conditions of their own at their template', async () => {
  const texts = {
    'b.cedar': `@id("t") permit (principal == ?principal, action, resource) when { context.input.ok };\n${RULE} when { false };`,
    'a.links.json': `[
      { "template_id": "t", "link_id": "one", "args": { "?principal": "Agent::\\"support-bot\\"" } },
      { "template_id": "t", "link_id": "two", "args": { "?principal": "Agent::\\"o\\\\\\"ther 😀\\"" } }
    ]`,
  };
  const { set } = await load(texts);
  expect(set.conditions.map(({ policy, parent }) => [set.policies[policy!]!.name, parent])).toEqual([
    ['one', null],
    ['two', null],
    ['policy1', null],
  ]);
  expect(set.statements).toHaveLength(2);
  const facts = { args: { ok: true } };
  expect(coverOf(set, texts, facts)).toEqual({
    conditions: [
      ['context.input.ok', 'true'],
      ['context.input.ok', 'unreached'],
      ['false', 'false'],
    ],
    reached: ['permit (principal == ?principal, action, resource)'],
  });
  const other = coverOf(set, texts, { ...facts, agent: { id: 'o"ther 😀' } });
  expect(other.conditions.map(([, state]) => state)).toEqual(['unreached', 'true', 'false']);
});

test('a request that Cedar refuses reaches nothing', async () => {
  const texts = { 'a.cedar': `${RULE} when { true };` };
  const { set } = await load(texts, {}, { principal: { type: 'no type', id: 'x' } });
  const requests = set.prepare([call()]);
  expect(set.decide(requests, 0).basis).toBe('failed');
  expect(set.cover(requests, 0)).toEqual({ conditions: ['unreached'], statements: [false] });
  const bare = (await load({ 'a.cedar': `${RULE};` }, {}, { principal: { type: 'no type', id: 'x' } })).set;
  expect(bare.cover(bare.prepare([call()]), 0)).toEqual({ conditions: [], statements: [false] });
});

test('three thousand distinct probes', async () => {
  const policies = Array.from(
    { length: 1500 },
    (_, index) =>
      `${RULE} when { context.input.n == ${index} } unless { context.input.n == ${index + 5000} };`,
  );
  const { set } = await load({ 'a.cedar': policies.join('\n') });
  const { conditions, statements } = set.cover(set.prepare([call({ args: { n: 1234 } })]), 0);
  expect(conditions.flatMap((state, index) => (state === 'true' ? [index] : []))).toEqual([2468]);
  expect(conditions[2469]).toBe('false');
  expect(conditions.filter((state) => state === 'false')).toHaveLength(1500);
  expect(statements.flatMap((reached, index) => (reached ? [index] : []))).toEqual([1234]);
});

test('what goes beyond 20,000 distinct probes is not seen, and all before is', async () => {
  const policies = Array.from({ length: 11 }, (_, policy) => {
    const leaves = Array.from({ length: 2000 }, (__, leaf) => `context.input.n == ${policy * 2000 + leaf}`);
    return `${RULE} when { ${leaves.join(' || ')} };`;
  });
  const { set } = await load({ 'a.cedar': policies.join('\n') });
  const { conditions } = set.cover(set.prepare([call({ args: { n: -1 } })]), 0);
  expect(new Set(conditions.slice(0, 20_010))).toEqual(new Set(['false']));
  expect(new Set(conditions.slice(20_010))).toEqual(new Set(['unreached']));
  expect(conditions).toHaveLength(22_011);
});

test('conditions at the bounds of depth', async () => {
  const nested = `${'('.repeat(44)}context.input.ok${')'.repeat(44)}`;
  const negated = `${'!('.repeat(40)}context.input.ok${')'.repeat(40)}`;
  const branches = `${'if context.input.ok then ('.repeat(20)}true${') else false'.repeat(20)}`;
  const texts = {
    'a.cedar': [nested, negated, branches].map((one) => `${RULE} when { ${one} };`).join('\n'),
  };
  const { set, diagnostics } = await load(texts);
  expect(diagnostics).toEqual([]);
  const { conditions, reached } = coverOf(set, texts, { args: { ok: true } });
  expect(conditions[0]).toEqual(['context.input.ok', 'true']);
  expect(conditions[1]).toEqual(['context.input.ok', 'true']);
  expect(conditions.slice(2).map(([, state]) => state)).toEqual([
    ...Array(22).fill('true'),
    ...Array(20).fill('unreached'),
  ]);
  expect(reached).toEqual([RULE, RULE, RULE]);
});

import type { JsonObject } from '@benchbook/model';
import { expect, test } from 'vitest';
import { load } from './support.ts';

/** The comparison of a leaf: `pointer operator literal`, or undefined. */
async function compared(leaf: string, mapping?: JsonObject) {
  const { set } = await load(
    { 'a.cedar': `permit (principal, action, resource) when { ${leaf} };` },
    {},
    mapping,
  );
  const { comparison } = set.conditions.at(-1)!;
  if (!comparison) return undefined;
  expect(comparison.of).toBe('value');
  return `${comparison.pointer} ${comparison.operator} ${JSON.stringify(comparison.literal)}`;
}

test('Long, text and boolean on either side', async () => {
  expect(await compared('context.input.amount > 100')).toBe('/args/amount > 100');
  expect(await compared('100 > context.input.amount')).toBe('/args/amount < 100');
  expect(await compared('-5 <= context.session.calls')).toBe('/session/calls >= -5');
  expect(await compared('!(context.input.amount >= 7)')).toBe('/args/amount >= 7');
  expect(await compared('context.input["a/b"].c == "d \\"e\\u{1F600}"')).toBe('/args/a~1b/c == "d \\"e😀"');
  expect(await compared('context.input.ok != true')).toBe('/args/ok != true');
  expect(await compared('context.user.id == "alice"')).toBe('/user/id == "alice"');
});

test('decimals, by method and by equality', async () => {
  expect(await compared('context.input.amount.lessThan(decimal("1.50"))')).toBe('/args/amount < 1.5');
  expect(await compared('context.input.amount.lessThanOrEqual(decimal("-0.0"))')).toBe('/args/amount <= 0');
  expect(await compared('decimal("1000.00").greaterThan(context.input.amount)')).toBe('/args/amount < 1000');
  expect(await compared('decimal("1.0").greaterThanOrEqual(context.input["x y"])')).toBe('/args/x y <= 1');
  expect(await compared('context.input.amount == decimal("0.0001")')).toBe('/args/amount == 0.0001');
});

test('what is no comparison of a fact with a literal', async () => {
  for (const leaf of [
    'principal.level > 5',
    'context.input.a == context.input.b',
    'context.input.a + 1 > 5',
    'context.input.a > 5 * 2',
    'context.input.a like "x"',
    'context.input.at == datetime("2026-01-01")',
    'context.input.a.contains("x")',
    'context == {}',
    '5 > 4',
    'context.input.a > 9007199254740993',
    'context.input.a == decimal("922337203685477.5807")',
    'context.input.a.lessThan(decimal("1.0")) == true',
    'context.input.a has b',
  ])
    expect([leaf, await compared(leaf)]).toEqual([leaf, undefined]);
});

test('a mapping is inverted where it is plain', async () => {
  const mapping = {
    context: {
      sum: '/args/total',
      who: { name: '/user/id' },
      fixed: { literal: '/args/a' },
      list: ['/args/a'],
      word: 'x',
    },
  };
  expect(await compared('context.sum > 5', mapping)).toBe('/args/total > 5');
  expect(await compared('context.sum.inner > 5', mapping)).toBe('/args/total/inner > 5');
  expect(await compared('context.who.name == "a"', mapping)).toBe('/user/id == "a"');
  for (const path of ['who', 'fixed', 'fixed.literal', 'list', 'word', 'none'])
    expect(await compared(`context.${path} == 5`, mapping)).toBeUndefined();
});

import type { Call, Comparison, JsonObject } from '@benchbook/model';
import { describe, expect, test } from 'vitest';
import { variantsOf } from '../src/boundary/vary.ts';

const call = (args: JsonObject | null): Call => ({
  v: 1,
  kind: 'tool',
  id: 's#0',
  session: 's',
  seq: 0,
  tool: { name: 'refund' },
  args,
  missing: [],
  src: { format: 'native', file: 'a.jsonl' },
});
const compare = (
  pointer: string,
  literal: Comparison['literal'],
  of: Comparison['of'] = 'value',
): Comparison => ({
  pointer,
  of,
  operator: '<=',
  literal,
});
const varied = (comparison: Comparison, args: JsonObject | null) =>
  variantsOf(comparison, call(args)).map(({ value, call: { args: own } }) => [value, own]);

describe('a call is varied around a literal', () => {
  test('whole numbers by one', () => {
    expect(varied(compare('/args/amount', 500), { amount: 7, to: 'x' })).toEqual([
      [499, { amount: 499, to: 'x' }],
      [500, { amount: 500, to: 'x' }],
      [501, { amount: 501, to: 'x' }],
    ]);
  });

  test('a recorded whole number stays whole beside a fraction', () => {
    expect(varied(compare('/args/amount', 99.5), { amount: 7 })).toEqual([
      [99, { amount: 99 }],
      [100, { amount: 100 }],
    ]);
  });

  test('fractions by a cent, or by their last digit', () => {
    const values = (literal: number, amount: number) =>
      varied(compare('/args/amount', literal), { amount }).map(([value]) => value);
    expect(values(150, 12.5)).toEqual([149.99, 150, 150.01]);
    expect(values(0.125, 12.5)).toEqual([0.124, 0.125, 0.126]);
    expect(values(0.3, 0.12345678)).toEqual([0.2999, 0.3, 0.3001]);
  });

  test('texts to the literal and away from it', () => {
    expect(varied(compare('/args/to', 'inside'), { to: 'outside' })).toEqual([
      ['inside', { to: 'inside' }],
      ['outside', { to: 'outside' }],
    ]);
    expect(varied(compare('/args/to', 'inside'), { to: 'inside' })[1]).toEqual([
      'inside-other',
      { to: 'inside-other' },
    ]);
  });

  test('booleans to both', () => {
    expect(varied(compare('/args/force', true), { force: false }).map(([value]) => value)).toEqual([
      true,
      false,
    ]);
  });

  test('sizes of texts and lists, within bounds', () => {
    expect(varied(compare('/args/body', 3, 'size'), { body: 'abcdef' })).toEqual([
      [2, { body: 'ab' }],
      [3, { body: 'abc' }],
      [4, { body: 'abcd' }],
    ]);
    expect(varied(compare('/args/items', 1, 'size'), { items: ['a'] })).toEqual([
      [0, { items: [] }],
      [1, { items: ['a'] }],
      [2, { items: ['a', 'a'] }],
    ]);
    expect(varied(compare('/args/items', 2, 'size'), { items: [] })).toEqual([]);
    expect(varied(compare('/args/body', 1e9, 'size'), { body: 'a' })).toEqual([]);
  });

  test('deep in objects and lists, the rest untouched', () => {
    const args = { items: [{ price: 1 }, { price: 2 }] };
    expect(varied(compare('/args/items/1/price', 10), args)[0]).toEqual([
      9,
      { items: [{ price: 1 }, { price: 9 }] },
    ]);
    expect(args).toEqual({ items: [{ price: 1 }, { price: 2 }] });
  });

  test('nothing where the call has nothing there, another type, or facts of the session', () => {
    expect(varied(compare('/args/amount', 5), {})).toEqual([]);
    expect(varied(compare('/args/amount', 5), null)).toEqual([]);
    expect(varied(compare('/args/amount', 5), { amount: '5' })).toEqual([]);
    expect(varied(compare('/session/calls', 5), { amount: 5 })).toEqual([]);
    expect(varied(compare('/args', 5), { amount: 5 })).toEqual([]);
    expect(varied(compare('/args/amount', Number.POSITIVE_INFINITY), { amount: 5 })).toEqual([]);
  });

  test('a key of the name __proto__ is a plain key', () => {
    const args = JSON.parse('{"__proto__": {"amount": 1}, "x": 2}');
    const [first] = variantsOf(compare('/args/__proto__/amount', 5), call(args));
    expect(JSON.stringify(first!.call.args)).toBe('{"__proto__":{"amount":4},"x":2}');
    expect(({} as { amount?: number }).amount).toBeUndefined();
  });
});

import type { EngineInput } from '@benchbook/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalText, isDecimalText, longText } from '../src/request/decimal.ts';
import { load, openSession, sourceFiles } from './support.ts';

const BIG = 9007199254740993n;

/** Which of some conditions on `context.input.n` hold. */
async function holding(
  conditions: readonly string[],
  input: Parameters<typeof load>[1],
  files = {},
  mapping?: Parameters<typeof load>[2],
) {
  const { decide, missing } = await load(
    {
      'a.cedar': conditions.map((one) => `permit (principal, action, resource) when { ${one} };`).join('\n'),
      ...files,
    },
    input,
    mapping,
  );
  return (n: number | bigint | null) => ({
    holds: decide({ args: { n } }).determining.map((index) => conditions[index]),
    missing: missing({ args: { n } }),
  });
}

const tool = (schema: object) => ({
  tools: [{ name: 'refund', inputSchema: { type: 'object', properties: { n: schema } } as never }],
});

test('integers beyond 2^53 reach Cedar exactly, up to 64 bits', async () => {
  const look = await holding([`context.input.n == ${BIG}`, `context.input.n == ${BIG - 1n}`], {});
  expect(look(BIG)).toEqual({ holds: [`context.input.n == ${BIG}`], missing: [] });
  expect(look(2n ** 63n)).toEqual({ holds: [], missing: ['/args/n'] });
  const edge = await holding([`context.input.n == -9223372036854775808`], {});
  expect(edge(-(2n ** 63n)).holds).toHaveLength(1);
});

test("the tool's JSON Schema decides between Long and decimal", async () => {
  const conditions = ['context.input.n == 5', 'context.input.n == decimal("5.0")'];
  expect((await holding(conditions, tool({ type: 'integer' })))(5).holds).toEqual([conditions[0]]);
  expect((await holding(conditions, tool({ type: 'number' })))(5).holds).toEqual([conditions[1]]);
  const optional = tool({ anyOf: [{ type: 'number' }, { type: 'null' }] });
  expect((await holding(conditions, optional))(5).holds).toEqual([conditions[1]]);
  expect((await holding(conditions, tool({ $ref: '#/properties/n' })))(5).holds).toEqual([conditions[0]]);
  expect((await holding(conditions, tool({ type: 'integer' })))(2.5)).toEqual({
    holds: [],
    missing: ['/args/n'],
  });
});

test('without a schema what recordings show decides, else the number itself', async () => {
  const conditions = ['context.input.n == 5', 'context.input.n == decimal("5.0")'];
  const observed = (type: 'long' | 'decimal') => ({ numbers: [{ tool: 'refund', path: '/args/n', type }] });
  expect((await holding(conditions, observed('decimal')))(5).holds).toEqual([conditions[1]]);
  expect((await holding(conditions, observed('long')))(5).holds).toEqual([conditions[0]]);
  expect((await holding(conditions, {}))(5).holds).toEqual([conditions[0]]);
  const elements = await load(
    { 'a.cedar': 'permit (principal, action, resource) when { context.input.a.contains(decimal("2.0")) };' },
    { numbers: [{ tool: 'refund', path: '/args/a/-', type: 'decimal' }] },
  );
  expect(elements.decide({ args: { a: [2, 1.5] } }).outcome).toBe('allow');
});

test('what the schema declares comes before everything else', async () => {
  const schema = (type: string) => ({
    's.cedarschema': `entity User; entity Agent in [User]; entity ToolServer;
      action refund appliesTo { principal: [Agent], resource: [ToolServer], context: { input: { n: ${type} } } };`,
  });
  const asDecimal = await holding(
    ['context.input.n == decimal("5.0")'],
    tool({ type: 'integer' }),
    schema('decimal'),
  );
  expect(asDecimal(5)).toEqual({ holds: ['context.input.n == decimal("5.0")'], missing: [] });
  const asLong = await holding(['context.input.n == 5'], tool({ type: 'number' }), schema('Long'));
  expect(asLong(5).holds).toHaveLength(1);
  expect(asLong(5.5)).toEqual({ holds: [], missing: ['/args/n'] });
  const asText = await holding(['context.input.n == "5"'], {}, schema('String'));
  expect(asText(5)).toEqual({ holds: [], missing: ['/args/n'] });
});

test('more than four digits are missing, or cut toward zero where the mapping says so', async () => {
  const conditions = ['context.input.n == decimal("-1.2345")'];
  expect((await holding(conditions, {}))(-1.23456)).toEqual({ holds: [], missing: ['/args/n'] });
  const cut = await holding(conditions, {}, {}, { decimals: 'truncate' });
  expect(cut(-1.23459)).toEqual({ holds: conditions, missing: [] });
  expect(cut(1e300).missing).toEqual(['/args/n']);
  expect(cut(null)).toEqual({ holds: [], missing: [] });
});

test('what no policy reads is never missing', async () => {
  const { missing } = await load({
    'a.cedar': 'permit (principal, action, resource) when { context.input.a == 1 };',
  });
  expect(missing({ args: { a: 1, b: 0.123456, c: { d: 2n ** 70n } } })).toEqual([]);
  expect(missing({ args: { a: { 'x/y': [1, 2n ** 70n] } } })).toEqual(['/args/a/x~1y/1']);
});

describe('decimals', () => {
  test('have Cedar’s notation', () => {
    const texts = [0, -0, 5, -0.5, 1e-4, 1e21, 1e-7, 922337203685477.5, 123456789n].map((value) =>
      decimalText(value, false),
    );
    expect(texts).toEqual([
      ...['0.0', '0.0', '5.0', '-0.5', '0.0001', null, null, '922337203685477.5', '123456789.0'],
    ]);
    expect(decimalText(1e-7, true)).toBe('0.0');
    expect(decimalText(-1e-7, true)).toBe('0.0');
    expect(longText(1e18)).toBe('1000000000000000000');
    expect(longText(1e19)).toBe(null);
  });

  test('truncating never moves away from zero, nor by a ten-thousandth', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (value) => {
        const text = decimalText(value, true)!;
        expect(isDecimalText(text)).toBe(true);
        const moved = Math.abs(value) - Math.abs(Number(text));
        expect(moved).toBeGreaterThanOrEqual(-1e-12 * Math.abs(value));
        expect(moved).toBeLessThan(1e-4);
      }),
    );
  });

  test('without truncating, what is written is what was given', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (scaled) => {
        const value = scaled / 1e4;
        const text = decimalText(value, false);
        if (text !== null) expect(Number(text) + 0).toBe(value + 0);
      }),
    );
  });
});

test('without a schema, what the recordings hold decides, and is told', async () => {
  const texts = {
    'a.cedar': 'permit (principal, action, resource) when { context.input.n == decimal("1.0") };',
  };
  const session = await openSession();
  const update = (numbers: EngineInput['numbers']) =>
    session.update({ files: sourceFiles(texts), tools: [], agents: [], numbers });
  update([]);
  expect((await session.snapshot()).wantsNumbers).toBe(true);
  update([{ tool: 'refund', path: '/args/n', type: 'decimal' }]);
  const { diagnostics, wantsNumbers } = await session.snapshot();
  expect(wantsNumbers).toBe(false);
  expect(diagnostics).toMatchObject([{ code: 'cedar-inferred-number', severity: 'info', file: 'a.cedar' }]);
});

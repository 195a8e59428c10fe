import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '@benchbook/model';
import { repositoryRoot } from '@benchbook/testkit';
import { describe, expect, test } from 'vitest';
import { readTools } from '../src/sample/read-tools.ts';
import { sampleArguments, sampleCalls } from '../src/sample/sample-calls.ts';
import { schemaValues } from '../src/sample/schema-values.ts';

const values = (schema: JsonObject) => schemaValues(schema, schema, 'note');

describe('values of a schema', () => {
  test.each<[JsonObject, unknown]>([
    [{ type: 'string' }, ['sample note']],
    [{ type: 'string', format: 'email' }, ['someone@example.com']],
    [{ type: 'string', minLength: 14, maxLength: 16 }, ['sample notexxx']],
    [{ type: 'string', maxLength: 3 }, ['sam']],
    [{ enum: ['a', 'b', 'a'] }, ['a', 'b']],
    [{ type: 'integer', default: 5, examples: [7, 5] }, [5, 7]],
    [{ const: null }, [null]],
    [{ type: 'integer', minimum: 1, maximum: 500 }, [250, 1, 500]],
    [{ type: 'number', exclusiveMinimum: 0, maximum: 10 }, [5.01, 0.01, 10]],
    [{ type: 'number', minimum: 200 }, [200, 10_000]],
    [{ type: 'number' }, [100, 0, 10_000]],
    [{ type: ['null', 'boolean'] }, [true, false]],
    [{ type: 'array', minItems: 2, items: { enum: ['x', 'y'] } }, [['x', 'y']]],
    [{ oneOf: [{ type: 'integer', maximum: 9 }, { type: 'string' }] }, [9]],
    [{ $ref: '#/$defs/money', $defs: { money: { enum: [1] } } }, [1]],
    [{ $ref: '#/nowhere' }, [null]],
  ])('%j gives %j', (schema, expected) => expect(values(schema)).toEqual(expected));

  test('end where a schema holds itself', () => {
    const round: JsonObject = { $ref: '#' };
    const nested: JsonObject = { type: 'object', required: ['a'], properties: { a: { $ref: '#' } } };
    expect(values(round)).toEqual([null]);
    expect(JSON.stringify(values(nested))).toBe('[{"a":{"a":{"a":{"a":{"a":{"a":{"a":null}}}}}}}]');
  });

  test('a property of any name is only a property', () => {
    const schema = JSON.parse(
      '{"type":"object","required":["__proto__"],"properties":{"__proto__":{"const":{"admin":true}}}}',
    ) as JsonObject;
    const [made] = sampleArguments(schema);
    expect(JSON.stringify(made)).toBe('{"__proto__":{"admin":true}}');
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
  });
});

test('arguments vary one at a time, the fullest first', () => {
  const schema: JsonObject = {
    type: 'object',
    required: ['order'],
    properties: {
      order: { type: 'string' },
      amount: { type: 'integer', minimum: 0, maximum: 10 },
      to: { enum: ['original', 'account'] },
    },
  };
  expect(sampleArguments(schema)).toEqual([
    { order: 'sample order', amount: 5, to: 'original' },
    { order: 'sample order' },
    { order: 'sample order', amount: 0, to: 'original' },
    { order: 'sample order', amount: 10, to: 'original' },
    { order: 'sample order', amount: 5, to: 'account' },
  ]);
  expect(sampleArguments({})).toEqual([{}]);
});

describe('tools', () => {
  const names = (path: string, value: unknown) =>
    readTools(path, JSON.stringify(value)).map(({ name, server }) => [name, server]);

  test('are read from answers of tools/list, with the server that they are of', () => {
    expect(
      names('tools/banking.json', { tools: [{ name: 'pay' }, { name: 'get', server: 'core' }] }),
    ).toEqual([
      ['pay', 'banking'],
      ['get', 'core'],
    ]);
    expect(
      names('tools/x.json', { result: { serverInfo: { name: 'desk' }, tools: [{ name: 'a' }] } }),
    ).toEqual([['a', 'desk']]);
    expect(names('tools.json', [{ name: 'a' }, { name: '' }, 7, null])).toEqual([['a', undefined]]);
  });

  test('are none where the file holds something else', () => {
    expect(readTools('a.json', '{ half')).toEqual([]);
    expect(names('a.json', { tools: 7 })).toEqual([]);
    expect(names('a.json', null)).toEqual([]);
  });
});

test('sample calls of a real workspace', () => {
  const path = 'samples/support-desk/tools/helpdesk.json';
  const tools = readTools(path, readFileSync(join(repositoryRoot, path), 'utf8'));
  const lines = sampleCalls(tools, { agent: 'a', user: 'u' });
  expect(lines.filter((line) => line.includes('"name":"refund"'))).toMatchInlineSnapshot(`
    [
      "{"v":1,"kind":"tool","session":"sample-refund","seq":0,"agent":{"id":"a"},"user":{"id":"u"},"tool":{"name":"refund","server":"helpdesk"},"args":{"order_id":"sample order_id","amount":100,"destination":"original_payment","iban":"sample iban","reason":"sample reason"},"labels":{"sample":true}}",
      "{"v":1,"kind":"tool","session":"sample-refund","seq":1,"agent":{"id":"a"},"user":{"id":"u"},"tool":{"name":"refund","server":"helpdesk"},"args":{"order_id":"sample order_id","amount":100,"destination":"original_payment","reason":"sample reason"},"labels":{"sample":true}}",
      "{"v":1,"kind":"tool","session":"sample-refund","seq":2,"agent":{"id":"a"},"user":{"id":"u"},"tool":{"name":"refund","server":"helpdesk"},"args":{"order_id":"sample order_id","amount":0,"destination":"original_payment","iban":"sample iban","reason":"sample reason"},"labels":{"sample":true}}",
      "{"v":1,"kind":"tool","session":"sample-refund","seq":3,"agent":{"id":"a"},"user":{"id":"u"},"tool":{"name":"refund","server":"helpdesk"},"args":{"order_id":"sample order_id","amount":10000,"destination":"original_payment","iban":"sample iban","reason":"sample reason"},"labels":{"sample":true}}",
      "{"v":1,"kind":"tool","session":"sample-refund","seq":4,"agent":{"id":"a"},"user":{"id":"u"},"tool":{"name":"refund","server":"helpdesk"},"args":{"order_id":"sample order_id","amount":100,"destination":"iban","iban":"sample iban","reason":"sample reason"},"labels":{"sample":true}}",
    ]
  `);
  expect(sampleCalls([...tools].reverse(), { agent: 'a', user: 'u' })).toEqual(lines);
});

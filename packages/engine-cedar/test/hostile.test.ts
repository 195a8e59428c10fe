import type { Json, JsonObject } from '@benchbook/model';
import { setOwn } from '@benchbook/model';
import { expect, test } from 'vitest';
import { Cedar } from '../src/runtime/cedar.ts';
import { call, load, told, wasmModule } from './support.ts';

const ANY = { 'a.cedar': 'permit (principal, action, resource) when { context.input == context.input };' };

test('a `__proto__` key is a key like any other and pollutes nothing', async () => {
  const { decide } = await load({
    'a.cedar': `permit (principal, action, resource) when {
      context.input["__proto__"].polluted == "yes" && !(context.input has polluted) && context.input.constructor == 1 };`,
  });
  const args: JsonObject = { constructor: 1 };
  setOwn(args, '__proto__', { polluted: 'yes' });
  expect(decide({ args })).toMatchObject({ outcome: 'allow', errors: [] });
  expect(({} as Record<string, unknown>).polluted).toBe(undefined);
});

test('inherited members are no arguments', async () => {
  const { decide } = await load({
    'a.cedar':
      'permit (principal, action, resource) unless { context.input has toString || context.input has __proto__ };',
  });
  expect(decide({ args: {} }).outcome).toBe('allow');
});

test("arguments cannot name Cedar's escapes", async () => {
  const { decide, missing } = await load({
    'a.cedar': 'permit (principal, action, resource) when { context.input.who == User::"admin" };',
  });
  const args = { who: { __entity: { type: 'User', id: 'admin' } } };
  expect(decide({ args }).outcome).toBe('deny');
  expect(missing({ args })).toEqual(['/args/who/__entity']);
});

test('lone surrogates have no UTF-8: left out and told; paired ones arrive', async () => {
  const { decide, missing } = await load({
    'a.cedar': 'permit (principal, action, resource) when { context.input.text like "*😀*" };',
  });
  expect(decide({ args: { text: 'a😀b' } }).outcome).toBe('allow');
  expect(missing({ args: { text: 'a\ud83d' } })).toEqual(['/args/text']);
  const any = await load(ANY);
  expect(any.missing({ args: { '\udc00': 1, ok: ['\ud800'] } })).toEqual(['/args/\udc00', '/args/ok/0']);
  const named = await load({ 'a.cedar': 'permit (principal == Agent::"x", action, resource);' });
  expect(named.missing({ agent: { id: '\ud800' } })).toEqual(['/agent/id']);
  expect(named.decide({ agent: { id: '\ud800' } }).outcome).toBe('deny');
});

function nested(depth: number, wrap: (inner: Json) => Json): JsonObject {
  let value: Json = 1;
  for (let level = 0; level < depth; level++) value = wrap(value);
  return { deep: value };
}

test.each([
  ['objects', (inner: Json): Json => ({ x: inner })],
  ['arrays', (inner: Json): Json => [inner]],
])('arguments nested 200 deep in %s: what is too deep is told, and the instance lives', async (_, wrap) => {
  const { set } = await load(ANY);
  const requests = set.prepare([call({ args: nested(200, wrap) }), call({ args: nested(60, wrap) })]);
  expect(set.decide(requests, 0)).toMatchObject({ outcome: 'allow', errors: [] });
  expect(requests.missing(0)).toHaveLength(1);
  expect(requests.missing(0)[0]!.split('/')).toHaveLength(66);
  expect(set.decide(requests, 1)).toMatchObject({ outcome: 'allow', errors: [] });
  expect(requests.missing(1)).toEqual([]);
});

test('a string of a megabyte arrives, one of twenty is told', async () => {
  const { decide, missing } = await load({
    'a.cedar': 'permit (principal, action, resource) when { context.input.text like "*needle*" };',
  });
  expect(decide({ args: { text: `${'ü'.repeat(2 ** 20)}needle` } }).outcome).toBe('allow');
  const args = { text: 'x'.repeat(20 * 2 ** 20) };
  expect(missing({ args })).toEqual(['/args/text']);
  expect(decide({ args }).outcome).toBe('deny');
});

test('arguments that were not recorded are absent', async () => {
  const { decide } = await load({
    'a.cedar': 'permit (principal, action, resource) unless { context has input };',
  });
  expect(decide({ args: null }).outcome).toBe('allow');
});

test.each([
  ['parentheses', `${'('.repeat(5000)}true${')'.repeat(5000)}`],
  ['records', `${'{a:'.repeat(60)}1${'}'.repeat(60)} == 1`],
  ['additions', `${'1 + '.repeat(200)}1 == 3`],
  ['branches', `${'if context.x then true else '.repeat(90)}false`],
  ['members', `context${'.x'.repeat(200)}`],
  ['members by name', `context${'["x"]'.repeat(70)}`],
  ['operands', Array(2500).fill('true').join(' && ')],
  ['clauses', `true ${'} when { true '.repeat(100)}`],
])('a policy too deep in %s is a fatal finding of that policy', async (_, condition) => {
  const deep = `permit (principal, action, resource) when { ${condition} };`;
  const texts = {
    'a.cedar': `permit (principal, action, resource);\n${deep}`,
    'b.cedar': 'forbid (principal, action, resource) when { context.input.n == 1 };',
  };
  const { diagnostics, decide } = await load(texts);
  expect(told(diagnostics, texts)).toEqual([`!cedar-too-deep a.cedar: ${deep}`]);
  expect(decide({ args: { n: 1 } }).determining).toEqual([0]);
});

test('a policy that is just not too deep is decided', async () => {
  const { decide, diagnostics } = await load({
    'a.cedar': `permit (principal, action, resource) when { ${'('.repeat(46)}true${')'.repeat(46)} };
      permit (principal, action, resource) when { ${'1 + '.repeat(50)}1 == 51 };
      permit (principal, action, resource) when { ${'if context has x then true else '.repeat(28)}true };
      permit (principal, action, resource) when { ${Array(2000).fill('(true && 1 == 1)').join(' && ')} };
      permit (principal, action, resource) when { ${Array(2000).fill('context.input.n == 2').join(' || ')} || true };`.replace(
      'context.input.n == 2 || ',
      '',
    ),
  });
  expect(diagnostics).toEqual([]);
  expect(decide({ args: { n: 1 } })).toMatchObject({ determining: [0, 1, 2, 3, 4], errors: [] });
});

test('a request that is none for Cedar is indeterminate, and the next one is decided', async () => {
  const { set } = await load(
    { 'a.cedar': 'permit (principal, action, resource);' },
    {},
    { principal: { type: '/agent/kind', id: '/agent/id' } },
  );
  const requests = set.prepare([
    call({ agent: { id: 'a', kind: 'not a type!' } }),
    call({ agent: { id: 'a', kind: 'Bot' } }),
  ]);
  const { outcome, basis, errors } = set.decide(requests, 0);
  expect({ outcome, basis }).toEqual({ outcome: 'indeterminate', basis: 'failed' });
  expect(errors.map(({ policy, kind }) => [policy, kind])).toEqual([[null, 'runtime']]);
  expect(set.observe(requests, 0).states).toEqual(['unreached']);
  expect(set.decide(requests, 1).outcome).toBe('allow');
});

test('an ended instance is replaced: preparsed policies come back with the next call', () => {
  const cedar = new Cedar(wasmModule());
  const source = { key: 'k', json: () => '{"staticPolicies":{"0":"permit (principal, action, resource);"}}' };
  const uid = (type: string) => `{"type":"${type}","id":"x"}`;
  const members = `"principal":${uid('A')},"action":${uid('Action')},"resource":${uid('R')},"context":{},"entities":[]`;
  const first = cedar.authorize(source, members);
  const deep = JSON.stringify(
    `permit (principal, action, resource) when { ${'('.repeat(5000)}true${')'.repeat(5000)} };`,
  );
  // What one overflow leaves of the stack is lost to the instance: some twenty end it for good.
  for (let times = 0; times < 40; times++) expect(cedar.value('policyToJson', deep).ok).toBe(false);
  expect(cedar.authorize(source, members)).toEqual(first);
  expect(first).toMatchObject({ ok: true });
});

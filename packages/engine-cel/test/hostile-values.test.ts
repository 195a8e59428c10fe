import type { JsonObject } from '@benchbook/model';
import { expect, test } from 'vitest';
import { call, decide, loadSet } from './load.ts';

async function says(expression: string, args: JsonObject): Promise<string> {
  const set = await loadSet(expression, { path: 'p.cel' });
  const { outcome, errors } = decide(set, call('t', args));
  return errors[0]?.message ?? String(outcome);
}

const INHERITED = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'];

test.each(INHERITED)('an object has no field %s unless it was given', async (name) => {
  expect(await says(`has(args.${name})`, {})).toBe('deny');
  expect(await says(`args.${name} == 1`, {})).toBe(`no such key: ${name}`);
  expect(await says(`"${name}" in args`, {})).toBe('deny');
  expect(await says(`args["${name}"] == 1`, { [name]: 1 })).toBe('allow');
});

test('__proto__ is a plain key', async () => {
  const args = JSON.parse('{"__proto__": {"admin": true}, "a": 1}') as JsonObject;
  expect(await says('has(args.admin)', args)).toBe('deny');
  expect(await says('args["__proto__"].admin', args)).toBe('allow');
  expect(await says('args == {"__proto__": {"admin": true}, "a": 1}', args)).toBe('allow');
  expect(({} as { admin?: unknown }).admin).toBeUndefined();
});

test('lists and texts have no JavaScript members', async () => {
  const args = { list: [1, 2], text: 'abc' };
  expect(await says('args.list.length == 2', args)).toBe('no such field: length of list');
  expect(await says('args.text["length"] == 3', args)).toBe('no such overload: string[string]');
});

test('an obligation may have any key', async () => {
  const set = await loadSet(
    `name: p\nrule:\n  match:\n    - output: '{"outcome": "allow", "obligations": [{"type": "log", "__proto__": "x"}]}'\n`,
  );
  const [obligation] = decide(set, call('t')).obligations;
  expect(Object.keys(obligation ?? {})).toEqual(['type', '__proto__']);
  expect(Object.getPrototypeOf(obligation)).toBe(Object.prototype);
});

test('integers keep their digits and numbers their type', async () => {
  expect(await says('args.n == 9007199254740993', { n: 9007199254740993n })).toBe('allow');
  expect(await says('type(args.n) == int', { n: 1 })).toBe('allow');
  expect(await says('type(args.n) == double', { n: 1.5 })).toBe('allow');
  expect(await says('type(args.n) == double', { n: 1e20 })).toBe('allow');
  expect(await says('args.n + 1 > 0', { n: 9223372036854775807n })).toBe('integer overflow');
});

test('an integer beyond 64 bits is left out and told', async () => {
  const set = await loadSet('has(args.a.big) || has(args.list)', { path: 'p.cel' });
  const facts = call('t', { a: { big: 10n ** 30n, ok: 1 }, list: [1, 2n ** 63n] });
  const requests = set.prepare([facts, call('t')]);
  expect(requests.missing(0)).toEqual(['/args/a/big', '/args/list/1']);
  expect(requests.missing(1)).toEqual([]);
  expect(set.decide(requests, 0).outcome).toBe('deny');
});

test('lone surrogates are text like any other', async () => {
  expect(await says('args.s.size() == 2 && args.s < "\\uffff" == false', { s: 'a\ud800' })).toBe('deny');
  expect(await says('args.s.matches("a")', { s: 'a\ud800' })).toBe('allow');
});

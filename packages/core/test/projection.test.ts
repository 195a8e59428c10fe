import type { Facts } from '@benchbook/model';
import { expect, test } from 'vitest';
import { projection } from '../src/replay/projection.ts';

const facts = (args: Facts['args'], agent = 'bot'): Facts => ({
  agent: { id: agent },
  tool: { name: 'refund' },
  args,
  session: {},
});

test('calls that differ only in what is not read are one request', () => {
  const project = projection(['/args/amount']);
  expect(project(facts({ amount: 1, note: 'x' }))).toBe(project(facts({ amount: 1 }, 'other')));
  expect(project(facts({ amount: 1 }))).not.toBe(project(facts({ amount: 2 })));
});

test('absent, null, text and number are told apart', () => {
  const project = projection(['/args/amount']);
  const texts = [{}, { amount: null }, { amount: 'null' }, { amount: 0 }, { amount: '0' }].map((args) =>
    project(facts(args)),
  );
  expect(new Set(texts).size).toBe(5);
});

test('digits beyond 2^53 count', () => {
  const project = projection(['/args/amount']);
  expect(project(facts({ amount: 9007199254740993n }))).not.toBe(
    project(facts({ amount: 9007199254740992n })),
  );
});

test('values of two paths cannot be shifted into one another', () => {
  const project = projection(['/args/a', '/args/b']);
  expect(project(facts({ a: '1\u00002' }))).not.toBe(project(facts({ a: '1', b: '2' })));
  expect(project(facts({ a: 1, b: 23 }))).not.toBe(project(facts({ a: 12, b: 3 })));
  expect(project(facts({ a: 1 }))).not.toBe(project(facts({ b: 1 })));
});

test('an outer path covers the inner ones, and the empty path everything', () => {
  expect(projection(['/args', '/args/a'])(facts({ a: 1 }))).toBe(projection(['/args'])(facts({ a: 1 })));
  const all = projection(['']);
  expect(all(facts({ a: 1 }))).not.toBe(all(facts({ a: 1 }, 'other')));
});

test('a key `__proto__` is data', () => {
  const args = JSON.parse('{"__proto__": {"admin": true}}') as Facts['args'];
  const project = projection(['/args/admin', '/args/__proto__']);
  expect(project(facts(args))).not.toBe(project(facts({})));
  expect(project(facts(args))).not.toBe(project(facts({ admin: true })));
});

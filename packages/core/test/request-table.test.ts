import type { Facts, PolicySet } from '@benchbook/model';
import { tableSet } from '@benchbook/testkit';
import { expect, test } from 'vitest';
import { requestTable } from '../src/replay/request-table.ts';

const facts = (amount: number): Facts => ({ tool: { name: 'pay' }, args: { amount }, session: {} });

/** A set that denies above 100, and counts how often it is asked. */
function counted(): { set: PolicySet; asked: () => number } {
  let asked = 0;
  const set = tableSet('pay', [
    { name: 'big', outcome: 'deny', reads: ['/args/amount'], when: ({ args }) => Number(args?.amount) > 100 },
  ]);
  const decide: PolicySet['decide'] = (requests, row) => {
    asked++;
    return set.decide(requests, row);
  };
  return { set: { ...set, decide }, asked: () => asked };
}

test('the same request is decided once, and answered by the same object', () => {
  const { set, asked } = counted();
  const answer = requestTable();
  const first = answer(set, facts(5), []);
  expect(answer(set, facts(5), ['/durationMs'])).toBe(first);
  expect(answer(set, facts(500), []).decision.outcome).toBe('deny');
  expect(asked()).toBe(2);
});

test('a missing fact that matters makes it another request', () => {
  const { set } = counted();
  const answer = requestTable();
  expect(answer(set, facts(5), []).alternatives).toHaveLength(1);
  expect(answer(set, facts(5), ['/args']).alternatives.length).toBe(3);
});

test('two sets of the same digest share a column', () => {
  const { set, asked } = counted();
  const answer = requestTable();
  answer(set, facts(5), []);
  answer({ ...set }, facts(5), []);
  expect(asked()).toBe(1);
});

test('a full column starts anew, and where nothing comes twice nothing is remembered', () => {
  const { set, asked } = counted();
  const answer = requestTable({ capacity: 2 });
  for (const amount of [1, 2, 3, 1]) answer(set, facts(amount), []);
  expect(asked()).toBe(4);
  const other = requestTable();
  for (let amount = 0; amount < 1_000; amount++) other(set, facts(amount), []);
  expect(other(set, facts(0), []).remembered).toBe(false);
});

test('each request is told to the guard before it starts, under the same number every time', () => {
  const told: string[] = [];
  const guard = {
    enter: (name: string, request: number) => told.push(`${name} ${request}`),
    leave: () => told.push('-'),
  };
  const { set } = counted();
  const answer = requestTable({ guard });
  answer(set, facts(1), []);
  answer(set, facts(1), []).observe();
  answer(set, facts(2), []);
  expect(told).toEqual(['pay 0', '-', 'pay 0', '-', 'pay 1', '-']);
});

test('a poisoned request is not asked, and nobody can know its outcome', () => {
  const { set, asked } = counted();
  const answer = requestTable({ poisoned: [{ set: 'pay', request: 1 }] });
  answer(set, facts(1), []);
  const { decision } = answer(set, facts(2), []);
  expect(decision).toMatchObject({ outcome: 'indeterminate', basis: 'failed', errors: [{ kind: 'crash' }] });
  expect(asked()).toBe(1);
});

test('two versions of a set never share a number: poison in one leaves the other alone', () => {
  const { set } = counted();
  const other = { ...counted().set, digest: 'with audited policies' };
  const answer = requestTable({ poisoned: [{ set: 'pay', request: 1 }] });
  expect(answer(set, facts(500), []).decision.outcome).toBe('deny');
  expect(answer(other, facts(500), []).decision.outcome).toBe('indeterminate');
  expect(answer(set, facts(600), []).decision.outcome).toBe('deny');
});

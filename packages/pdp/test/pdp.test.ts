import type { Call, Outcome } from '@benchbook/model';
import { type TableRule, tableSet } from '@benchbook/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPdp, openSession, stronger } from '../src/index.ts';

const call = (changes: Partial<Call> = {}): Call => ({
  v: 1,
  kind: 'tool',
  id: 's#0',
  session: 's',
  seq: 0,
  ts: '2026-05-01T10:00:00Z',
  tool: { name: 'refund' },
  args: { amount: 40 },
  missing: [],
  src: { format: 'native', file: 'a.jsonl' },
  ...changes,
});
const always = (name: string, outcome: Outcome): TableRule => ({ name, outcome, when: () => true });
const never = (name: string, outcome: Outcome): TableRule => ({ name, outcome, when: () => false });
const noSession = openSession({ calls: false, tools: false, history: false });
const decide = (sets: readonly (readonly TableRule[])[], changes: Partial<Call> = {}, fallback?: Outcome) =>
  createPdp(
    sets.map((rules, i) => ({ set: tableSet(`set${i}`, rules) })),
    fallback ? { default: fallback } : {},
  ).decide(call(changes), noSession);

describe('between sets', () => {
  test('deny is stronger than escalate, escalate than allow', () => {
    expect(decide([[always('a', 'allow')], [always('e', 'escalate')]]).outcome).toBe('escalate');
    expect(decide([[always('e', 'escalate')], [always('d', 'deny')], [always('a', 'allow')]])).toMatchObject({
      outcome: 'deny',
      basis: 'determined',
      determining: ['set1#d'],
      reasons: ['d'],
    });
  });

  test('deny is stronger than not knowing, and that than escalate', () => {
    expect(decide([[always('i', 'indeterminate')], [always('d', 'deny')]]).outcome).toBe('deny');
    expect(decide([[always('e', 'escalate')], [always('i', 'indeterminate')]])).toMatchObject({
      outcome: 'indeterminate',
      basis: 'failed',
    });
  });

  test('a set that does not apply says nothing', () => {
    expect(decide([[never('d', 'deny')], [always('a', 'allow')]])).toMatchObject({
      outcome: 'allow',
      determining: ['set1#a'],
    });
  });

  test('where none applies the default decides', () => {
    expect(decide([[never('d', 'deny')]])).toMatchObject({
      outcome: 'deny',
      basis: 'defaulted',
      determining: [],
    });
    expect(decide([[never('d', 'deny')]], {}, 'allow')).toMatchObject({
      outcome: 'allow',
      basis: 'defaulted',
    });
  });

  test('a set narrowed to other tools is not asked', () => {
    const pdp = createPdp(
      [{ set: tableSet('s', [always('d', 'deny')]), appliesTo: (tool) => tool === 'other' }],
      {
        default: 'allow',
      },
    );
    expect(pdp.decide(call(), noSession)).toMatchObject({ outcome: 'allow', answers: [] });
  });

  test('the order of sets never matters to the outcome', () => {
    const outcome = fc.constantFrom<Outcome | null>('allow', 'deny', 'escalate', 'indeterminate', null);
    fc.assert(
      fc.property(fc.array(outcome, { minLength: 1, maxLength: 6 }), (outcomes) => {
        const join = (list: readonly (Outcome | null)[]) => list.reduce(stronger, null);
        expect(join(outcomes)).toBe(join([...outcomes].reverse()));
        expect(join(outcomes)).toBe(stronger(join(outcomes.slice(0, 1)), join(outcomes.slice(1))));
      }),
    );
  });
});

describe('missing facts', () => {
  const big: TableRule = {
    name: 'big',
    outcome: 'deny',
    reads: ['/args/amount'],
    when: ({ args }) => Number(args?.amount) > 100,
  };

  test('one that could change the outcome makes it indeterminate', () => {
    expect(decide([[always('a', 'allow'), big]], { args: null, missing: ['/args'] })).toMatchObject({
      outcome: 'indeterminate',
      basis: 'failed',
      determining: [],
      missing: ['/args'],
    });
  });

  test('one for want of which a set gives no answer is named', () => {
    const late: TableRule = { name: 'late', outcome: 'indeterminate', reads: ['/ts'], when: () => true };
    const set = tableSet('s', [late]);
    const { ts: _, ...timeless } = call();
    const pdp = createPdp([
      { set: { ...set, alternatives: (requests, row) => [set.decide(requests, row)] } },
    ]);
    expect(pdp.decide(timeless, noSession)).toMatchObject({ outcome: 'indeterminate', missing: ['/ts'] });
  });

  test('one that no policy reads changes nothing', () => {
    expect(decide([[always('a', 'allow'), big]], { missing: ['/user'] })).toMatchObject({
      outcome: 'allow',
      missing: [],
    });
  });

  test('one that cannot change the outcome leaves it standing', () => {
    expect(decide([[always('d', 'deny'), big]], { args: null, missing: ['/args'] })).toMatchObject({
      outcome: 'deny',
      determining: ['set0#d'],
      missing: [],
    });
    expect(decide([[always('a', 'allow'), big], [always('d', 'deny')]], { missing: ['/args'] }).outcome).toBe(
      'deny',
    );
  });

  test('hidden ones and the time matter to no policy that merely reads everything', () => {
    const whole: TableRule = { name: 'whole', outcome: 'deny', reads: [''], when: () => false };
    const { ts: _, ...timeless } = call({ missing: ['/durationMs'] });
    const pdp = createPdp([{ set: tableSet('s', [always('a', 'allow'), whole]) }]);
    expect(pdp.decide(timeless, noSession)).toMatchObject({ outcome: 'allow', missing: [] });
    expect(pdp.decide({ ...timeless, missing: ['/args'] }, noSession).outcome).toBe('indeterminate');
  });

  test('a time that was not recorded is missing to a policy that reads it', () => {
    const night: TableRule = { name: 'night', outcome: 'deny', reads: ['/ts'], when: () => false };
    const { ts: _, ...timeless } = call();
    const pdp = createPdp([{ set: tableSet('s', [always('a', 'allow'), night]) }]);
    expect(pdp.decide(timeless, noSession)).toMatchObject({ outcome: 'indeterminate', missing: ['/ts'] });
  });
});

describe('facts', () => {
  test('hold nothing that policies must not see', () => {
    let seen: unknown;
    const spy: TableRule = {
      name: 'spy',
      outcome: 'allow',
      when: (facts) => {
        seen = facts;
        return true;
      },
    };
    decide([[spy]], {
      labels: { malicious: true },
      expect: 'deny',
      recorded: { outcome: 'allow' },
      result: { status: 'ok' },
      approval: { state: 'granted' },
      durationMs: 3,
      user: { id: 'alice', roles: ['support'] },
    });
    expect(seen).toEqual({
      tool: { name: 'refund' },
      args: { amount: 40 },
      session: {},
      ts: '2026-05-01T10:00:00Z',
      user: { id: 'alice', roles: ['support'] },
    });
  });

  test('tell what came before in the session, with long arguments left out', () => {
    const session = openSession({ calls: true, tools: true, history: true });
    session.record(call({ tool: { name: 'read', server: 'fs' }, result: { status: 'ok' } }));
    session.record(call({ tool: { name: 'send' }, args: { text: 'x'.repeat(5000) } }));
    session.record(call({ tool: { name: 'read', server: 'fs' } }));
    expect(session.facts()).toEqual({
      calls: 3,
      tools: ['read', 'send'],
      history: [
        { tool: { name: 'read', server: 'fs' }, args: { amount: 40 }, result: { status: 'ok' } },
        { tool: { name: 'send' }, args: null, result: { status: 'pending' } },
        { tool: { name: 'read', server: 'fs' }, args: { amount: 40 }, result: { status: 'pending' } },
      ],
    });
  });

  test('history keeps the last 256 calls', () => {
    const session = openSession({ calls: true, tools: false, history: true });
    for (let i = 0; i < 300; i++) session.record(call({ args: { i } }));
    const { calls, history } = session.facts() as { calls: number; history: { args: { i: number } }[] };
    expect([calls, history.length, history[0]!.args.i]).toEqual([300, 256, 44]);
  });

  test('a held session stays as it stood, whatever is recorded later', () => {
    const session = openSession({ calls: true, tools: true, history: true });
    const held = [session.hold()];
    const stood = [structuredClone(session.facts())];
    for (let i = 0; i < 600; i++) {
      session.record(call({ tool: { name: `t${i % 7}` }, args: { i } }));
      held.push(session.hold());
      stood.push(structuredClone(session.facts()));
    }
    expect(held.map((one) => one.facts())).toEqual(stood);
    expect((stood[600]!.history as { args: { i: number } }[]).map(({ args }) => args.i)).toEqual(
      Array.from({ length: 256 }, (_, index) => 344 + index),
    );
    expect(openSession({ calls: false, tools: false, history: false }).hold().facts()).toEqual({});
  });
});

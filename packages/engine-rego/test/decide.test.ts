import type { EngineSession, Facts, PolicySet, SetDecision } from '@benchbook/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call, load, openEngine } from './open.ts';

let session: EngineSession;
beforeAll(async () => {
  session = await openEngine();
});
afterAll(() => session.close());

async function only(texts: Record<string, string>): Promise<PolicySet> {
  const { sets, diagnostics } = await load(session, texts);
  expect(diagnostics).toEqual([]);
  expect(sets).toHaveLength(1);
  return sets[0]!;
}

function decide(set: PolicySet, facts: Facts): SetDecision {
  return set.decide(set.prepare([facts]), 0);
}

/** A decision in one line: outcome, basis, determining policies, reasons, errors. */
function line(set: PolicySet, facts: Facts): string {
  const { outcome, basis, determining, reasons, errors } = decide(set, facts);
  const by = determining.map((index) => set.policies[index]!.name);
  const said = [...reasons, ...errors.map(({ kind, policy, message }) => `${kind} ${policy}: ${message}`)];
  return [`${outcome} ${basis}`, by.join(' '), said.join(' | ')].filter((part) => part !== '').join('; ');
}

const PAYMENTS = `package pay

default allow := false

allow if input.args.amount < 100
allow if "boss" in input.user.roles

deny contains msg if {
	input.args.amount < 0
	msg := sprintf("no negative amount: %d", [input.args.amount])
}
deny contains "blocked" if input.args.to == "mallory"

escalate contains "large" if input.args.amount > 50
`;

describe('a package with decision rules', () => {
  test.each([
    [{ amount: 10 }, {}, 'allow determined; pay.allow'],
    [{ amount: 10 }, { user: { roles: ['boss'] } }, 'allow determined; pay.allow pay.allow[2]'],
    [{ amount: 60 }, {}, 'escalate determined; pay.escalate; large'],
    [{ amount: 200 }, {}, 'deny defaulted'],
    [{ amount: 200 }, { user: { roles: ['boss'] } }, 'escalate determined; pay.escalate; large'],
    [{ amount: -1 }, {}, 'deny determined; pay.deny; no negative amount: -1'],
    [
      { amount: -1, to: 'mallory' },
      {},
      'deny determined; pay.deny pay.deny[2]; blocked | no negative amount: -1',
    ],
    [{}, {}, 'deny defaulted'],
  ])('%j %j: %s', async (args, more, expected) => {
    const set = await only({ 'pay.rego': PAYMENTS });
    expect(line(set, call(args, more))).toBe(expected);
  });

  test('tells what each clause did, also where another decided', async () => {
    const set = await only({ 'pay.rego': PAYMENTS });
    const requests = set.prepare([call({ amount: 60, to: 'mallory' })]);
    const states = set
      .observe(requests, 0)
      .states.map((state, index) => `${set.policies[index]!.name} ${state}`);
    expect(states).toEqual([
      'pay.allow applied',
      'pay.allow[2] silent',
      'pay.deny silent',
      'pay.deny[2] applied',
      'pay.escalate applied',
    ]);
  });

  test('only deny-style rules and none firing: does not apply', async () => {
    const set = await only({ 'd.rego': 'package d\ndeny if input.args.x == 1\nwarn contains "w" if true' });
    expect(set.canAllow).toBe(false);
    expect(decide(set, call({ x: 2 }))).toEqual({
      outcome: null,
      basis: 'defaulted',
      determining: [],
      reasons: [],
      obligations: [{ type: 'warn', message: 'w' }],
      errors: [],
    });
    expect(line(set, call({ x: 1 }))).toBe('deny determined; d.deny');
  });

  test('a decision object gives outcome, reason and obligations', async () => {
    const text = `package d
decision := {"outcome": "escalate", "reason": "big", "obligations": [{"type": "log", "n": 12345678901234567890}, "notify"]} if input.args.x > 1
decision := "allow" if input.args.x == 1`;
    const set = await only({ 'd.rego': text });
    expect(decide(set, call({ x: 2 }))).toEqual({
      outcome: 'escalate',
      basis: 'determined',
      determining: [0],
      reasons: ['big'],
      obligations: [{ type: 'log', n: 12345678901234567890n }, { type: 'notify' }],
      errors: [],
    });
    expect(line(set, call({ x: 1 }))).toBe('allow determined; d.decision[2]');
    expect(line(set, call({ x: 0 }))).toBe('null defaulted');
  });

  test('a value of another type is an error, and nobody knows', async () => {
    const set = await only({
      'd.rego': 'package d\nallow := "yes" if input.args.x == 1\ndeny := 3 if input.args.x == 2',
    });
    expect(line(set, call({ x: 1 }))).toBe(
      'indeterminate failed; runtime policies/d.rego#d.allow: `allow` is the text "yes", but must be a boolean',
    );
    expect(line(set, call({ x: 2 }))).toBe(
      'indeterminate failed; runtime policies/d.rego#d.deny: `deny` is a number, but must be a boolean, or a set or array of texts or objects',
    );
  });

  test('deny_x counts as deny, allow_x is a helper', async () => {
    const set = await only({
      'd.rego':
        'package d\nallow_small if input.args.x < 5\nallow if allow_small\ndeny_rude contains "rude" if input.args.rude',
    });
    expect(set.policies.map(({ name, effect }) => `${name} ${effect}`)).toEqual([
      'd.allow permit',
      'd.deny_rude forbid',
    ]);
    expect(line(set, call({ x: 1, rude: true }))).toBe('deny determined; d.deny_rude; rude');
  });
});

describe('errors and what cannot be known', () => {
  test('an absorbed builtin error keeps the outcome and is told with its policy', async () => {
    const set = await only({
      'e.rego': 'package e\nallow if input.args.x == 1\ndeny if to_number(input.args.n) > 1',
    });
    expect(line(set, call({ x: 1, n: 'abc' }))).toBe(
      'allow determined; e.allow; runtime policies/e.rego#e.deny: to_number: strconv.ParseFloat: parsing "abc": invalid syntax (policies/e.rego:3)',
    );
  });

  test('a conflict leaves nothing to know', async () => {
    const set = await only({
      'e.rego': 'package e\nallow := true if input.args.x\nallow := false if input.args.x',
    });
    expect(line(set, call({ x: true }))).toBe(
      'indeterminate failed; runtime policies/e.rego#e.allow[2]: complete rules must not produce multiple outputs (policies/e.rego:3)',
    );
  });

  test.each([
    'http.send({"method": "get", "url": "http://x"}).status_code == 200',
    'rand.intn("a", 9) < 10',
    'opa.runtime().env.X == "1"',
  ])('asking the outside is indeterminate: %s', async (expression) => {
    const set = await only({ 'o.rego': `package o\nallow if ${expression}` });
    const name = /^[a-z.]+/.exec(expression)![0];
    expect(line(set, call({}))).toBe(
      `indeterminate failed; missing policies/o.rego#o.allow: ${name} asks for what is not recorded (policies/o.rego:2)`,
    );
  });

  test('the clock is the time of the call; without one it may not be asked', async () => {
    const set = await only({ 't.rego': 'package t\nallow if time.clock(time.now_ns())[0] < 12' });
    expect(set.reads).toEqual(['/ts']);
    expect(line(set, call({}, { ts: '2026-05-01T10:00:00Z' }))).toBe('allow determined; t.allow');
    expect(line(set, call({}, { ts: '2026-05-01T13:00:00Z' }))).toBe('deny defaulted');
    expect(line(set, call({}))).toBe(
      'indeterminate failed; missing policies/t.rego#t.allow: time.now_ns asks for what is not recorded (policies/t.rego:2)',
    );
  });

  test('integers beyond 2^53 keep every digit', async () => {
    const set = await only({ 'n.rego': 'package n\nallow if input.args.id == 9007199254740993' });
    expect(line(set, call({ id: 9007199254740993n }))).toBe('allow determined; n.allow');
    expect(line(set, call({ id: 9007199254740992n }))).toBe('deny defaulted');
  });
});

describe('input', () => {
  test('is the call, without fields it does not have', async () => {
    const set = await only({ 'i.rego': 'package i\ndeny contains json.marshal(input)' });
    const facts = call({ b: 1, a: [null, 1.5] }, { ts: '2026-05-01T10:00:00Z', context: { cwd: '/w' } });
    expect(decide(set, facts).reasons).toEqual([
      '{"agent":{"id":"support-bot"},"args":{"a":[null,1.5],"b":1},"context":{"cwd":"/w"},"session":{},"tool":{"name":"refund","server":"payments"},"ts":"2026-05-01T10:00:00Z"}',
    ]);
  });

  test('of a decision log is given as it is', async () => {
    const set = await only({ 'i.rego': 'package i\nallow if input.method == "GET"' });
    expect(set.reads).toEqual(['/input', '/method']);
    expect(line(set, call({}, { input: { method: 'GET' } }))).toBe('allow determined; i.allow');
    expect(line(set, call({}, { input: 'GET' }))).toBe('deny defaulted');
  });
});

describe('missing facts', () => {
  const outcomes = (set: PolicySet, facts: Facts, open: readonly number[]) =>
    set.alternatives(set.prepare([facts]), 0, open).map(({ outcome, basis }) => `${outcome} ${basis}`);

  test('an open allow may hold or not; a deny that stands decides alone', async () => {
    const set = await only({ 'pay.rego': PAYMENTS });
    expect(outcomes(set, call({ amount: 200 }), [1])).toEqual(['deny defaulted', 'escalate determined']);
    expect(outcomes(set, call({ amount: 10 }), [1])).toEqual(['allow determined']);
    expect(outcomes(set, call({ amount: 10, to: 'mallory' }), [0, 1])).toEqual(['deny determined']);
    expect(outcomes(set, call({ amount: 10 }), [0, 2])).toEqual([
      'allow determined',
      'deny defaulted',
      'deny determined',
    ]);
  });
});

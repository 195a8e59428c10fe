import type { Call, Facts, Outcome } from '@benchbook/model';
import { createPdp, type PdpDecision } from '@benchbook/pdp';
import { type TableRule, tableSet } from '@benchbook/testkit';
import { describe, expect, test } from 'vitest';
import { watchBoundaries } from '../src/boundary/watch.ts';
import { createExercise } from '../src/coverage/exercise.ts';
import { observeCoverage } from '../src/coverage/observer.ts';
import { createWeights } from '../src/coverage/weight.ts';
import { findGaps } from '../src/gaps/gaps.ts';
import { createDecider, type DecidedCall } from '../src/replay/decide-calls.ts';
import { decisionCounter } from '../src/replay/decision-counter.ts';
import { internCover } from '../src/replay/intern-cover.ts';
import { requestTable } from '../src/replay/request-table.ts';
import { conditionCoverage, conditionsOf, helpersOf } from '../src/report/conditions.ts';
import { lineCoverage } from '../src/report/lines.ts';
import { textsOf } from '../src/report/texts.ts';

const texts = textsOf([
  { path: 'a', text: '0123456789' },
  { path: 'shared', text: '0123456789' },
]);

const amountOf = (facts: Facts) => Number(facts.args?.amount ?? 0);
const rule = (name: string, outcome: Outcome, when: TableRule['when'], over: Partial<TableRule> = {}) => ({
  name,
  outcome,
  when,
  reads: [''],
  ...over,
});

let next = 0;
function call(tool: string, amount: number): Call {
  const id = `s#${next++}`;
  return {
    v: 1,
    kind: 'tool',
    id,
    session: id,
    seq: 0,
    tool: { name: tool },
    args: { amount },
    missing: [],
    src: { format: 'native', file: 'a.jsonl' },
  };
}

function look(tables: readonly (readonly TableRule[])[], calls: readonly Call[], remember = true) {
  const sets = tables.map((rules, index) => tableSet(index === 0 ? 'a' : `a${index}`, rules));
  const pdp = createPdp(
    sets.map((set) => ({ set })),
    remember ? { answer: requestTable() } : {},
  );
  const pdps = { enforced: pdp, everything: pdp };
  const boundary = watchBoundaries(pdps, texts);
  const weights = createWeights('deny');
  const observer = observeCoverage<DecidedCall>({
    conditions: true,
    onFirst: (decided) => {
      weights.visit(decided.wouldBe);
      boundary.visit(decided);
    },
  });
  const used = new Map<string, number>();
  const decider = createDecider(pdps, observer.visit);
  for (const one of calls) {
    used.set(one.tool.name, (used.get(one.tool.name) ?? 0) + 1);
    decider.visit(one, 'global');
  }
  const outcomes = { allow: 0, deny: 0, escalate: 0, indeterminate: 0 };
  const exercise = observer.finish();
  return {
    sets,
    exercise,
    boundary,
    gaps: (declared: readonly string[] = []) =>
      findGaps({
        sets,
        exercise,
        boundary: boundary.exercise,
        weights,
        texts,
        used: [...used].map(([name, count]) => ({ name, calls: count, outcomes })),
        declared: declared.map((name) => ({ name })),
        modeOf: () => 'enforce',
      }),
  };
}

const limit = rule('limit', 'deny', (facts) => amountOf(facts) > 100, {
  effect: 'forbid',
  mentions: ['refund'],
  comparison: { pointer: '/args/amount', of: 'value', operator: '>', literal: 100 },
});
const grant = rule('grant', 'allow', (facts) => facts.tool.name === 'refund', {
  effect: 'permit',
  mentions: ['refund'],
});

describe.each([true, false])('counted with answers remembered: %s', (remember) => {
  test('every call adds to its policies and conditions', () => {
    const calls = [call('refund', 50), call('refund', 50), call('refund', 500), call('read', 1)];
    const { sets, exercise } = look([[limit, grant]], calls, remember);
    expect(exercise.calls).toBe(4);
    expect(exercise.of(sets[0]!).policies).toEqual([
      { applied: 1, silent: 3, errors: 0, knownApplied: 1, knownSilent: 3 },
      { applied: 3, silent: 1, errors: 0, knownApplied: 3, knownSilent: 1 },
    ]);
    expect(conditionsOf(sets[0]!, 0, exercise, texts)).toEqual([
      {
        range: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } },
        text: '0',
        parent: null,
        true: 1,
        false: 3,
        error: 0,
        unreached: 0,
      },
    ]);
    expect(lineCoverage(sets, exercise, texts)).toEqual([
      { file: 'a', language: 'cel', lines: [{ line: 1, hits: 4 }] },
    ]);
  });

  test('a helper that two sets share counts a call once, the stronger state', () => {
    const shared = (bound: number) =>
      rule(`over-${bound}`, 'deny', (facts) => amountOf(facts) > bound, { shared: true });
    const calls = [call('refund', 150), call('refund', 50)];
    const { sets, exercise } = look([[shared(100)], [shared(200)]], calls, remember);
    const [helpers] = helpersOf(sets, exercise, texts);
    expect(helpers).toMatchObject({
      file: 'shared',
      conditions: [{ true: 1, false: 1, error: 0, unreached: 0 }],
    });
    expect(conditionCoverage([helpers!.conditions])).toEqual({ covered: 1, total: 1 });
  });
});

test('indeterminate outcomes are not known', () => {
  const unknown = rule('unknown', 'indeterminate', () => true);
  const { sets, exercise } = look([[unknown]], [call('refund', 1)]);
  expect(exercise.of(sets[0]!).policies[0]).toEqual({
    applied: 1,
    silent: 0,
    errors: 0,
    knownApplied: 0,
    knownSilent: 0,
  });
});

describe('gaps', () => {
  const codes = (gaps: readonly { code: string; policy?: string; tool?: string }[]) =>
    gaps.map(({ code, policy, tool }) => `${code} ${policy ?? tool}`);

  test('none where both sides were seen and each policy decided', () => {
    const calls = [call('refund', 50), call('refund', 500), call('read', 500), call('read', 1)];
    expect(codes(look([[limit, grant]], calls).gaps(['refund']))).toEqual(['tool-not-mentioned read']);
  });

  test('a policy that never applies, and its condition', () => {
    const { gaps } = look([[limit, grant]], [call('refund', 50)]);
    expect(codes(gaps())).toEqual([
      'condition-never-true a#limit',
      'policy-never-applies a#limit',
      'ALLOW_ALL a#grant',
      'condition-never-false a#grant',
    ]);
  });

  test('a policy that another shadows', () => {
    const twin = rule('twin', 'deny', (facts) => amountOf(facts) > 400, { effect: 'forbid' });
    const calls = [call('refund', 50), call('refund', 500), call('refund', 200), call('read', 1)];
    const found = look([[limit, twin, grant]], calls).gaps();
    expect(codes(found)).toEqual(['policy-shadowed a#twin', 'tool-not-mentioned read']);
    expect(found[0]!.message).toBe(
      'twin is shadowed by a#limit. The one call on which it applied would have come out the same without it',
    );
  });

  test('a permit that another permit makes needless, or another set', () => {
    const wide = rule('wide', 'allow', () => true, { effect: 'permit' });
    const calls = [call('refund', 50), call('read', 1)];
    expect(codes(look([[grant, wide]], calls).gaps())).toEqual([
      'permit-not-needed a#grant',
      'policy-shadowed a#grant',
      'ALLOW_ALL a#wide',
      'condition-never-false a#wide',
      'tool-not-mentioned read',
    ]);
    expect(codes(look([[grant], [wide]], calls).gaps()).slice(0, 2)).toEqual([
      'permit-not-needed a#grant',
      'policy-shadowed a#grant',
    ]);
  });

  test('tools: granted and never used, used and never mentioned', () => {
    const calls = [call('read', 50)];
    const found = look([[grant]], calls).gaps(['refund', 'read']);
    expect(codes(found).filter((code) => code.startsWith('tool'))).toEqual([
      'tool-not-mentioned read',
      'tool-not-used refund',
    ]);
  });

  test('what the varied calls reach is not called never', () => {
    const { gaps, boundary } = look([[limit, grant]], [call('refund', 50)]);
    expect(codes(gaps())).not.toContain('DENY_NONE a#limit');
    expect(boundary.calls.map(({ report: { value, outcome, from } }) => [value, from, outcome])).toEqual([
      [99, 'allow', 'allow'],
      [100, 'allow', 'allow'],
      [101, 'allow', 'deny'],
    ]);
    expect(boundary.calls[2]!.test).toMatchObject({ args: { amount: 101 }, expect: 'deny', seq: 0 });
  });

  test('a forbid that nothing reaches is DENY_NONE, one that hits everything DENY_ALL', () => {
    const never = rule('never', 'deny', () => false, { effect: 'forbid' });
    const always = rule('always', 'deny', () => true, { effect: 'forbid' });
    expect(
      codes(look([[never, always]], [call('refund', 1)]).gaps()).filter((code) => /ALL|NONE/.test(code)),
    ).toEqual(['DENY_NONE a#never', 'DENY_ALL a#always']);
  });

  test('nothing is told where nothing was recorded', () => {
    expect(look([[limit]], []).gaps()).toEqual([]);
  });
});

test('a permit that mentions no tool grants every declared one', () => {
  const wide = rule('wide', 'allow', () => true, { effect: 'permit', mentions: ['support'] });
  const found = look([[wide]], [call('read', 1)]).gaps(['read', 'refund']);
  expect(found.filter(({ code }) => code === 'tool-not-used').map(({ tool }) => tool)).toEqual(['refund']);
});

test('a varied call whose outcome hangs on what came before is no test of its own', () => {
  const later = rule('later', 'deny', (facts) => Number(facts.session.calls) > 0 && amountOf(facts) > 100, {
    comparison: { pointer: '/args/amount', of: 'value', operator: '>', literal: 100 },
  });
  const session = 'one';
  const calls = [
    { ...call('refund', 50), session },
    { ...call('refund', 50), session, seq: 1 },
    { ...call('refund', 500), session, seq: 2 },
  ];
  const { boundary } = look([[later, rule('all', 'allow', () => true)]], calls);
  expect(
    boundary.calls.map(({ report, test: own }) => [
      report.call === calls[2]!.id,
      report.value,
      report.outcome,
      own !== null,
    ]),
  ).toEqual([
    [false, 99, 'allow', true],
    [false, 100, 'allow', true],
    [false, 101, 'allow', true],
    [true, 99, 'allow', true],
    [true, 100, 'allow', true],
    [true, 101, 'deny', false],
  ]);
});

test('a whole clause speaks for its first line, its operands for theirs', () => {
  const set = tableSet('a', [
    rule('both', 'deny', () => true),
    rule('left', 'deny', () => true),
    rule('right', 'deny', () => true),
  ]);
  const place = (start: number, end: number, parent: number | null) => ({
    file: 'lines',
    range: { start, end },
    policy: 0,
    parent,
  });
  const clause = { ...set, conditions: [place(0, 12, null), place(0, 1, 0), place(5, 12, 0)] };
  const exercise = createExercise();
  exercise.add(
    [
      {
        set: clause,
        states: ['silent', 'silent', 'silent'],
        cover: { conditions: ['false', 'false', 'unreached'], statements: [] },
      },
    ],
    3,
    3,
  );
  const document = textsOf([{ path: 'lines', text: 'a\n&& b(\n  c)\n' }]);
  expect(lineCoverage([clause], exercise, document)).toEqual([
    {
      file: 'lines',
      language: 'cel',
      lines: [
        { line: 1, hits: 3 },
        { line: 2, hits: 0 },
        { line: 3, hits: 0 },
      ],
    },
  ]);
});

test('calls are counted by decision, known outcomes apart', () => {
  const taken: [number, number][] = [];
  const counter = decisionCounter((_, { calls, known }) => taken.push([calls, known]));
  const decision = { remembered: true } as PdpDecision;
  expect([true, false, true].map((known) => counter.add(decision, known))).toEqual([true, false, false]);
  counter.add({ remembered: false } as PdpDecision, false);
  counter.flush();
  counter.flush();
  expect(taken).toEqual([
    [1, 0],
    [3, 2],
  ]);
});

test('equal covers of a set are one object, those of different sets are not', () => {
  const [one, other] = ['a', 'b'].map((id) => tableSet(id, [rule('r', 'deny', () => true)]));
  const cover = (state: 'true' | 'error') => ({ conditions: [state], statements: [true] });
  const first = internCover(one!, cover('true'));
  expect(internCover(one!, cover('true'))).toBe(first);
  expect(internCover(one!, cover('error'))).toEqual(cover('error'));
  expect(internCover(other!, cover('true'))).not.toBe(first);
});

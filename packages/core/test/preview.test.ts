/** Calls held in memory come to what a replay decides, whatever they are and whatever sets read of them. */
import type { ByteSource, Outcome, PolicySet } from '@benchbook/model';
import { answerSet } from '@benchbook/pdp';
import { memorySource, type TableRule, tableSet } from '@benchbook/testkit';
import { readRecording } from '@benchbook/traces';
import { DEFAULT_MANIFEST, type Workspace } from '@benchbook/workspace';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { becauseOf } from '../src/diff/because.ts';
import { countFlips } from '../src/diff/flips.ts';
import { matchPolicies } from '../src/diff/match.ts';
import { policiesOf } from '../src/diff/version.ts';
import { openPdps, type PreparedWorkspace } from '../src/prepare.ts';
import { createAnswers } from '../src/preview/answers.ts';
import { requestsOf } from '../src/preview/classes.ts';
import { compareVersions } from '../src/preview/comparison.ts';
import { briefJson } from '../src/preview/evaluate.ts';
import { HeldCalls } from '../src/preview/held-calls.ts';
import { finish } from '../src/preview/steps.ts';
import { needsOf, openVersion, setsOf, type Version } from '../src/preview/version.ts';
import { createDecider } from '../src/replay/decide-calls.ts';
import { createWalker, joinNeeds, walkRecordings } from '../src/replay/walk.ts';
import { textsOf } from '../src/report/texts.ts';

/** Rules over the arguments, the user and the session; `b.file` is in audit mode, `c.file` narrowed to `pay`. */
function prepared(limit: number): PreparedWorkspace {
  const rule = (name: string, outcome: Outcome, reads: string[], when: TableRule['when']): TableRule => ({
    name,
    outcome,
    reads,
    when,
  });
  const sets = [
    tableSet('a.file', [
      rule('all', 'allow', [], () => true),
      rule('limit', 'deny', ['/args/amount'], ({ args }) => Number(args?.amount ?? 0) > limit),
    ]),
    tableSet('b.file', [
      rule('second', 'escalate', ['/session/tools'], ({ session }) =>
        (session.tools as readonly string[]).includes('pay'),
      ),
    ]),
    tableSet('c.file', [
      rule(
        'many',
        'deny',
        ['/session/history'],
        ({ session }) => (session.history as readonly unknown[]).length > limit,
      ),
      rule('known', 'allow', ['/user/id'], ({ user }) => user?.id === 'ada'),
    ]),
  ].map(
    (set): PolicySet => ({
      ...set,
      digest: `${set.id} ${limit}`,
      policies: set.policies.map((policy) => ({ ...policy, digest: `${policy.name} ${limit}` })),
    }),
  );
  const [a, b, c] = sets as [PolicySet, PolicySet, PolicySet];
  const workspace = {
    manifest: DEFAULT_MANIFEST,
    policyFiles: [],
    narrowings: [{ files: ['c.file'], tools: ['pay'] }],
    tools: [],
  } as unknown as Workspace;
  return {
    workspace,
    policies: { everything: [a, b, c], enforced: [a, c], diagnostics: [], wantsNumbers: false },
    texts: textsOf([]),
    modeOf: (file: string) => (file === 'b.file' ? 'audit' : 'enforce'),
  } as unknown as PreparedWorkspace;
}

async function hold(sources: readonly ByteSource[], limit = 1e6): Promise<HeldCalls> {
  const held = new HeldCalls(limit);
  for (const source of sources) {
    held.begin(source.path);
    for await (const batch of readRecording(source)) held.add(batch);
  }
  return held;
}

async function replayed(workspace: PreparedWorkspace, sources: readonly ByteSource[]) {
  const decided: unknown[] = [];
  const decider = createDecider(openPdps(workspace, answerSet), ({ call, decision, wouldBe }) => {
    const { answers: _, serial: __, remembered: ___, ...one } = decision;
    decided.push([call.id, call.args, call.result?.status, one, wouldBe.outcome, wouldBe.determining]);
  });
  for await (const _ of walkRecordings(sources, decider));
  return decided;
}

function previewed(workspace: PreparedWorkspace, held: HeldCalls, answers = createAnswers(held, {})) {
  if (!held.carries(needsOf(workspace))) finish(held.walk(needsOf(workspace)));
  const version = finish(openVersion(workspace, held, answers));
  for (const part of version.classes.first.keys()) version.decide(part);
  answers.keep(setsOf(workspace));
  return Array.from({ length: held.length }, (_, index) => {
    const { decision, wouldBe } = version.of(index)!;
    const { answers: _a, serial: _s, remembered: _r, ...one } = decision;
    const { id, args, result } = held.call(index);
    return [id, args, result?.status, one, wouldBe.outcome, wouldBe.determining];
  });
}

async function flipsOf(base: PreparedWorkspace, head: PreparedWorkspace, source: ByteSource) {
  const pairs = matchPolicies(policiesOf(base), policiesOf(head));
  const counter = countFlips(becauseOf(pairs, { base, head }));
  const [old, now] = [openPdps(base).enforced, openPdps(head).enforced];
  const walker = createWalker(joinNeeds([old.needs, now.needs]), (visited) => {
    const { call, session } = visited;
    counter.visit({ ...visited, base: old.decide(call, session), head: now.decide(call, session) });
  });
  for await (const _ of walkRecordings([source], walker));
  counter.endRecording();
  return counter.result.flips.map(({ call, from, because }) => [call, from, because] as const);
}

const recordedCall = fc.record(
  {
    session: fc.constantFrom('s1', 's2', 's3'),
    seq: fc.nat(3),
    tool: fc.record({ name: fc.constantFrom('pay', 'read') }),
    args: fc.record({ amount: fc.nat(4) }, { requiredKeys: [] }),
    user: fc.constantFrom({ id: 'ada' }, { id: 'bob' }),
    ts: fc.constant('2026-05-01T10:00:00Z'),
    result: fc.constant({ status: 'ok', content: 'long' }),
    missing: fc.constantFrom(['/user'], ['/args/amount'], []),
  },
  { requiredKeys: ['session', 'tool', 'args'] },
);

describe('held calls', () => {
  test('come to what a replay decides, under one version after the other', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(recordedCall, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 3 }),
        fc.array(fc.nat(4), { minLength: 1, maxLength: 3 }),
        async (recordings, limits) => {
          const sources = recordings.map((calls, index) =>
            memorySource(
              `traces/${index}.jsonl`,
              calls.map((call) => `${JSON.stringify({ v: 1, ...call })}\n`).join(''),
            ),
          );
          const held = await hold(sources);
          const answers = createAnswers(held, {});
          for (const limit of limits)
            expect(previewed(prepared(limit), held, answers)).toEqual(
              await replayed(prepared(limit), sources),
            );
        },
      ),
      { numRuns: 150, seed: 5 },
    );
  });

  test('flip as in a diff, laid to the same policies', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(recordedCall, { minLength: 1, maxLength: 12 }),
        fc.nat(4),
        fc.nat(4),
        async (calls, old, now) => {
          const source = memorySource(
            'a.jsonl',
            calls.map((call) => `${JSON.stringify({ v: 1, ...call })}\n`).join(''),
          );
          const [base, head] = [prepared(old), prepared(now)];
          const held = await hold([source]);
          const answers = createAnswers(held, {});
          finish(held.walk(needsOf(head)));
          const [before, after] = [base, head].map((one) => finish(openVersion(one, held, answers))) as [
            Version,
            Version,
          ];
          for (const part of before.classes.first.keys()) before.decide(part);
          const comparison = compareVersions(before, after);
          for (const part of after.classes.first.keys())
            comparison.add(after.decide(part), after.classes.members(part));
          const expected = await flipsOf(base, head, source);
          const found = [...held.order].flatMap((index) => {
            const flip = comparison.flip(after.of(index)!.decision, index);
            return flip ? [[held.call(index).id, flip.was, flip.because]] : [];
          });
          expect(found).toEqual(expected);
          expect(comparison.flips).toBe(expected.length);
          for (const id of ['a.file#limit', 'b.file#second', 'c.file#many'])
            expect(comparison.laidTo(id)).toBe(
              expected.filter(([, , because]) => because.includes(id)).length,
            );
        },
      ),
      { numRuns: 150, seed: 5 },
    );
  });

  test('stand in reading order: recordings, sessions by first call, seq', async () => {
    const line = (session: string, seq: number) =>
      `${JSON.stringify({ v: 1, session, seq, tool: { name: 'pay' }, args: {} })}\n`;
    const held = await hold([
      memorySource('a.jsonl', line('z', 0) + line('y', 0) + line('z', 1)),
      memorySource('b.jsonl', line('z', 0)),
    ]);
    finish(held.walk({ calls: false, tools: false, history: false }));
    expect([...held.order].map((index) => held.call(index).id)).toEqual(['z#0', 'z#1', 'y#0', 'z#0~2']);
    expect([held.find('z#0~2'), held.find('z#0~3')]).toEqual([3, undefined]);
  });

  test('hardly any alike are not compared on, and come out the same', async () => {
    const lines = Array.from(
      { length: 2_500 },
      (_, index) =>
        `${JSON.stringify({ v: 1, session: 's', seq: index, tool: { name: 'pay' }, args: { amount: index % 1200 } })}\n`,
    );
    const source = memorySource('a.jsonl', lines.join(''));
    const held = await hold([source]);
    finish(held.walk(needsOf(prepared(600))));
    expect(finish(requestsOf(held, ['/args/amount'])).first.length).toBe(2_500);
    expect(finish(requestsOf(held, ['/tool'])).first).toEqual([0]);
    expect(previewed(prepared(600), held)).toEqual(await replayed(prepared(600), [source]));
  });
});

test('a brief JSON text looks at no more of a value than is shown', () => {
  expect(briefJson({ a: [1, 'x'], b: null }, 40)).toBe('{"a":[1,"x"],"b":null}');
  const huge = { text: 'y'.repeat(5_000_000), list: Array.from({ length: 100_000 }, (_, index) => index) };
  expect(briefJson(huge, 20)).toBe('{"text":"yyyyyyyyyy…');
  expect(
    briefJson(
      Array.from({ length: 100_000 }, () => []),
      12,
    ),
  ).toBe('[[],[],[],[…');
  expect(briefJson('🙂🙂🙂🙂', 6)).toBe('"🙂🙂…');
});

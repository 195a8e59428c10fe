import { OUTCOMES } from '@benchbook/model';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCall, OUTCOME_WORDS } from '../../src/replay/html/calls/decode.ts';
import { encodeCalls } from '../../src/replay/html/calls/encode.ts';
import { selectCalls } from '../../src/replay/html/calls/select.ts';
import { createFilter } from '../../src/replay/html/client/filter.ts';
import { createContext } from '../../src/replay/html/context.ts';
import { manyDecisions, richReport, sources } from './rich.ts';

const report = richReport(400);
const data = encodeCalls(createContext(report, { color: false, width: 100, sources }));
const filter = createFilter(data);
const everything = {
  outcomes: new Set([0, 1, 2, 3]),
  tool: null,
  policy: null,
  session: '',
  mark: '',
  words: [],
};

test('the browser knows outcomes in the order of the model', () => {
  expect(OUTCOME_WORDS).toEqual(OUTCOMES);
});

test('a packed call is the same call', () => {
  report.decisions!.forEach((decision, index) => {
    const call = decodeCall(data, index);
    expect({
      call: call.id,
      session: call.session,
      tool: call.tool,
      outcome: call.outcome,
      basis: call.basis,
      wouldBe: call.wouldBe,
      afterDivergence: call.afterDivergence,
      source: call.source,
      determining: call.determining.map((one) => one.id),
      reasons: call.reasons,
      missing: call.missing,
      errors: call.errors,
      conditions: call.conditions.map((one) => [one.text, one.state, one.whole]),
      expect: call.expect ?? undefined,
    }).toEqual({
      call: decision.call,
      session: decision.session,
      tool: decision.tool,
      outcome: decision.outcome,
      basis: decision.basis,
      wouldBe: decision.wouldBe,
      afterDivergence: decision.afterDivergence,
      source: `${decision.source.file}:${decision.source.line}`,
      determining: decision.determining,
      reasons: decision.reasons,
      missing: decision.missing,
      errors: decision.errors,
      conditions: (decision.conditions ?? []).map((one, at, all) => [
        one.text,
        one.state,
        all.some((other) => other.parent === at),
      ]),
      expect: decision.expect,
    });
  });
});

test('a filter passes the calls that a reader would pick by hand, and counts them by every choice', () => {
  const marks = {
    '': () => true,
    unexpected: (one: (typeof decisions)[number]) => one.expect !== undefined && one.expect !== one.outcome,
    error: (one: (typeof decisions)[number]) => one.errors.length > 0,
    audit: (one: (typeof decisions)[number]) => one.wouldBe !== one.outcome,
    after: (one: (typeof decisions)[number]) => one.afterDivergence,
  };
  const decisions = report.decisions!;
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(...OUTCOMES)),
      fc.option(fc.nat(data.tools.length - 1)),
      fc.option(fc.integer({ min: -1, max: data.policies.length - 1 })),
      fc.constantFrom('', 'case-000', 'case-0042', 'nowhere'),
      fc.constantFrom(...(Object.keys(marks) as (keyof typeof marks)[])),
      fc.constantFrom([], ['supervisor'], ['may.jsonl:2'], ['refund', 'limit'], ['no', 'such', 'key']),
      (outcomes, tool, policy, session, mark, words) => {
        const wanted = new Set(outcomes.map((one) => OUTCOMES.indexOf(one)));
        const answer = filter({ outcomes: wanted, tool, policy, session, mark, words });
        const passes = (one: (typeof decisions)[number]) => {
          const name = policy === null || policy === -1 ? undefined : data.policies[policy]![0];
          const text = [
            one.call,
            one.tool,
            `${one.source.file}:${one.source.line}`,
            ...one.determining,
            ...one.reasons,
            ...one.missing,
            ...one.obligations.map((each) => JSON.stringify(each)),
            ...one.errors.map((error) => error.message),
          ];
          return (
            outcomes.includes(one.outcome) &&
            (tool === null || one.tool === data.tools[tool]) &&
            (policy === null ||
              (name === undefined ? one.determining.length === 0 : one.determining.includes(name))) &&
            one.session.includes(session) &&
            marks[mark](one) &&
            words.every((word) => text.some((each) => each.toLowerCase().includes(word)))
          );
        };
        expect(answer.calls).toEqual(decisions.flatMap((one, index) => (passes(one) ? [index] : [])));
        for (const index of wanted)
          if (policy === null && tool === null)
            expect(answer.calls.filter((call) => data.calls[call]![3] === index).length).toBe(
              answer.outcomes[index],
            );
      },
    ),
  );
});

test('counts of a choice do not depend on that choice', () => {
  const all = filter(everything);
  const denied = filter({ ...everything, outcomes: new Set([1]) });
  expect(denied.outcomes).toEqual(all.outcomes);
  expect(all.outcomes).toEqual([364, 10, 24, 2]);
  expect(denied.tools.reduce((sum, one) => sum + one, 0)).toBe(10);
  expect(denied.policies.at(-1)).toBe(10);
});

test('a page that is too small takes every call that was not allowed, then allowed ones, in reading order', () => {
  const decisions = manyDecisions(400);
  const kept = selectCalls(decisions, 50);
  expect(kept.length).toBe(50);
  expect(kept.filter((one) => one.outcome !== 'allow').length).toBe(36);
  expect(kept.map((one) => decisions.indexOf(one))).toEqual(
    kept.map((one) => decisions.indexOf(one)).sort((a, b) => a - b),
  );
  expect(selectCalls(decisions, 5).map((one) => decisions.indexOf(one))).toEqual([2, 3, 19, 36, 43]);
  expect(selectCalls(decisions, 400)).toBe(decisions);
});

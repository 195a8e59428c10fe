import type { ByteSource, Call, PolicyReport, Ratio, ReplayReport } from '@benchbook/model';
import { memorySource, nativeLines } from '@benchbook/testkit';
import { readRecording } from '@benchbook/traces';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADDED, ERRING, NARROWED } from './coverage-cases.ts';
import { allConditions } from './expected-coverage.ts';
import {
  edited,
  LOADING,
  MANY_REPLAYS,
  SAMPLES,
  type SampleBench,
  type SampleFiles,
  sampleBench,
} from './sample-bench.ts';

describe.each(SAMPLES)('%s', (sample) => {
  let bench: SampleBench;
  let before: ReplayReport;
  beforeAll(async () => {
    bench = await sampleBench(sample);
    before = await bench.replay();
  }, LOADING);
  afterAll(() => bench.close());

  test('a policy deleted lowers coverage by what it had', async () => {
    for (const policy of before.policies) {
      const { coverage, policies } = await bench.replay({
        files: without(bench.files, policy, before.policies),
      });
      expect(coverage.policies, policy.id).toEqual({
        covered: before.coverage.policies.covered - (policy.applied > 0 ? 1 : 0),
        total: before.coverage.policies.total - 1,
      });
      if (policy.applied > 0)
        expect(share(coverage.policies), policy.id).toBeLessThan(share(before.coverage.policies));
      expect(policies.length, policy.id).toBe(before.policies.length - 1);
      // Helpers that nothing else uses go with it.
      const { covered, total } = coverage.conditions;
      expect(covered, policy.id).toBeLessThanOrEqual(
        before.coverage.conditions.covered - seenBothWays(policy),
      );
      expect(total, policy.id).toBeLessThanOrEqual(
        before.coverage.conditions.total - policy.conditions.length,
      );
    }
  });

  test.each(ADDED[sample])('$title raises coverage', async ({ calls, policies, conditions }) => {
    const recordings = [...bench.recordings, memorySource('traces/z-added.jsonl', nativeLines(calls))];
    const after = await bench.replay({ recordings });
    expect(after.summary.unreadable).toBe(0);
    const newlyApplied = after.policies.filter(
      ({ applied }, index) => applied > 0 && before.policies[index]!.applied === 0,
    );
    expect(newlyApplied.map(({ id }) => id)).toEqual(policies);
    const known = allConditions(before);
    const newlyCovered = allConditions(after).filter(
      (one, index) => isSeenBothWays(one) && !isSeenBothWays(known[index]!),
    );
    expect(newlyCovered.map(({ text }) => text)).toEqual(conditions);
    expect(after.coverage).toEqual({
      policies: {
        covered: before.coverage.policies.covered + policies.length,
        total: before.coverage.policies.total,
      },
      conditions: {
        covered: before.coverage.conditions.covered + conditions.length,
        total: before.coverage.conditions.total,
      },
    });
  });

  test.each(NARROWED[sample])('$file, made narrower, leaves unreached what it keeps out', async (change) => {
    const files = edited(bench.files, change.file, change.from, change.to);
    const [condition] = allConditions(await bench.replay({ files })).filter(
      ({ text }) => text === change.text,
    );
    const { true: held, false: failed, error, unreached } = condition!;
    expect([held, failed, error, unreached]).toEqual(change.seen);
  });

  test.each(ERRING[sample])('$title counts as an error where it errs', async ({ calls, conditions }) => {
    const recordings = [memorySource('traces/erring.jsonl', nativeLines(calls))];
    const erring = allConditions(await bench.replay({ recordings })).filter(({ error }) => error > 0);
    expect(erring.map(({ text, error }) => [text, error])).toEqual(conditions.map((text) => [text, 1]));
  });

  test(
    'what two halves of the sessions exercise adds up to the whole',
    async () => {
      const sessions = await sessionsOf(bench.recordings);
      const whole = countsOf(before);
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.boolean(), { minLength: sessions.length, maxLength: sessions.length }),
          async (chosen) => {
            const half = async (side: boolean) => {
              const calls = sessions.filter((_, index) => chosen[index] === side).flat();
              return bench.replay({ recordings: [memorySource('traces/half.jsonl', nativeLines(calls))] });
            };
            const [one, other] = [await half(true), await half(false)];
            for (const part of [one, other]) {
              expect(part.coverage.policies.covered).toBeLessThanOrEqual(before.coverage.policies.covered);
              expect(part.coverage.conditions.covered).toBeLessThanOrEqual(
                before.coverage.conditions.covered,
              );
              expect(part.coverage.policies.total).toBe(before.coverage.policies.total);
              expect(part.coverage.conditions.total).toBe(before.coverage.conditions.total);
            }
            const [left, right] = [countsOf(one), countsOf(other)];
            expect(left.map((count, index) => count + right[index]!)).toEqual(whole);
          },
        ),
        { numRuns: 5 },
      );
    },
    MANY_REPLAYS,
  );
});

function share({ covered, total }: Ratio): number {
  return covered / total;
}

function isSeenBothWays(condition: { readonly true: number; readonly false: number }): boolean {
  return condition.true > 0 && condition.false > 0;
}

function seenBothWays({ conditions }: PolicyReport): number {
  return conditions.filter(isSeenBothWays).length;
}

/** Every count of a report that grows with the calls, in one list. */
function countsOf(report: ReplayReport): readonly number[] {
  return [
    report.summary.calls,
    ...report.policies.flatMap(({ applied, silent, errors }) => [applied, silent, errors]),
    ...allConditions(report).flatMap((one) => [one.true, one.false, one.error, one.unreached]),
  ];
}

/** The files without the lines of a policy; without its file where it is the only one there. */
function without(files: SampleFiles, policy: PolicyReport, all: readonly PolicyReport[]): SampleFiles {
  const { [policy.file]: content, ...others } = files;
  if (all.filter(({ file }) => file === policy.file).length === 1) return others;
  const lines = (typeof content === 'string' ? content : new TextDecoder().decode(content)).split('\n');
  lines.splice(policy.range.start.line - 1, policy.range.end.line - policy.range.start.line + 1);
  return { ...others, [policy.file]: lines.join('\n') };
}

/** All calls by session, in reading order. */
async function sessionsOf(recordings: readonly ByteSource[]): Promise<readonly (readonly Call[])[]> {
  const sessions = new Map<string, Call[]>();
  for (const recording of recordings) {
    for await (const { calls } of readRecording(recording)) {
      for (const one of calls) {
        const key = `${recording.path}\u0000${one.session}`;
        sessions.set(key, [...(sessions.get(key) ?? []), one]);
      }
    }
  }
  return [...sessions.values()];
}

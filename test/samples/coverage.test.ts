import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allConditions, countedCoverage, expectedCoverage, withoutReasons } from './expected-coverage.ts';
import { LOADING, SAMPLES, type SampleBench, sampleBench } from './sample-bench.ts';

describe.each(SAMPLES)('%s', (sample) => {
  let bench: SampleBench;
  beforeAll(async () => {
    bench = await sampleBench(sample);
  }, LOADING);
  afterAll(() => bench.close());

  test('every policy and every condition is counted as a person counts it', async () => {
    const expected = await expectedCoverage(sample);
    expect(countedCoverage(await bench.replay())).toEqual(withoutReasons(expected));
  });

  test('each expected count has its reason', async () => {
    const { policies, helpers } = await expectedCoverage(sample);
    const reasons = [
      ...policies.map(({ because }) => because),
      ...[...policies, ...helpers].flatMap(({ conditions }) => conditions.map(({ because }) => because)),
    ];
    for (const reason of reasons) expect(reason).toMatch(/^\S.{19,}\.$/s);
  });

  test('the states of a condition add up to the calls, and its operands to itself', async () => {
    const report = await bench.replay();
    const { calls } = report.summary;
    for (const { text, true: held, false: failed, error, unreached } of allConditions(report)) {
      const counts = [held, failed, error, unreached];
      expect(
        counts.every((count) => Number.isInteger(count) && count >= 0 && count <= calls),
        text,
      ).toBe(true);
      expect(
        counts.reduce((sum, count) => sum + count, 0),
        text,
      ).toBe(calls);
    }
    for (const { conditions } of [...report.policies, ...report.helpers]) {
      for (const [index, clause] of conditions.entries()) {
        const first = conditions.find(({ parent }) => parent === index);
        if (first) expect(first.unreached, clause.text).toBe(clause.unreached);
      }
    }
  });

  test('the summary counts what was seen both ways', async () => {
    const { coverage, policies } = await bench.replay();
    const expected = await expectedCoverage(sample);
    const conditions = [...expected.policies, ...expected.helpers].flatMap((owner) => owner.conditions);
    expect(coverage).toEqual({
      policies: {
        covered: expected.policies.filter(({ applied }) => applied > 0).length,
        total: policies.length,
      },
      conditions: {
        covered: conditions.filter(({ seen }) => seen.true > 0 && seen.false > 0).length,
        total: conditions.length,
      },
    });
  });
});

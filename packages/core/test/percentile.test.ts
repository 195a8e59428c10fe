import fc from 'fast-check';
import { expect, test } from 'vitest';
import { latencyFigures, median } from '../src/latency/percentile.ts';

test('nearest rank over weights', () => {
  const samples = [
    { value: 5, weight: 1 },
    { value: 1, weight: 98 },
    { value: 2, weight: 1 },
  ];
  expect(latencyFigures(samples)).toEqual({ n: 100, p50: 1, p95: 1, p99: 2, max: 5 });
});

test('a rank between two samples is the upper one', () => {
  const samples = Array.from({ length: 10 }, (_, i) => ({ value: i + 1, weight: 1 }));
  expect(latencyFigures(samples)).toEqual({ n: 10, p50: 5, p95: 10, p99: 10, max: 10 });
});

test('a weight is as good as that many samples', () => {
  const sample = fc.record({
    value: fc.integer({ min: 0, max: 50 }),
    weight: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(sample, { minLength: 1 }), (samples) => {
      const spread = samples.flatMap(({ value, weight }) =>
        Array.from({ length: weight }, () => ({ value, weight: 1 })),
      );
      expect(latencyFigures(samples)).toEqual(latencyFigures(spread));
    }),
  );
});

test('percentiles are values that were seen, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
      const { p50, p95, p99, max } = latencyFigures(values.map((value) => ({ value, weight: 1 })));
      for (const figure of [p50, p95, p99, max]) expect(values.includes(figure)).toBe(true);
      expect([p50, p95, p99, max]).toEqual([p50, p95, p99, max].sort((a, b) => a - b));
      expect(max).toBe(Math.max(...values));
    }),
  );
});

test('median takes the lower of two middles', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2, Number.NaN]);
});

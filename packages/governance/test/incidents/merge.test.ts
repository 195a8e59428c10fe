import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeIncidents } from '../../src/incidents/merge.ts';
import { incident } from './fixtures.ts';

const arbitrary = fc
  .record({
    start: fc.integer({ min: 0, max: 1000 }),
    length: fc.integer({ min: 0, max: 300 }),
    count: fc.integer({ min: 1, max: 1000 }),
    severity: fc.constantFrom('critical', 'error', 'warning' as const),
  })
  .map(({ start, length, count, severity }) =>
    incident({ first: time(start), last: time(start + length), count, severity: severity as 'critical' }),
  );

function time(minutes: number): string {
  return new Date(Date.UTC(2026, 4, 1) + minutes * 60_000).toISOString();
}

test('runs apart add up, runs that overlap do not', () => {
  const day = (first: string, last: string, count: number) =>
    incident({ first: `2026-05-${first}T00:00:00Z`, last: `2026-05-${last}T00:00:00Z`, count });
  expect(mergeIncidents(day('01', '02', 3), day('03', '04', 5))).toEqual(day('01', '04', 8));
  expect(mergeIncidents(day('03', '04', 5), day('01', '02', 3))).toEqual(day('01', '04', 8));
  expect(mergeIncidents(day('01', '03', 3), day('02', '04', 5))).toEqual(day('01', '04', 5));
  expect(mergeIncidents(day('01', '04', 8), day('03', '04', 5))).toEqual(day('01', '04', 8));
});

test('the same run again changes nothing, whatever was merged before', () => {
  fc.assert(
    fc.property(arbitrary, arbitrary, (a, b) => {
      const both = mergeIncidents(a, b);
      expect(mergeIncidents(a, a)).toEqual(a);
      expect(mergeIncidents(both, b)).toEqual(both);
      expect(mergeIncidents(both, a)).toEqual(both);
    }),
  );
});

test('nothing that was known is lost', () => {
  fc.assert(
    fc.property(arbitrary, arbitrary, (a, b) => {
      const both = mergeIncidents(a, b);
      expect(both.count).toBeGreaterThanOrEqual(Math.max(a.count, b.count));
      expect(both.first).toBe([a.first, b.first].sort()[0]);
      expect(both.last).toBe([a.last, b.last].sort()[1]);
    }),
  );
});

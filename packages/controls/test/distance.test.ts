import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance, nearest } from '../src/text/distance.ts';
import { naturalCompare } from '../src/text/natural.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 9 });

/** The same by its definition, slowly. */
function slowly(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const [x, y] = [a.slice(1), b.slice(1)];
  if (a[0] === b[0]) return slowly(x, y);
  const swap = a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0];
  return 1 + Math.min(slowly(x, b), slowly(a, y), slowly(x, y), swap ? slowly(a.slice(2), b.slice(2)) : 9);
}

test('counts edits and swaps, up to a limit', () => {
  const short = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 5 });
  fc.assert(
    fc.property(short, short, fc.nat(4), (a, b, limit) => {
      const distance = slowly(a, b);
      expect(editDistance(a, b, limit)).toBe(distance <= limit ? distance : undefined);
    }),
  );
});

test('is the same both ways, and nothing for the same word', () => {
  fc.assert(
    fc.property(word, word, fc.nat(9), (a, b, limit) => {
      expect(editDistance(a, b, limit)).toBe(editDistance(b, a, limit));
      expect(editDistance(a, a, limit)).toBe(0);
    }),
  );
});

test('the nearest is told only where it is the only one', () => {
  expect(nearest('ASI0', ['ASI01', 'ASI02'], 2)).toBe(null);
  expect(nearest('ASI011', ['ASI01', 'ASI02'], 2)).toBe('ASI01');
  expect(nearest('ASI011', [], 2)).toBe(null);
  expect(nearest('x'.repeat(61), ['x'.repeat(61)], 2)).toBe(null);
});

test('ids are ordered as people count', () => {
  const sorted = ['9(1)', '12(2)(a)', '12(2)(b)', '12(10)', '14(4)(e)', 'A.2.2', 'A.10.1', 'Annex IV(2)'];
  fc.assert(
    fc.property(fc.shuffledSubarray(sorted, { minLength: sorted.length }), (shuffled) => {
      expect([...shuffled].sort(naturalCompare)).toEqual(sorted);
    }),
  );
});

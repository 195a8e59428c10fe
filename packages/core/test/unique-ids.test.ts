import fc from 'fast-check';
import { expect, test } from 'vitest';
import { uniqueIds } from '../src/replay/unique-ids.ts';

test('repeats are numbered in reading order, and never collide with what is there', () => {
  const ids = uniqueIds();
  expect(['a', 'a', 'b', 'a~2', 'a', 'a~2'].map((id) => ids.next(id))).toEqual([
    'a',
    'a~2',
    'b',
    'a~2~2',
    'a~3',
    'a~2~3',
  ]);
});

test('whatever comes in, what comes out is unique, and the first of its kind is kept', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'a~2', 'b~2', 'c')), (input) => {
      const ids = uniqueIds();
      const output = input.map((id) => ids.next(id));
      expect(new Set(output).size).toBe(input.length);
      if (input.length > 0) expect(output[0]).toBe(input[0]);
    }),
  );
});

test('a hundred thousand distinct ids stay as they are', () => {
  const ids = uniqueIds();
  let changed = 0;
  for (let i = 0; i < 100_000; i++) if (ids.next(`session-${i}#0`) !== `session-${i}#0`) changed++;
  expect(changed).toBe(0);
});

import type { ConditionReport } from '@benchbook/model';
import fc from 'fast-check';
import { parseFragment } from 'parse5';
import { expect, test } from 'vitest';
import { html } from '../../src/html/markup.ts';
import { numberConditions, segments } from '../../src/replay/html/covered/marks.ts';
import { elementsOf, raw } from './dom.ts';

function at(
  line: number,
  column: number,
  endLine: number,
  endColumn: number,
  parent: number | null = null,
): ConditionReport {
  return {
    range: { start: { line, column }, end: { line: endLine, column: endColumn } },
    text: '',
    parent,
    true: 1,
    false: 1,
    error: 0,
    unreached: 0,
  };
}

test('a clause over two lines holds its operands, and no indentation', () => {
  const numbered = numberConditions([[at(1, 3, 2, 6), at(1, 3, 1, 4, 0), at(2, 5, 2, 6, 0)]]);
  const shape = (line: number, text: string) =>
    segments(text, line, numbered).map((part) => [
      part.text,
      part.inside?.number ?? null,
      part.starts.map((one) => one.number),
    ]);
  expect(shape(1, 'w a &&')).toEqual([
    ['w ', null, []],
    ['a', 2, [1, 2]],
    [' &&', 1, []],
  ]);
  expect(shape(2, '    b }')).toEqual([
    ['    ', null, []],
    ['b', 3, [3]],
    [' }', null, []],
  ]);
  expect(numbered.map((one) => one.whole)).toEqual([true, false, false]);
});

test('pieces of a line are the line, whatever conditions say', () => {
  const place = fc.integer({ min: -3, max: 30 });
  fc.assert(
    fc.property(fc.string(), fc.array(fc.tuple(place, place, place, place)), place, (text, places, line) => {
      const numbered = numberConditions([places.map((each) => at(...each))]);
      expect(
        segments(text, line, numbered)
          .map((part) => part.text)
          .join(''),
      ).toBe(text);
    }),
  );
});

test('what is escaped is read back by a parser as it was, in text and in attributes', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'<>&"\'`=/ ab;#x') }), (text) => {
      const [element] = elementsOf(parseFragment(html`<p title="${text}">${text}</p>`.text));
      expect(raw(element!)).toBe(text);
      expect(element!.attrs).toEqual([{ name: 'title', value: text }]);
    }),
  );
});

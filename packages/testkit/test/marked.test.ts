import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dedent, type Finding, markedCheck, parseMarked, renderMarked } from '../src/index.ts';

/** Finds every `bad` in a text. */
function findBad(text: string): Finding[] {
  return [...text.matchAll(/bad/g)].map(({ index }) => ({
    range: { start: index, end: index + 3 },
    code: 'bad-word',
    message: 'say `good`',
  }));
}

const checkBad = markedCheck(findBad);

describe('a marked check', () => {
  test('passes where the carets stand under what is found', () =>
    checkBad`
      good
      some bad here, and bad
      //   ^^^ bad-word: say \`good\`
      //                 ^^^ bad-word: say \`good\`
    `);

  test('reads carets in the first columns without a comment sign', () =>
    checkBad`
      bad
      ^^^ bad-word: say \`good\`
    `);

  test.each([
    [
      'a missing mark',
      () => checkBad`
      bad
    `,
    ],
    [
      'a mark too many',
      () => checkBad`
      good
      ^^^ bad-word: say \`good\`
    `,
    ],
    [
      'a mark one column off',
      () => checkBad`
      some bad here
      //  ^^^ bad-word: say \`good\`
    `,
    ],
    [
      'another message',
      () => checkBad`
      some bad here
      //   ^^^ bad-word: say \`better\`
    `,
    ],
  ])('fails for %s', async (_name, check) => {
    await expect(check()).rejects.toThrow('Expected values to be strictly equal');
  });
});

test('marks beyond their line are a mistake of the test', () => {
  expect(() => parseMarked('ab\n  ^^^ x')).toThrow('carets beyond the end of the line above');
  expect(() => parseMarked('^ x')).toThrow('carets above the first line of text');
});

test('offsets are those of the text without marks', () => {
  const marked = dedent`
    é𝄞 x
    //  ^ one
      y
      ^ two
  `;
  expect(parseMarked(marked)).toEqual({
    text: 'é𝄞 x\n  y',
    marks: [
      { range: { start: 4, end: 5 }, label: 'one' },
      { range: { start: 8, end: 9 }, label: 'two' },
    ],
  });
});

test('what is rendered is parsed back to the same places', () => {
  const line = fc.stringMatching(/^[a-z ]{0,12}$/);
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 5 }),
      fc.nat(),
      fc.nat({ max: 8 }),
      (lines, at, width) => {
        const text = lines.join('\n');
        const start = at % (text.length + 1);
        const lineEnd = text.indexOf('\n', start) === -1 ? text.length : text.indexOf('\n', start);
        fc.pre(lineEnd > start);
        const end = Math.min(start + Math.max(1, width), lineEnd);
        const parsed = parseMarked(renderMarked(text, [{ range: { start, end }, code: 'c', message: 'm' }]));
        expect(parsed).toEqual({ text, marks: [{ range: { start, end }, label: 'c: m' }] });
      },
    ),
  );
});

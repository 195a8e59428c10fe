import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMap, isScalar, parseDocument, Scalar, stringify } from 'yaml';
import { readScalar } from '../src/policy/scalar.ts';

function read(file: string) {
  const { contents } = parseDocument(file);
  const value = isMap(contents) ? contents.items[0]?.value : null;
  if (!isScalar(value)) throw new Error('no scalar');
  return readScalar(value, file);
}

const text = fc
  .array(
    fc.constantFrom('a', ' ', '"', "'", '\\', '\n', 'é', '😀', '&&', ':', ' #', '  ', '\t', '\n\n', '(', '['),
    {
      minLength: 1,
      maxLength: 20,
    },
  )
  .map((parts) => parts.join(''));

test.each([Scalar.PLAIN, Scalar.QUOTE_SINGLE, Scalar.QUOTE_DOUBLE] as const)(
  'characters of a %s scalar lead back to the file',
  (type) => {
    fc.assert(
      fc.property(text, fc.constantFrom(20, 40, 80), (value, lineWidth) => {
        const scalar = new Scalar(value);
        scalar.type = type;
        const file = stringify({ condition: scalar }, { lineWidth });
        const parsed = parseDocument(file).toJS() as { condition: unknown };
        fc.pre(typeof parsed.condition === 'string' && /: ['"\w]/.test(file) && !/: [|>]/.test(file));
        const expression = read(file);
        expect(expression.text).toBe(parsed.condition);
        for (let i = 0; i < expression.text.length; i++) {
          const { start, end } = expression.toFile(i, i + 1);
          const shown = expression.text[i] ?? '';
          expect(end).toBeGreaterThan(start);
          if (/[a-zé(&[]/.test(shown)) expect(['\\', shown]).toContain(file[start]);
        }
      }),
      { seed: 7, numRuns: 500 },
    );
  },
);

test('a block scalar is taken as it stands', () => {
  const file = 'condition: >-\n    a &&\n      b\n\n    c\nnext: 1\n';
  const expression = read(file);
  expect(expression.text).toBe('    a &&\n      b\n\n    c\n');
  expect(file.slice(expression.range.start, expression.range.end)).toBe('>-\n    a &&\n      b\n\n    c');
  const at = expression.text.indexOf('b');
  const { start, end } = expression.toFile(at, at + 1);
  expect(file.slice(start, end)).toBe('b');
});

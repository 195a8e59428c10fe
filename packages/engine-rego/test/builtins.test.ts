import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerLocally } from '../src/lanes/fast/builtins.ts';
import { readRego } from '../src/rego/value.ts';
import { openWorkbench } from './open.ts';

const workbench = await openWorkbench();
const opa = (name: string, args: string) => workbench.toolchain().builtin(name, '', 50_000, args);

const integer = fc.oneof(
  fc.integer({ min: -9, max: 9 }),
  fc.maxSafeInteger(),
  fc.constantFrom(2 ** 53 - 1, 2 ** 31),
);
const number = fc.oneof(integer, fc.constantFrom(0.1, 0.2, 1.5, -0.5));
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', 'İ', 'ß', 'ǅ', 'ſ', '\u212a', 'a\n'),
);
const any = fc.oneof(
  number,
  text,
  fc.boolean(),
  fc.constant(null),
  fc.array(number),
  fc.dictionary(fc.string(), text),
);

describe.each([
  ['plus', fc.tuple(number, number)],
  ['minus', fc.tuple(number, number)],
  ['mul', fc.tuple(number, number)],
  ['startswith', fc.tuple(text, text)],
  ['endswith', fc.tuple(text, text)],
  ['contains', fc.tuple(text, text)],
  ['lower', fc.tuple(text)],
  ['upper', fc.tuple(text)],
  ['count', fc.tuple(any)],
])('%s, where it is answered in the fast lane', (name, args: fc.Arbitrary<unknown[]>) => {
  test('is what OPA answers', () => {
    let answered = 0;
    const given = fc.oneof(
      { weight: 4, arbitrary: args },
      { weight: 1, arbitrary: args.chain((some) => fc.tuple(...some.map(() => any))) },
    );
    fc.assert(
      fc.property(given, (values) => {
        const printed = JSON.stringify(values);
        const local = answerLocally(name, printed);
        if (local === undefined) return;
        answered++;
        expect(readRego(local)).toEqual(readRego(opa(name, printed).slice(1)));
      }),
      { numRuns: 400, seed: 7 },
    );
    expect(answered).toBeGreaterThan(20);
  });
});

test('a set is not taken for an array', () => {
  expect(answerLocally('count', '[{1, 2}]')).toBe(undefined);
  expect(answerLocally('count', '[set()]')).toBe(undefined);
  expect(opa('count', '[{1, 2}]')).toBe('=2');
  expect(opa('lower', '[1]')).toBe('!eval_type_error: lower: operand 1 must be string but got number');
});

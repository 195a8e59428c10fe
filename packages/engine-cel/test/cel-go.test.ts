import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileProgram } from '../src/program.ts';
import { toValue } from '../src/set/json.ts';
import { CelTimestamp, type Value } from '../src/values/index.ts';
import { show } from './show.ts';

/**
 * 1,432 expressions with what cel-go 0.33.2 (standard library, strings, math, encoders, bindings, optionals,
 * two-variable comprehensions) gave for them: written by hand for edges, the rest generated. `error`: it failed at
 * evaluation, `refused`: it did not compile.
 */
const RECORDED = readFileSync(new URL('data/cel-go-0.33.2.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as [expression: string, result: string]);

const ARGS = toValue({ n: 5, s: 'hello', f: 1.5, l: [1, 'x'] }) as Value;
const TS = new CelTimestamp(BigInt(Date.UTC(2026, 4, 1, 10)) * 1_000_000n);

function evaluate(expression: string): string {
  const program = compileProgram(expression, { args: 'map<string, dyn>', ts: 'google.protobuf.Timestamp' });
  if (!program.run) return 'refused';
  const result = program.run({ args: ARGS, ts: TS });
  return 'error' in result ? 'error' : show(result.value);
}

test('gives what cel-go gives, or nothing', () => {
  const wrong = RECORDED.map(([expression, expected]) => ({
    expression,
    expected,
    actual: evaluate(expression),
  })).filter(
    ({ expected, actual }) =>
      actual !== expected && actual !== 'error' && actual !== 'refused' && expected !== 'refused',
  );
  expect(wrong).toEqual([]);
});

test('gives a value for nearly all that cel-go gives a value for', async () => {
  const values = RECORDED.filter(([, result]) => result !== 'error' && result !== 'refused');
  const without = values.filter(([expression]) => ['error', 'refused'].includes(evaluate(expression)));
  expect(without.length / values.length).toBeLessThan(0.12);
  await expect(`${without.map(([expression]) => expression).join('\n')}\n`).toMatchFileSnapshot(
    'data/cel-go-without-answer.txt',
  );
});

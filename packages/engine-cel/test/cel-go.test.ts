import { expect, test } from 'vitest';
import { compileProgram } from '../src/program.ts';
import { toValue } from '../src/set/json.ts';
import { CelTimestamp, type Value } from '../src/values/index.ts';
import { RECORDED, RECORDED_ARGS, RECORDED_TS } from './recorded.ts';
import { show } from './show.ts';

const ARGS = toValue(RECORDED_ARGS) as Value;
const TS = new CelTimestamp(BigInt(Date.parse(RECORDED_TS)) * 1_000_000n);

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

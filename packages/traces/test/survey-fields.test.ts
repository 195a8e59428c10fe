import { call } from '@benchbook/testkit';
import { expect, test } from 'vitest';
import { readText } from '../src/read-text.ts';
import { surveyFields } from '../src/survey-fields.ts';

test('a field has types, examples by frequency, and the calls that had it', () => {
  const survey = surveyFields();
  const user = { id: 'ada', roles: ['desk', 'lead'] };
  for (const amount of [5, 7, 7, 2.5, 12345678901234567890n, 'many'] as never[])
    survey.add(call({ tool: 'pay', args: { amount, lines: [{ sku: 'a' }, { sku: 'b' }, { sku: 'b' }] } }));
  survey.add(call({ tool: 'pay', args: { amount: null }, user, context: { 'a/b': true } }));
  survey.add(call({ tool: 'open', args: null, input: { request: { method: 'GET' } } }));
  expect([...survey.calls()]).toEqual([
    ['open', 1],
    ['pay', 7],
  ]);
  const fields = survey.fields();
  expect(fields.map(({ tool, pointer, calls }) => `${tool} ${pointer} ${calls}`)).toEqual([
    'open /agent/id 1',
    'open /input/request 1',
    'open /input/request/method 1',
    'pay /agent/id 7',
    'pay /args/amount 7',
    'pay /args/lines 6',
    'pay /args/lines/- 6',
    'pay /args/lines/-/sku 6',
    'pay /context/a~1b 1',
    'pay /user/id 1',
    'pay /user/roles 1',
    'pay /user/roles/- 1',
  ]);
  expect(fields[4]).toMatchObject({
    types: ['integer', 'null', 'number', 'string'],
    examples: [7, 5, 2.5, 12345678901234567890n, 'many'],
  });
  expect(fields[7]).toMatchObject({ types: ['string'], examples: ['b', 'a'] });
  expect(fields[11]).toMatchObject({ examples: ['desk', 'lead'] });
});

test('holds no more than its bounds, whatever calls carry', () => {
  const survey = surveyFields();
  const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`k${index}`, index]));
  let deep: object = { end: 1 };
  for (let i = 0; i < 100; i++) deep = { deep };
  for (let i = 0; i < 200; i++)
    survey.add(call({ tool: `t${i}`, args: { ...wide, long: 'x'.repeat(61), [`${i}`]: deep } as never }));
  const fields = survey.fields();
  expect(fields).toHaveLength(10_000);
  expect(Math.max(...fields.map(({ pointer }) => pointer.split('/').length))).toBeLessThanOrEqual(14);
  const polluting = surveyFields();
  polluting.add(call({ tool: '__proto__', args: JSON.parse('{"__proto__": {"polluted": 1}}') }));
  expect(polluting.fields().map(({ tool, pointer }) => [tool, pointer])).toEqual([
    ['__proto__', '/agent/id'],
    ['__proto__', '/args/__proto__'],
    ['__proto__', '/args/__proto__/polluted'],
  ]);
  expect('polluted' in {}).toBe(false);
  const texts = surveyFields();
  for (const text of ['y'.repeat(60), 'z'.repeat(61)]) texts.add(call({ args: { text } }));
  expect(texts.fields().find(({ pointer }) => pointer === '/args/text')).toMatchObject({
    calls: 2,
    examples: ['y'.repeat(60)],
  });
});

test('one document is read at once, in any format', () => {
  expect(readText('{"v":1,"session":"s","seq":3,"tool":{"name":"pay"},"args":{"n":1}}', 'x')).toMatchObject({
    format: 'native',
    calls: [{ id: 's#3', tool: { name: 'pay' }, args: { n: 1 }, src: { file: 'x' } }],
    problems: [],
  });
  const log = readText('{"decision_id":"d","path":"a/allow","input":{"tool":"pay","args":{}}}', 'x');
  expect([log.format, log.calls[0]!.tool.name]).toEqual(['opa-decision-log', 'pay']);
  const hooks = readText(
    '[{"session_id":"s","hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":"ls"}}]',
    'x',
  );
  expect(hooks.calls.map(({ tool }) => tool.name)).toEqual(['Bash']);
  expect(readText('{"a":1}', 'x')).toEqual({
    format: null,
    calls: [],
    problems: [{ file: 'x', message: 'unknown format' }],
  });
  expect(readText('{', 'x').problems[0]!.message).toMatch(/^not valid JSON/);
});

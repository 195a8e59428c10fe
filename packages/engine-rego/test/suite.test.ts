import type { EngineSession, TestResult } from '@benchbook/model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { load, openEngine } from './open.ts';

const DESK = `package desk
default allow := false
allow if { input.tool.name == "refund"; small }
deny contains "large" if input.args.amount > 1000
small if input.args.amount < 100
`;

let session: EngineSession;
beforeAll(async () => {
  session = await openEngine();
});
afterAll(() => session.close());

async function run(texts: Readonly<Record<string, string>>): Promise<readonly TestResult[]> {
  await load(session, texts);
  return session.test!();
}

/** State, name, the text that a result points at, and its message. */
function lines(results: readonly TestResult[], texts: Readonly<Record<string, string>>): string[] {
  return results.map(({ state, name, file, range, message }) => {
    const text = texts[file.slice('policies/'.length)]!;
    const at = range ? text.slice(range.start, range.end).split('\n', 1)[0] : 'nowhere';
    return [state, name, at, message].filter((part) => part !== '').join(' | ');
  });
}

test('states, places and messages are those of OPA', async () => {
  const texts = {
    'desk.rego': DESK,
    'desk_test.rego': `package desk_test
# 🧾
import data.desk
test_small if desk.allow with input as {"tool": {"name": "refund"}, "args": {"amount": 5}}
test_large if {
	allowed := desk.allow with input as {"tool": {"name": "refund"}, "args": {"amount": 500}}
	allowed == true
}
todo_test_later if false
test_cases[note] if {
	some note, tc in {"a": {"n": 1, "want": true}, "b": {"n": 200, "want": true}}
	desk.allow == tc.want with input as {"tool": {"name": "refund"}, "args": {"amount": tc.n}}
}
test_net if http.send({"method": "get", "url": "http://x"}).status_code == 200
test_net_mocked if http.send({"method": "get", "url": "x"}).status_code == 200 with http.send as {"status_code": 200}
test_time if time.now_ns() > 0
test_value := 3
test_error if to_number(desk.word) == 3 with desk.word as "x"
test_small if not desk.deny.large with input.args.amount as 1001
helper if true
`,
  };
  expect(lines(await run(texts), texts)).toEqual([
    'passed | data.desk_test.test_small | test_small if desk.allow with input as {"tool": {"name": "refund"}, "args": {"amount": 5}}',
    'failed | data.desk_test.test_large | test_large if { | `allowed == true` does not hold (policies/desk_test.rego:7)',
    'skipped | data.desk_test.todo_test_later | todo_test_later if false | its name starts with todo_test_',
    'failed | data.desk_test.test_cases | test_cases[note] if { | failed for b',
    'error | data.desk_test.test_net | test_net if http.send({"method": "get", "url": "http://x"}).status_code == 200 | http.send asks for what is not recorded (policies/desk_test.rego:14)',
    'passed | data.desk_test.test_net_mocked | test_net_mocked if http.send({"method": "get", "url": "x"}).status_code == 200 with http.send as {"status_code": 200}',
    'error | data.desk_test.test_time | test_time if time.now_ns() > 0 | time.now_ns asks for what is not recorded (policies/desk_test.rego:16)',
    'failed | data.desk_test.test_value | test_value := 3 | is 3, but must be true',
    'failed | data.desk_test.test_error | test_error if to_number(desk.word) == 3 with desk.word as "x" | `to_number(desk.word) == 3 with desk.word as "x"` does not hold (policies/desk_test.rego:18); to_number: strconv.ParseFloat: parsing "x": invalid syntax (policies/desk_test.rego:18)',
    'failed | data.desk_test.test_small#01 | test_small if not desk.deny.large with input.args.amount as 1001 | `not desk.deny.large with input.args.amount as 1001` does not hold (policies/desk_test.rego:19)',
  ]);
});

test('what a test exercised: policies, conditions and statements of each set', async () => {
  const [small, large] = await run({
    'desk.rego': DESK,
    'desk_test.rego': `package desk
test_small if allow with input as {"tool": {"name": "refund"}, "args": {"amount": 5}}
test_large if "large" in deny with input.args.amount as 2000
`,
  });
  expect(small!.seen).toEqual([
    {
      set: 'rego:data.desk',
      states: ['applied', 'unreached'],
      cover: {
        conditions: ['true', 'true', 'unreached', 'true'],
        statements: [false, true, false, true],
      },
    },
  ]);
  expect(large!.seen[0]!.states).toEqual(['unreached', 'applied']);
  expect(large!.seen[0]!.cover.conditions).toEqual(['unreached', 'unreached', 'true', 'unreached']);
});

test('a file that does not load is one error; the others run, and the policies decide', async () => {
  const texts = {
    'desk.rego': DESK,
    'a_test.rego': 'package a_test\n\ntest_a if {',
    'b_test.rego': 'package b_test\n\ntest_b if x == 1\ntest_c if y == 1',
    'c_test.rego': 'package c_test\n\ntest_c if true',
  };
  expect(lines(await run(texts), texts)).toEqual([
    'error | policies/a_test.rego | unexpected eof token',
    'error | policies/b_test.rego | x == 1 | var x is unsafe',
    'passed | data.c_test.test_c | test_c if true',
  ]);
  const { diagnostics, sets } = await load(session, texts);
  expect(sets.map(({ id }) => id)).toEqual(['rego:data.desk']);
  expect(diagnostics.map(({ file, severity, fatal }) => [file, severity, fatal])).toEqual([
    ['policies/a_test.rego', 'error', undefined],
  ]);
});

test('without policies that load, each test file says so', async () => {
  const texts = { 'desk.rego': 'package desk\nallow if {', 'desk_test.rego': 'package t\ntest_a if true' };
  expect(lines(await run(texts), texts)).toEqual([
    'error | policies/desk_test.rego | nowhere | the policies do not load',
  ]);
  expect(await run({ 'desk.rego': DESK })).toEqual([]);
});

test('a test that runs away stops on its budget; the next one has its own', async () => {
  const texts = {
    'desk.rego': DESK,
    'desk_test.rego': `package t
test_loop if { some a in numbers.range(1, 3000); some b in numbers.range(1, 3000); a * b == -1 }
test_next if true`,
  };
  const short = await openEngine({ budget: 2_000 });
  await load(short, texts);
  expect((await short.test!()).map(({ state, message }) => `${state} ${message}`)).toEqual([
    'error stopped after 2000 steps',
    'passed ',
  ]);
  short.close();
});

test('an aborted run rejects', async () => {
  await load(session, { 'desk.rego': DESK, 't_test.rego': 'package t\ntest_a if true' });
  await expect(session.test!(AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
});

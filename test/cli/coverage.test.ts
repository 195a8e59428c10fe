import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCli, tempWorkspace } from '@benchbook/testkit';
import { describe, expect, test } from 'vitest';
import { CEDAR, CEL, LANGUAGES, line, REGO, session } from './fixtures.ts';

const calls = session([{ amount: 40 }, { amount: 500 }, { amount: 5000 }]);
const replay = async (cwd: string, ...flags: string[]) => {
  const { stdout, stderr, code } = await runCli(['replay', '--format', 'json', '--no-latency', ...flags], {
    cwd,
  });
  return { report: stdout ? JSON.parse(stdout) : null, stderr, code };
};

describe.each(LANGUAGES)('conditions of %s', (name, file, text) => {
  test('are counted in calls, and covered once true and false', async () => {
    const cwd = await tempWorkspace({ [file]: text, 'traces/a.jsonl': calls });
    const { report } = await replay(cwd);
    const counts = report.policies.flatMap((policy: { conditions: Record<string, number>[] }) =>
      policy.conditions.map((one) => [one.text, one.true, one.false, one.error, one.unreached]),
    );
    const small = [expect.stringContaining('<= 100'), 1, name === 'CEL' ? 1 : 2, 0, name === 'CEL' ? 1 : 0];
    const large = [expect.stringContaining('> 1000'), 1, 2, 0, 0];
    expect(counts).toEqual(name === 'CEL' ? [large, small] : [small, large]);
    expect(report.coverage.conditions).toEqual({ covered: 2, total: 2 });
  });

  test('stand below the decisions of their policies', async () => {
    const cwd = await tempWorkspace({ [file]: text, 'traces/a.jsonl': calls });
    const { report } = await replay(cwd, '--decisions');
    expect(
      report.decisions.map((one: { conditions: { text: string; state: string }[] }) =>
        one.conditions.map(({ text: shown, state }) => [shown.replace(/^.*amount/, 'amount'), state]),
      ),
    ).toEqual([[['amount <= 100', 'true']], [], [['amount > 1000', 'true']]]);
  });

  test('are left alone with --no-coverage, and decisions are the same', async () => {
    const cwd = await tempWorkspace({ [file]: text, 'traces/a.jsonl': calls });
    const without = (await replay(cwd, '--decisions', '--no-coverage')).report;
    const { report } = await replay(cwd, '--decisions');
    expect(without.coverage.conditions).toEqual({ covered: 0, total: 0 });
    expect(without.gaps).toEqual([]);
    const strip = (decisions: { conditions?: unknown }[]) =>
      decisions.map(({ conditions: _, ...rest }) => rest);
    expect(without.decisions).toEqual(strip(report.decisions));
  });

  test('give calls just below, at and above their literals', async () => {
    const cwd = await tempWorkspace({ [file]: text, 'traces/a.jsonl': calls });
    const { code } = await replay(cwd, '--boundary', 'boundary.jsonl');
    expect(code).toBe(0);
    const written = (await readFile(join(cwd, 'boundary.jsonl'), 'utf8')).trim().split('\n');
    const cases = written.map((one) => JSON.parse(one)).map((one) => [one.args.amount, one.expect]);
    expect(new Map<unknown, unknown>(cases as [unknown, unknown][])).toEqual(
      new Map([
        [99, 'allow'],
        [100, 'allow'],
        [101, 'deny'],
        [999, 'deny'],
        [1000, 'deny'],
        [1001, 'deny'],
      ]),
    );
    const { report } = await replay(cwd, '--traces', 'boundary.jsonl');
    expect(report.summary.expectations).toEqual({ met: written.length, missed: 0 });
  });

  test('of one side only are told, and so is a policy that never applies', async () => {
    const cwd = await tempWorkspace({ [file]: text, 'traces/a.jsonl': session([{ amount: 40 }]) });
    const { report } = await replay(cwd);
    const codes = report.gaps.map(({ code, policy }: { code: string; policy?: string }) => [
      code,
      policy?.replace(/^.*#/, ''),
    ]);
    const large = report.policies.find(({ applied }: { applied: number }) => applied === 0);
    expect(codes).toContainEqual(['policy-never-applies', large.id.replace(/^.*#/, '')]);
    expect(codes).toContainEqual(['condition-never-true', large.id.replace(/^.*#/, '')]);
  });

  test('below the threshold are a finding', async () => {
    const cwd = await tempWorkspace({
      [file]: text,
      'traces/a.jsonl': session([{ amount: 40 }]),
      'benchbook.yaml': 'version: 1\nthresholds: { conditionCoverage: 0.5 }\n',
    });
    const { report, code } = await replay(cwd);
    expect(code).toBe(1);
    expect(report.findings).toEqual([
      {
        kind: 'threshold',
        threshold: 'conditionCoverage',
        limit: 0.5,
        actual: 0,
        message: 'conditionCoverage: 0 of 2 (0 %), below the limit of 50 %',
      },
    ]);
  });
});

test('a guard of several cases, and a helper of several rules, stand under the file', async () => {
  const cel = CEL.replace(
    '  match:\n',
    '  match:\n    - condition: tool.name == "refund"\n      rule:\n        match:\n',
  )
    .replaceAll(/^ {4}- id: (large|small)\n {6}/gm, '            - id: $1\n              ')
    .replaceAll(/^ {6}output/gm, '              output');
  const rego = REGO.replace('allow if input', 'allow if {\n\tis_refund\n\tinput').replace(
    '<= 100',
    '<= 100\n}\n\nis_refund if input.tool.name == "refund"',
  );
  const cwd = await tempWorkspace({
    'policies/a.cel.yaml': cel,
    'policies/b.rego': rego,
    'traces/a.jsonl': calls,
  });
  const { report } = await replay(cwd);
  expect(
    report.helpers.map((one: { file: string; conditions: Record<string, unknown>[] }) => [
      one.file,
      one.conditions.map(({ text, true: held, false: failed }) => [text, held, failed]),
    ]),
  ).toEqual([
    ['policies/a.cel.yaml', [['tool.name == "refund"', 3, 0]]],
    ['policies/b.rego', [['input.tool.name == "refund"', 3, 0]]],
  ]);
});

describe('benchbook test', () => {
  const testJson = async (cwd: string, ...flags: string[]) => {
    const { stdout, stderr, code } = await runCli(['test', '--format', 'json', ...flags], { cwd });
    return { report: stdout ? JSON.parse(stdout) : null, stderr, code };
  };

  test('runs every expect', async () => {
    const cwd = await tempWorkspace({
      'policies/a.cedar': CEDAR,
      'traces/a.jsonl': [
        line({ args: { amount: 40 }, expect: 'allow' }),
        line({ seq: 1, args: { amount: 5000 }, expect: 'allow' }),
        line({ seq: 2 }),
      ].join('\n'),
    });
    const { report, code } = await testJson(cwd);
    expect(code).toBe(1);
    expect(report.summary).toEqual({ tests: 2, passed: 1, failed: 1, errors: 0, skipped: 0 });
    expect(report.tests[1]).toEqual({
      kind: 'expect',
      name: 's1#1 refund',
      file: 'traces/a.jsonl',
      range: { start: { line: 2, column: 1 }, end: { line: 2, column: 1 } },
      state: 'failed',
      message: 'expected allow, decided deny by policies/a.cedar#limit',
    });
    expect(report.coverage).toEqual({
      policies: { covered: 2, total: 2 },
      conditions: { covered: 2, total: 2 },
    });
  });

  test('without a test says what to do', async () => {
    const cwd = await tempWorkspace({ 'policies/a.cedar': CEDAR, 'traces/a.jsonl': line() });
    expect(await runCli(['test'], { cwd })).toEqual({
      stdout: '',
      stderr:
        'benchbook: no test: add `expect` to a recorded call, or a test file of a policy language (see docs/formats.md)\n',
      code: 2,
    });
  });
});

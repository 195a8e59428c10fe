import { readFileSync } from 'node:fs';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCli, tempWorkspace } from '@benchbook/testkit';
import { expect, test } from 'vitest';
import { CEL, session } from './fixtures.ts';

const files = {
  'policies/refunds.cel.yaml': CEL,
  'traces/a.jsonl': session([{ amount: 40 }, { amount: 500 }, { amount: 5000 }]),
};
const flags = (...rest: string[]) => ['replay', '--no-latency', '--history', 'history.jsonl', ...rest];
const at = (day: string) => ['--at', `2026-05-${day}T10:00:00Z`];
const linesOf = (cwd: string) => readFileSync(join(cwd, 'history.jsonl'), 'utf8').split('\n');

test('enters each version once and reports the trend', async () => {
  const cwd = await tempWorkspace(files);
  const first = await runCli(flags('--version', 'v1', ...at('01')), { cwd });
  expect([first.stderr, first.code]).toEqual(['', 0]);
  await runCli(flags('--version', 'v1', ...at('02')), { cwd });
  await writeFile(join(cwd, 'policies/refunds.cel.yaml'), CEL.replace('<= 100', '<= 1000'));
  const { stdout, stderr, code } = await runCli(flags('--version', 'v2', ...at('03')), { cwd });
  expect([stderr, code]).toEqual(['', 0]);
  const lines = linesOf(cwd);
  expect(lines.map((line) => line && [JSON.parse(line).version, JSON.parse(line).at])).toEqual([
    ['v1', '2026-05-01T10:00:00Z'],
    ['v2', '2026-05-03T10:00:00Z'],
    '',
  ]);
  const start = stdout.indexOf('Trend\n');
  expect(stdout.slice(start, stdout.indexOf('\n\n', start))).toBe(`Trend
  2 entries, v1 (2026-05-01) to v2 (2026-05-03)
                 oldest to newest   lowest  highest      now
  allow          ▁█                 33.3 %   66.7 %   66.7 %
  deny           █▁                 33.3 %   66.7 %   33.3 %
  escalate       ▄▄                  0.0 %    0.0 %    0.0 %
  indeterminate  ▄▄                  0.0 %    0.0 %    0.0 %
  policies       ▄▄                100.0 %  100.0 %  100.0 %
  conditions     █▁                 50.0 %  100.0 %   50.0 %
  p99            ··                      -        -        -
  Against the entry before: other policies on the same recordings.
  Changed most: conditions covered 100.0 % to 50.0 % (−50.0 points); allow 33.3 % to 66.7 % (+33.3
  points); deny 66.7 % to 33.3 % (−33.3 points).
  Article 72 of the EU AI Act asks the provider of a high-risk system to watch how it does while it
  is in use. These are figures to watch, no statement of compliance.`);
});

test('the same run twice gives the same bytes', async () => {
  const [one, two] = [await tempWorkspace(files), await tempWorkspace(files)];
  const run = (cwd: string) => runCli(flags('--version', 'v1', '--format', 'json', ...at('01')), { cwd });
  expect(await run(one)).toEqual(await run(two));
  expect(linesOf(one)).toEqual(linesOf(two));
});

test('torn and foreign lines are told, left, and stop nothing', async () => {
  const cwd = await tempWorkspace({ ...files, 'history.jsonl': '{"hello":1}\n' });
  await appendFile(join(cwd, 'history.jsonl'), '{"schema":"benchbook.his');
  const { stderr, code } = await runCli(flags(...at('01')), { cwd });
  expect([stderr, code]).toEqual([
    [
      'benchbook: history.jsonl:1: not a history entry: its schema is not benchbook.history/v1',
      'benchbook: history.jsonl:2: not a history entry: no JSON; the line was not written to its end',
      '',
    ].join('\n'),
    0,
  ]);
  const lines = linesOf(cwd);
  expect(lines.slice(0, 2)).toEqual(['{"hello":1}', '{"schema":"benchbook.his']);
  expect([JSON.parse(lines[2]!).version, lines[3]]).toEqual([null, '']);
});

test.each([
  [['--version', 'v1'], '--version names an entry of a history: add --history FILE'],
  [['--at', 'today'], '--at is no ISO time with an offset, such as 2026-05-01T10:00:00Z: today'],
  [['--history', 'traces/a.jsonl/history.jsonl'], 'cannot read traces/a.jsonl/history.jsonl: '],
])('%j is refused', async (args, message) => {
  const cwd = await tempWorkspace(files);
  const { stdout, stderr, code } = await runCli(['replay', '--no-latency', ...args], { cwd });
  expect([stdout, code, stderr.startsWith(`benchbook: ${message}`)]).toEqual(['', 2, true]);
});

test('no history, no trend; and the version of the program is still told', async () => {
  const cwd = await tempWorkspace(files);
  expect((await runCli(['replay', '--no-latency'], { cwd })).stdout).not.toContain('Trend');
  expect((await runCli(['--version'], { cwd })).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

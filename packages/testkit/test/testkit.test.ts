import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  call,
  memorySource,
  nativeLines,
  repositoryRoot,
  runCli,
  sessionOf,
  sourceAssets,
  tempWorkspace,
} from '../src/index.ts';

test('a call has defaults for all that a test does not say', () => {
  expect(call({ tool: 'pay', args: { amount: 1 } })).toEqual({
    v: 1,
    kind: 'tool',
    id: 's1#0',
    session: 's1',
    seq: 0,
    agent: { id: 'bot' },
    tool: { name: 'pay' },
    args: { amount: 1 },
    missing: [],
    src: { format: 'native', file: 'traces/test.jsonl', line: 1 },
  });
});

test('sessions are numbered and written as native lines, with every digit', () => {
  const calls = sessionOf('s', [{}, { args: { n: 9007199254740993n } }]);
  expect(calls.map(({ id }) => id)).toEqual(['s#0', 's#1']);
  expect(nativeLines(calls).split('\n')[1]).toBe(
    '{"v":1,"kind":"tool","id":"s#1","session":"s","seq":1,"agent":{"id":"bot"},' +
      '"args":{"n":9007199254740993},"missing":[],"tool":{"name":"refund"}}',
  );
});

test('a source in memory comes in chunks', async () => {
  const lengths: number[] = [];
  for await (const chunk of memorySource('a', 'abcde', 2).open()) lengths.push(chunk.length);
  expect(lengths).toEqual([2, 2, 1]);
});

test('a workspace is written to disk', async () => {
  const folder = await tempWorkspace({ 'a/b.txt': 'x' });
  expect(await readFile(join(folder, 'a/b.txt'), 'utf8')).toBe('x');
});

test('assets are found in the checkout', async () => {
  const wasm = await sourceAssets().read('cedar_wasm_bg.wasm');
  expect([...wasm.subarray(0, 4)]).toEqual([0, 0x61, 0x73, 0x6d]);
});

// Needs the built command, which setting up builds.
test.skipIf(!existsSync(join(repositoryRoot, 'packages/cli/dist/main.js')))(
  'the command is run to its end',
  async () => {
    const cwd = await tempWorkspace({});
    const { stdout, stderr, code } = await runCli(['--version'], { cwd });
    expect({ stdout, stderr, code }).toEqual({
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: '',
      code: 0,
    });
  },
);

import { runCli, tempWorkspace } from '@benchbook/testkit';
import { describe, expect, test } from 'vitest';
import { CEL, line, session } from './fixtures.ts';

const refused = async (args: string[], files: Record<string, string> = {}) => {
  const cwd = await tempWorkspace(files);
  const { stdout, stderr, code } = await runCli(args, { cwd });
  expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
  return stderr;
};

describe('exit code 2, and one line that says what to do', () => {
  test('no policy', async () => {
    expect(await refused(['replay'], { 'traces/a.jsonl': line() })).toMatch(
      /^benchbook: no policy found: looked for .*\*\.cedar.* in policies\/\*\* .*\n$/,
    );
  });

  test('no trace', async () => {
    expect(await refused(['replay'], { 'policies/a.cel.yaml': CEL })).toMatch(
      /^benchbook: no trace found: looked for .* in traces\/\*\* .*\n$/,
    );
  });

  test('no such folder', async () => {
    expect(await refused(['replay', 'nowhere'])).toBe('benchbook: no such folder: nowhere\n');
  });

  test('unknown format', async () => {
    expect(await refused(['replay', '--format', 'yaml'], { 'policies/a.cel.yaml': CEL })).toMatch(
      /^benchbook: unknown format 'yaml'; known formats: text, json, .+\n$/,
    );
  });

  test('unknown flag', async () => {
    expect(await refused(['replay', '--decision'])).toBe(
      "benchbook: unknown option '--decision'\n(Did you mean --decisions?)\n(add --help for what there is)\n",
    );
  });

  test('unknown command', async () => {
    expect(await refused(['repaly'])).toMatch(
      /^benchbook: unknown command 'repaly'\n\(Did you mean replay\?\)\n/,
    );
  });

  test('a recording of no known format', async () => {
    const files = { 'policies/a.cel.yaml': CEL, 'traces/a.jsonl': '{"hello": 1}\n' };
    expect(await refused(['replay'], files)).toMatch(
      /^benchbook: no call in the recording: traces\/a\.jsonl.*\n$/,
    );
  });

  test('a misspelt key of the manifest', async () => {
    const files = {
      'benchbook.yaml': 'version: 1\npolices: [a]\n',
      'policies/a.cel.yaml': CEL,
      'traces/a.jsonl': line(),
    };
    expect(await refused(['replay'], files)).toMatch(/^benchbook: benchbook\.yaml:2:1: .*policies.*\n$/);
  });

  test('an unknown call', async () => {
    const files = { 'policies/a.cel.yaml': CEL, 'traces/a.jsonl': line() };
    expect(await refused(['explain', 's1'], files)).toBe(
      "benchbook: no call 's1' among 1 calls of 1 recordings; similar: s1#0\n",
    );
  });
});

describe('help', () => {
  test.each(['check', 'replay', 'import', 'explain', 'init'])('%s has an example', async (command) => {
    const { stdout, stderr, code } = await runCli([command, '--help'], { cwd: process.cwd() });
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(stdout).toMatch(
      new RegExp(`Usage: benchbook ${command} [\\s\\S]+\\nExample:\\n {2}benchbook ${command} `),
    );
  });
});

describe('import', () => {
  test('gives native lines that read as the same calls', async () => {
    const chat = {
      messages: [
        {
          role: 'assistant',
          tool_calls: [
            {
              id: 'c1',
              type: 'function',
              function: { name: 'mcp__bank__pay', arguments: '{"amount": 9007199254740993}' },
            },
          ],
        },
        { role: 'tool', tool_call_id: 'c1', content: 'done' },
      ],
    };
    const cwd = await tempWorkspace({ 'chat.json': JSON.stringify(chat) });
    const { stdout, stderr, code } = await runCli(['import', 'chat.json'], { cwd });
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(stdout).toMatch(/"amount":9007199254740993/);
    const again = await tempWorkspace({ 'native.jsonl': stdout });
    const second = await runCli(['import', 'native.jsonl'], { cwd: again });
    const { src, ...call } = JSON.parse(stdout);
    expect(JSON.parse(second.stdout)).toEqual({
      ...call,
      src: { format: 'native', file: 'native.jsonl', line: 1, origin: src },
    });
  });

  test('--redact leaves no recorded text', async () => {
    const cwd = await tempWorkspace({
      'a.jsonl': session([{ amount: 40, iban: 'GB29NWBK60161331926819' }], { user: { id: 'emma.johnson' } }),
    });
    const { stdout, code } = await runCli(['import', '--redact', 'a.jsonl'], { cwd });
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/GB29|emma/);
    expect(JSON.parse(stdout)).toMatchObject({ tool: { name: 'refund' }, args: { amount: 40 } });
  });
});

describe('check', () => {
  test('lists every error and exits 1', async () => {
    const cwd = await tempWorkspace({
      'policies/a.cedar': 'permit (principal, action, resource)\n',
      'policies/b.cel.yaml': CEL.replace('args.amount > 1000', 'args.amount >'),
    });
    const { stdout, stderr, code } = await runCli(['check', '--format', 'json'], { cwd });
    expect({ stderr, code }).toEqual({ stderr: '', code: 1 });
    const { summary, diagnostics } = JSON.parse(stdout);
    expect(summary.errors).toBe(2);
    expect(diagnostics.map((d: { file: string; severity: string }) => [d.file, d.severity])).toEqual([
      ['policies/a.cedar', 'error'],
      ['policies/b.cel.yaml', 'error'],
    ]);
  });

  test('says that nothing can allow', async () => {
    const cwd = await tempWorkspace({ 'policies/a.cedar': 'forbid (principal, action, resource);\n' });
    const { stdout, code } = await runCli(['check', '--format', 'json'], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).diagnostics).toMatchObject([{ code: 'nothing-allows', severity: 'warning' }]);
  });
});

describe('init', () => {
  test.each(['cedar', 'cel', 'rego'])('makes a workspace in %s that replays', async (language) => {
    const cwd = await tempWorkspace({ 'traces/a.jsonl': session([{ amount: 40 }, { amount: 50 }]) });
    const init = await runCli(['init', '--language', language], { cwd });
    expect({ stderr: init.stderr, code: init.code }).toEqual({ stderr: '', code: 0 });
    expect(init.stdout).toMatch(
      /^found {2}0 policy files, 1 recordings, 0 tools\nwrote {2}tools\/observed\.json\n[\s\S]*next {3}benchbook replay\n$/,
    );
    const check = await runCli(['check'], { cwd });
    expect(check.code).toBe(0);
    const { stdout, code } = await runCli(['replay', '--format', 'json', '--no-latency'], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).summary.calls).toBe(2);
    expect((await runCli(['init'], { cwd })).code).toBe(2);
  });
});

import { execFileSync } from 'node:child_process';
import { rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCli, tempWorkspace } from '@benchbook/testkit';
import { describe, expect, test } from 'vitest';
import { CEDAR, LANGUAGES, line, session } from './fixtures.ts';

const calls = session([{ amount: 40 }, { amount: 2000 }, { amount: 5000 }]);

const diffJson = async (cwd: string, ...flags: string[]) => {
  const { stdout, stderr, code } = await runCli(['diff', '--format', 'json', '--no-latency', ...flags], {
    cwd,
  });
  return { report: stdout ? JSON.parse(stdout) : null, stderr, code };
};

function git(cwd: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];
  return execFileSync('git', [...identity, ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** A repository whose first commit holds `files`. */
async function repository(files: Record<string, string>): Promise<string> {
  const cwd = await tempWorkspace(files);
  git(cwd, 'init', '-q', '-b', 'main');
  git(cwd, 'add', '-A');
  git(cwd, 'commit', '-q', '-m', 'first');
  return cwd;
}

describe.each(LANGUAGES)('%s', (_name, file, text) => {
  test('a loosened limit flips the calls between, by its condition', async () => {
    const cwd = await repository({ [file]: text, 'traces/a.jsonl': calls });
    await writeFile(join(cwd, file), text.replace('> 1000', '> 3000').replace('<= 100', '<= 3000'));
    const { report, stderr, code } = await diffJson(cwd, '--base', 'main');
    expect({ stderr, code }).toEqual({ stderr: '', code: 1 });
    expect(report.summary).toMatchObject({
      calls: 3,
      flips: 1,
      unchanged: 2,
      undecided: 0,
      byKind: { 'deny->allow': 1 },
    });
    expect(
      report.flips.map(({ call, from, to }: { call: string; from: string; to: string }) => [call, from, to]),
    ).toEqual([['s1#1', 'deny', 'allow']]);
    expect(report.flips[0].condition).toMatch(/^`.*` became `.*3000`$/);
    expect(report.flips[0].because[0]).toMatch(new RegExp(`^${file}#`));
  });

  test('the same policies, otherwise laid out, flip nothing', async () => {
    const cwd = await repository({ [file]: text, 'traces/a.jsonl': calls });
    await writeFile(join(cwd, file), `${text}\n`);
    const { report, code } = await diffJson(cwd, '--base', 'HEAD');
    expect({ code, policies: report.policies, flips: report.flips }).toEqual({
      code: 0,
      policies: [],
      flips: [],
    });
  });
});

test('calls are those of the workspace as it stands, not of the revision', async () => {
  const cwd = await repository({ 'policies/a.cedar': CEDAR, 'traces/a.jsonl': calls });
  await writeFile(join(cwd, 'traces/b.jsonl'), line({ session: 's2', args: { amount: 40 } }));
  expect((await diffJson(cwd, '--base', 'main')).report.summary).toMatchObject({ calls: 4, flips: 0 });
});

test('a workspace in a folder of the repository', async () => {
  const cwd = await repository({
    'desk/policies/a.cedar': CEDAR,
    'desk/traces/a.jsonl': calls,
    'other/x.cedar': 'broken',
  });
  await writeFile(join(cwd, 'desk/policies/a.cedar'), CEDAR.replace('> 1000', '> 3000'));
  const { report } = await diffJson(join(cwd, 'desk'), '--base', 'main');
  expect(report.policies.map(({ id, change }: { id: string; change: string }) => [id, change])).toEqual([
    ['policies/a.cedar#limit', 'changed'],
  ]);
});

test('a folder of policies alone stands in for the policies', async () => {
  const cwd = await tempWorkspace({
    'policies/a.cedar': CEDAR,
    'traces/a.jsonl': calls,
    'old/a.cedar': CEDAR.replace('<= 100', '<= 3000').replace('> 1000', '> 3000'),
  });
  const { report, code } = await diffJson(cwd, '--base', 'old');
  expect(code).toBe(1);
  expect(
    report.flips.map(({ from, to, because }: { from: string; to: string; because: string[] }) => [
      from,
      to,
      because,
    ]),
  ).toEqual([['allow', 'deny', ['policies/a.cedar#small', 'policies/a.cedar#limit']]]);
});

test('symbolic links of the revision are not followed', async () => {
  const cwd = await tempWorkspace({
    'policies/a.cedar': CEDAR,
    'traces/a.jsonl': calls,
    'elsewhere/b.cedar': CEDAR,
  });
  await symlink('../elsewhere/b.cedar', join(cwd, 'policies/b.cedar'));
  git(cwd, 'init', '-q', '-b', 'main');
  git(cwd, 'add', '-A');
  git(cwd, 'commit', '-q', '-m', 'first');
  await rm(join(cwd, 'policies/b.cedar'));
  expect((await diffJson(cwd, '--base', 'main')).report.policies).toEqual([]);
});

describe('approvals', () => {
  const changed = CEDAR.replace('> 1000', '> 3000').replace('<= 100', '<= 3000');
  const approve = async (text: string) => {
    const cwd = await repository({
      'policies/a.cedar': CEDAR,
      'traces/a.jsonl': calls,
      'approved.yaml': text,
    });
    await writeFile(join(cwd, 'policies/a.cedar'), changed);
    return diffJson(cwd, '--base', 'main', '--approve', 'approved.yaml');
  };

  test('make an expected flip no finding', async () => {
    const { report, code } = await approve(
      'version: 1\nflips:\n  - { call: s1#1, reason: CHG-7, by: alice }\n',
    );
    expect({ code, approved: report.summary.approved }).toEqual({ code: 0, approved: 1 });
    expect(report.flips[0].approved).toBe('CHG-7');
  });

  test('that approve nothing are findings', async () => {
    const { report, code } = await approve(
      'version: 1\nflips:\n  - { tool: refund, reason: CHG-7 }\n  - { call: gone, reason: CHG-8 }\n',
    );
    expect(code).toBe(1);
    expect(report.findings).toEqual([
      { kind: 'stale-approval', line: 4, message: 'the approval of call: gone approves nothing: remove it' },
    ]);
  });

  test('that are none are told in one line', async () => {
    const { stderr, code } = await approve('flips: 3');
    expect({ stderr, code }).toEqual({
      stderr: 'benchbook: approved.yaml: a list of approvals has `version: 1` and `flips:`, a list\n',
      code: 2,
    });
  });
});

describe('cannot run', () => {
  const told = async (files: Record<string, string>, ...flags: string[]) => {
    const { stderr, code } = await diffJson(
      await repository({ 'traces/a.jsonl': calls, ...files }),
      ...flags,
    );
    return { stderr, code };
  };

  test('without a base', async () => {
    const { stderr, code } = await told({ 'policies/a.cedar': CEDAR });
    expect(stderr.split('\n')[0]).toBe("benchbook: required option '--base <rev|dir>' not specified");
    expect(code).toBe(2);
  });

  test('against a revision that is not there', async () => {
    expect(await told({ 'policies/a.cedar': CEDAR }, '--base', 'nope')).toEqual({
      stderr: "benchbook: unknown revision 'nope'\n",
      code: 2,
    });
  });

  test('against policies that do not load', async () => {
    const cwd = await repository({ 'policies/a.cedar': 'permit (principal', 'traces/a.jsonl': calls });
    await writeFile(join(cwd, 'policies/a.cedar'), CEDAR);
    const { stderr, code } = await diffJson(cwd, '--base', 'main');
    expect(stderr).toMatch(/^benchbook: main: policies\/a\.cedar:1:\d+: .*\(cedar-parse-error\)\n$/);
    expect(code).toBe(2);
  });

  test('against a folder without a policy', async () => {
    expect(await told({ 'policies/a.cedar': CEDAR, 'empty/x.txt': '' }, '--base', 'empty')).toEqual({
      stderr: 'benchbook: no policy in empty\n',
      code: 2,
    });
  });
});

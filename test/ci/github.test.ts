import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempWorkspace } from '@benchbook/testkit';
import { describe, expect, test } from 'vitest';
import { line } from '../cli/fixtures.ts';
import { checkout, git, policies, recording, runGithub, write } from './pipeline.ts';

const pullRequest = (sha: string) => ({ pull_request: { base: { sha } } });

const FILES = [
  'check.sarif',
  'comment.md',
  'diff.md',
  'diff.sarif',
  'replay.md',
  'replay.sarif',
  'summary.md',
];

const table = (check: string, replay: string, diff?: string): string =>
  [
    '| command | result | exit code |',
    '| --- | --- | ---: |',
    `| check | ${check} |`,
    `| replay | ${replay} |`,
    ...(diff ? [`| diff | ${diff} |`] : []),
  ].join('\n');

/** The reports of a page in order, and what could not run; what a report says is its own. */
const parts = (page: string): string[] =>
  page.split('\n').flatMap((one) => {
    const [, name, verdict] = /^## Benchbook (\w+): (.*)$/.exec(one) ?? [];
    return name === undefined ? [] : [verdict === 'could not run' ? `${name} failed` : name];
  });

const workspace = { 'policies/pay.cedar': policies(100), 'traces/a.jsonl': recording(40, 200, 5000) };

describe('a pull request', () => {
  test('that changes no decision passes', async () => {
    const { root, base } = await checkout(workspace, {
      'policies/pay.cedar': `// reviewed\n${policies(100)}`,
    });
    const ran = await runGithub(root, pullRequest(base));
    expect({ code: ran.code, stderr: ran.stderr }).toEqual({ code: 0, stderr: '' });
    expect(ran.files).toEqual(FILES);
    expect(ran.outputs).toEqual({
      'exit-code': '0',
      reports: ran.folder,
      'summary-file': join(ran.folder, 'summary.md'),
      'comment-file': join(ran.folder, 'comment.md'),
    });
    expect(parts(ran.summary)).toEqual(['diff', 'replay']);
    expect(ran.summary.includes(table('nothing found | 0', 'nothing found | 0', 'nothing found | 0'))).toBe(
      true,
    );
    expect(ran.summary.startsWith('## Benchbook diff')).toBe(true);
    expect(await ran.report('summary.md')).toBe(ran.summary);
    expect(await ran.report('comment.md')).toBe(`<!-- benchbook  -->\n\n${ran.summary}`);
  });

  test('that loosens a limit fails, with all reports published', async () => {
    const { root, base } = await checkout(workspace, { 'policies/pay.cedar': policies(1000) });
    const ran = await runGithub(root, pullRequest(base));
    expect({ code: ran.code, exit: ran.outputs['exit-code'] }).toEqual({ code: 1, exit: '1' });
    expect(ran.files).toEqual(FILES);
    expect(parts(ran.summary)).toEqual(['diff', 'replay']);
    expect(ran.summary.includes(table('nothing found | 0', 'nothing found | 0', 'findings | 1'))).toBe(true);
    expect(ran.summary.includes(`Against \`${base}\`: 3 calls in 1 session.`)).toBe(true);
    const { runs } = JSON.parse(await ran.report('diff.sarif'));
    expect(runs[0].automationDetails.id).toBe('benchbook/diff/');
    expect(runs[0].results.map((one: { level: string }) => one.level)).toEqual(['error', 'note']);

    const lenient = await runGithub(
      root,
      { merge_group: { base_sha: base } },
      { BENCHBOOK_FAIL_ON: 'cannot-run' },
    );
    expect({ code: lenient.code, exit: lenient.outputs['exit-code'] }).toEqual({ code: 0, exit: '0' });
    expect(lenient.summary).toBe(ran.summary);
  });

  test('whose flips are approved passes', async () => {
    const { root, base } = await checkout(workspace, {
      'policies/pay.cedar': policies(1000),
      'approved.yaml': 'version: 1\nflips:\n  - { call: s1#1, reason: agreed with the desk }\n',
    });
    const ran = await runGithub(root, pullRequest(base), { BENCHBOOK_APPROVE: 'approved.yaml' });
    expect(parts(ran.summary)).toEqual(['diff', 'replay']);
    expect(ran.code).toBe(0);
  });

  test('whose policies do not load cannot run, and says why', async () => {
    const { root, base } = await checkout(workspace, { 'policies/pay.cedar': 'permit (principal' });
    const ran = await runGithub(root, pullRequest(base), { BENCHBOOK_FAIL_ON: 'cannot-run' });
    expect({ code: ran.code, exit: ran.outputs['exit-code'] }).toEqual({ code: 2, exit: '2' });
    expect(parts(ran.summary)).toEqual(['diff failed', 'replay failed']);
    expect(ran.summary.includes(table('findings | 1', 'could not run | 2', 'could not run | 2'))).toBe(true);
    expect(ran.commands.map((one) => one.split(',')[0])).toEqual(['::error file=policies/pay.cedar']);
  });

  test('that brings a new workspace has nothing to compare with', async () => {
    const { root, base } = await checkout(
      { 'README.md': '' },
      { 'desk/policies/pay.cedar': policies(100), 'desk/traces/a.jsonl': recording(40, 5000) },
    );
    const ran = await runGithub(root, pullRequest(base), { BENCHBOOK_WORKSPACE: 'desk' });
    expect(ran.code).toBe(0);
    expect(
      ran.summary.startsWith(
        'Workspace ` desk `\n\nThe workspace is new: its base has nothing to compare with.\n',
      ),
    ).toBe(true);
    expect(ran.summary.includes(table('nothing found | 0', 'nothing found | 0'))).toBe(true);
  });
});

describe('a push', () => {
  test('is checked and replayed, and compared where a base is set', async () => {
    const { root } = await checkout(workspace, { 'policies/pay.cedar': policies(1000) });
    const ran = await runGithub(root, { before: 'x' });
    expect(ran.code).toBe(0);
    expect(ran.files).toEqual(FILES.filter((file) => !file.startsWith('diff')));
    expect(ran.summary.startsWith('No base is known: nothing was compared.\n')).toBe(true);
    const set = await runGithub(root, {}, { BENCHBOOK_BASE: 'HEAD~1' });
    expect({ code: set.code, parts: parts(set.summary) }).toEqual({ code: 1, parts: ['diff', 'replay'] });
  });
});

describe('a workspace in a subfolder', () => {
  test('has its findings at the files of the repository', async () => {
    const { root, base } = await checkout(
      {
        'teams/the desk/policies/pay.cedar': policies(100),
        'teams/the desk/traces/a.jsonl': recording(40, 200, 5000),
      },
      { 'teams/the desk/policies/pay.cedar': `${policies(1000)}\npermit (principal` },
    );
    const broken = await runGithub(root, pullRequest(base), { BENCHBOOK_WORKSPACE: './teams/the desk/' });
    expect(broken.commands.map((one) => one.split(',')[0])).toEqual([
      '::error file=teams/the desk/policies/pay.cedar',
    ]);
    await write(root, { 'teams/the desk/policies/pay.cedar': policies(1000) });
    const ran = await runGithub(root, pullRequest(base), { BENCHBOOK_WORKSPACE: 'teams/the desk' });
    expect(ran.code).toBe(1);
    const { runs } = JSON.parse(await ran.report('diff.sarif'));
    expect(runs[0].automationDetails.id).toBe('benchbook/diff/teams/the%20desk/');
    const [{ locations, relatedLocations }] = runs[0].results;
    const uri = (place: { physicalLocation: { artifactLocation: { uri: string } } }) =>
      place.physicalLocation.artifactLocation.uri;
    expect(
      [...locations, ...relatedLocations].map(uri).filter((one) => !one.startsWith('teams/the%20desk/')),
    ).toEqual([]);
    expect(uri(locations[0])).toBe('teams/the%20desk/policies/pay.cedar');
    expect((await ran.report('comment.md')).split('\n')[0]).toBe('<!-- benchbook teams/the_desk/ -->');
  });
});

describe('a shallow checkout', () => {
  test('gets its base without a history, and without losing its own commit', async () => {
    const { root, base } = await checkout(workspace, { 'policies/pay.cedar': policies(1000) });
    git(root, 'branch', 'stable', base);
    git(root, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    const clone = join(await tempWorkspace({}), 'clone');
    git(root, 'clone', '-q', '--depth=1', '--single-branch', `file://${root}`, clone);
    const head = git(clone, 'rev-parse', 'HEAD');
    const ran = await runGithub(clone, pullRequest(base));
    expect({ code: ran.code, parts: parts(ran.summary) }).toEqual({ code: 1, parts: ['diff', 'replay'] });
    expect(git(clone, 'rev-parse', 'HEAD')).toBe(head);
    expect(git(clone, 'status', '--porcelain')).toBe('');

    const named = await runGithub(clone, {}, { BENCHBOOK_BASE: 'origin/stable' });
    expect(named.summary.includes(`Against \`${base}\``)).toBe(true);
  });

  test('whose base cannot be had says what to run', async () => {
    const { root } = await checkout(workspace, {});
    const gone = 'deadbeef'.repeat(5);
    const ran = await runGithub(root, pullRequest(gone));
    expect(ran.code).toBe(2);
    expect(ran.summary.split('\n').slice(0, 5)).toEqual([
      '## Benchbook diff: could not run',
      '',
      '```text',
      `benchbook: unknown revision '${gone}': this clone has no such commit; run \`git fetch origin ${gone}\``,
      '```',
    ]);
    expect(parts(ran.summary)).toEqual(['diff failed', 'replay']);
  });
});

describe('hostile text', () => {
  const attack =
    '\n::error file=x::owned\r::set-output name=exit-code::0\n  ::warning::x\n##[error]y @octo/admins <b>';

  test('in recordings gives no command, mention or markup', async () => {
    const calls = [5000, 200].map((amount, seq) =>
      line({
        seq,
        session: `s${attack}`,
        args: { amount },
        agent: { id: `bot${attack}` },
        user: { id: `@admin${attack}` },
      }),
    );
    const { root, base } = await checkout(
      { ...workspace, 'traces/b.jsonl': `${calls.join('\n')}\n${attack}` },
      { 'policies/pay.cedar': policies(1000) },
    );
    const ran = await runGithub(root, pullRequest(base));
    expect(ran.code).toBe(1);
    // The reporter's own, about the policy.
    expect(ran.commands.map((one) => one.split('::').slice(0, 2).join('::'))).toEqual([
      '::notice file=policies/pay.cedar,line=1,col=1,endLine=2,endColumn=96,title=cedar-inferred-number',
    ]);
    const words = ran.summary.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
    expect(words.match(/@(octo|admin)|<b>/g)).toBe(null);
  });

  test('on any line that a program prints gives no command', async () => {
    const { root, base } = await checkout(workspace, {
      'fake.mjs': `import { writeFileSync } from 'node:fs';
const hostile = ${JSON.stringify(`x${attack}\n::stop-commands::x\n::x::\n`)};
const out = process.argv.indexOf('--out');
if (out !== -1 && process.argv[2] !== 'replay' && !process.argv.includes('sarif')) writeFileSync(process.argv[out + 1], hostile);
process.stdout.write(hostile + '::error file=policies/a.cedar::told by check\\n::add-mask::x\\n');
process.stderr.write(hostile);
process.exitCode = process.argv[2] === 'replay' ? 2 : 0;
`,
    });
    const ran = await runGithub(root, pullRequest(base), { BENCHBOOK_PATH: 'fake.mjs' });
    expect(ran.code).toBe(2);
    // What looks like a diagnostic of check is its own: its reporter lets no text begin a line.
    expect(ran.commands).toEqual([
      '::error file=x::owned\\u000d::set-output name=exit-code::0',
      '::error file=policies/a.cedar::told by check',
    ]);
    expect(ran.outputs['exit-code']).toBe('2');
  });

  test('in the names of files, which reach error messages, neither', async () => {
    const name = 'policies/::error::y ##[error]x @octo <b>```.cedar';
    const { root, base } = await checkout(workspace, { [name]: 'permit (' });
    const ran = await runGithub(root, pullRequest(base));
    expect(ran.code).toBe(2);
    expect(ran.commands.map((one) => one.split(',')[0])).toEqual([
      '::error file=policies/%3A%3Aerror%3A%3Ay \\x23#[error]x @octo <b>```.cedar',
      '::notice file=policies/pay.cedar',
    ]);
    const unfenced = ran.summary.replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '');
    expect(unfenced.match(/@octo|<b>|::error/g)).toBe(null);
  });
});

describe('settings', () => {
  test.each([
    [{ BENCHBOOK_FAIL_ON: 'nothing' }, 'fail-on is one of findings, cannot-run'],
    [{ BENCHBOOK_LATENCY: 'no' }, 'latency is true or false'],
    [{ BENCHBOOK_WORKSPACE: '../other' }, 'workspace lies outside the checkout: ../other'],
    [{ BENCHBOOK_WORKSPACE: '--format=json' }, "workspace starts with '-'; write ./ before a path that does"],
    [{ BENCHBOOK_POLICIES: 'a\n--out=/etc/x' }, "policies starts with '-'; write ./ before a path that does"],
    [{ BENCHBOOK_BASE: 'main\n::error::x' }, 'base is more than one line'],
    [{ BENCHBOOK_PATH: '/nonexistent' }, 'no benchbook in /nonexistent'],
  ])('%j is refused', async (env, message) => {
    const { root } = await checkout(workspace, {});
    const ran = await runGithub(root, {}, env);
    expect({ code: ran.code, files: ran.files, commands: ran.commands }).toEqual({
      code: 2,
      files: [],
      commands: [],
    });
    expect(ran.log.split('\n')[1]).toBe(`benchbook: ${message}`);
  });

  test('name policies and recordings, one a line, and another program', async () => {
    const { root, base } = await checkout(
      { ...workspace, 'other/b.jsonl': recording(40) },
      { 'new/pay.cedar': policies(1000) },
    );
    const ran = await runGithub(root, pullRequest(base), {
      BENCHBOOK_POLICIES: '\n  new/pay.cedar  \npolicies/none*.cedar\n',
      BENCHBOOK_TRACES: 'other',
      BENCHBOOK_BASE: 'policies',
    });
    expect(ran.summary.includes('Against `policies`: 1 call in 1 session.')).toBe(true);

    const fake = join(root, 'fake.mjs');
    await writeFile(fake, 'process.kill(process.pid, "SIGKILL");');
    await chmod(fake, 0o755);
    const killed = await runGithub(root, pullRequest(base), { BENCHBOOK_PATH: fake });
    expect({ code: killed.code, exit: killed.outputs['exit-code'] }).toEqual({ code: 2, exit: '2' });
  });
});

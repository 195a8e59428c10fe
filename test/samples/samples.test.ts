import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { repositoryRoot, runCli } from '@benchbook/testkit';
import { describe, expect, test } from 'vitest';

const samples = ['support-desk', 'coding-agent', 'treasury'];

describe.each(samples)('%s', (sample) => {
  const folder = join(repositoryRoot, 'samples', sample);
  const expected = (name: string) => join(folder, 'expected', name);

  test('check finds nothing to correct', async () => {
    const { stdout, stderr, code } = await runCli(['check', folder], { cwd: repositoryRoot });
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    await expect(stdout).toMatchFileSnapshot(expected('check.txt'));
  });

  test('replay prints the report as it is expected', async () => {
    const { stdout, stderr, code } = await runCli(['replay', folder, '--no-latency'], {
      cwd: repositoryRoot,
    });
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    await expect(stdout).toMatchFileSnapshot(expected('replay.txt'));
  });

  test('every decision is the expected one, the same from everywhere', async () => {
    const flags = ['replay', folder, '--no-latency', '--decisions', '--format', 'json'];
    const first = await runCli(flags, { cwd: repositoryRoot });
    expect({ stderr: first.stderr, code: first.code }).toEqual({ stderr: '', code: 0 });
    await expect(first.stdout).toMatchFileSnapshot(expected('replay.json'));
    expect(await runCli(flags, { cwd: folder })).toEqual(first);

    const report = JSON.parse(first.stdout);
    const never = report.policies.filter((policy: { applied: number }) => policy.applied === 0);
    expect(never.map((policy: { id: string }) => policy.id)).toEqual(neverApplied[sample]);
    const attacked = report.decisions.filter((one: { session: string }) => one.session === attack[sample]);
    expect(attacked.map((one: { outcome: string }) => one.outcome)).toEqual(attackOutcomes[sample]);
    expect(Object.keys(report.wouldChange)).toEqual(['allow->escalate']);
  });
});

/** One policy of each sample is exercised by nothing. */
const neverApplied: Record<string, readonly string[]> = {
  'support-desk': ['policies/refunds.cedar#no-bulk-refunds'],
  'coding-agent': ['policies/coding/tools.rego#coding.tools.deny[6]'],
  treasury: ['policies/mandate.cedar#no-trading'],
};

/** The attacked session of each sample, and what comes of its calls: read, then the attack, then what follows. */
const attack: Record<string, string> = {
  'support-desk': 'ticket-20881',
  'coding-agent': 'b1e0c6a2-0002-4000-8000-000000000002',
  treasury: 'qe-0007',
};
const attackOutcomes: Record<string, readonly string[]> = {
  'support-desk': ['allow', 'deny', 'deny', 'deny', 'deny'],
  'coding-agent': ['allow', 'deny', 'deny', 'deny', 'allow', 'allow'],
  treasury: ['allow', 'deny', 'deny', 'deny', 'escalate'],
};

test('the recordings are the ones that the generator writes', async () => {
  const { files } = await import(join(repositoryRoot, 'samples/generate/files.mjs'));
  for (const [path, text] of Object.entries<string>(files())) {
    const stored = await readFile(join(repositoryRoot, 'samples', path));
    expect((path.endsWith('.gz') ? gunzipSync(stored) : stored).toString('utf8') === text, path).toBe(true);
  }
});

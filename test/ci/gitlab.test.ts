import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkout, policies, recording, run } from './pipeline.ts';

const files = (folder: string, limit: number) => ({
  [`${folder}policies/pay.cedar`]: policies(limit),
  [`${folder}traces/a.jsonl`]: recording(40, 200, 5000),
});

describe('a merge request', () => {
  test('gets the reports that ci/gitlab.yml names, and code quality entries at the files of the project', async () => {
    const { root, base } = await checkout(files('desk/', 100), files('desk/', 1000));
    const out = join(root, 'benchbook-reports');
    const env = {
      GITLAB_CI: 'true',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
      BENCHBOOK_WORKSPACE: 'desk',
      BENCHBOOK_OUT: 'benchbook-reports',
    };
    const ran = await run(root, env, out);
    expect({ code: ran.code, stderr: ran.stderr }).toEqual({ code: 1, stderr: '' });
    expect(ran.files).toEqual([
      'check.sarif',
      'code-quality.json',
      'comment.md',
      'diff.md',
      'diff.sarif',
      'replay.cobertura.xml',
      'replay.junit.xml',
      'replay.md',
      'replay.sarif',
      'summary.md',
    ]);
    const entries: { location: { path: string }; fingerprint: string; severity: string }[] = JSON.parse(
      await ran.report('code-quality.json'),
    );
    const majors = entries.filter(({ severity }) => severity === 'major');
    expect(majors.map((one) => ({ ...one, description: '', fingerprint: one.fingerprint.length }))).toEqual([
      {
        check_name: 'flip-deny-to-allow',
        description: '',
        fingerprint: 64,
        location: { path: 'desk/policies/pay.cedar', lines: { begin: 1 } },
        severity: 'major',
      },
    ]);
    expect(entries.filter(({ location }) => !location.path.startsWith('desk/'))).toEqual([]);
    expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(entries.length);
    const cobertura = await ran.report('replay.cobertura.xml');
    expect(/<source>(.*)<\/source>/.exec(cobertura)![1]).toBe('desk');

    const again = await run(root, { ...env, CI_MERGE_REQUEST_TARGET_BRANCH_SHA: 'HEAD' }, out);
    expect({ code: again.code, told: again.log.includes('Against `HEAD`') }).toEqual({ code: 0, told: true });
  });
});

describe('any other machine', () => {
  test('is told in plain text, with the same exit code', async () => {
    const { root } = await checkout(files('', 100), files('', 1000));
    const out = join(root, 'benchbook-reports');
    const ran = await run(root, { BENCHBOOK_BASE: 'HEAD~1' }, out);
    expect(ran.code).toBe(1);
    expect(ran.log.includes('::')).toBe(false);
    expect(ran.log.endsWith(`reports: ${out}\n`)).toBe(true);
    expect(ran.log.includes(await ran.report('summary.md'))).toBe(true);
  });
});

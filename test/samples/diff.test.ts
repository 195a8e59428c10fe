/** Changes of the samples' policies as a reviewer would meet them, each with the report that is expected. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot, runCli } from '@benchbook/testkit';
import { expect, test } from 'vitest';

interface Change {
  readonly sample: string;
  /** Names the expected report: `samples/X/expected/diff-NAME.txt`. */
  readonly name: string;
  readonly file: string;
  readonly edit: (text: string) => string;
  readonly code: number;
}

const swap = (from: string, to: string) => (text: string) => {
  if (!text.includes(from)) throw new Error(`nothing to change: ${from}`);
  return text.replace(from, to);
};

const changes: readonly Change[] = [
  {
    sample: 'treasury',
    name: 'loosened',
    file: 'policies/limits.cel.yaml',
    edit: swap('variables.eur > 50000.0', 'variables.eur > 90000.0'),
    code: 1,
  },
  {
    sample: 'support-desk',
    name: 'renamed',
    file: 'policies/refunds.cedar',
    edit: swap('@id("refund-above-150")', '@id("refund-needs-a-lead")'),
    code: 0,
  },
  {
    sample: 'coding-agent',
    name: 'reformatted',
    file: 'policies/coding/tools.rego',
    edit: (text) => text.replaceAll('\t', '    ').replaceAll(' if {\n', ' if {\n    # the same as before\n'),
    code: 0,
  },
  {
    sample: 'support-desk',
    name: 'erring',
    file: 'policies/refunds.cedar',
    edit: swap('context.input.destination ==', 'context.input.destinaton =='),
    code: 1,
  },
];

test.each(changes)('$sample $name', async ({ sample, name, file, edit, code }) => {
  const head = await mkdtemp(join(tmpdir(), 'benchbook-change-'));
  try {
    await cp(join(repositoryRoot, 'samples', sample), head, { recursive: true });
    await writeFile(join(head, file), edit(await readFile(join(head, file), 'utf8')));
    const result = await runCli(['diff', head, '--base', `samples/${sample}`, '--no-latency'], {
      cwd: repositoryRoot,
    });
    await expect(result.stdout).toMatchFileSnapshot(
      join(repositoryRoot, 'samples', sample, 'expected', `diff-${name}.txt`),
    );
    expect({ stderr: result.stderr, code: result.code }).toEqual({ stderr: '', code });
  } finally {
    await rm(head, { recursive: true, force: true });
  }
});

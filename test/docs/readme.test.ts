import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '@benchbook/testkit';
import { expect, test } from 'vitest';

test('the README shows the report that its command prints', async () => {
  const readme = await readFile(join(repositoryRoot, 'README.md'), 'utf8');
  const report = await readFile(join(repositoryRoot, 'samples/treasury/expected/replay.txt'), 'utf8');
  expect(/```text\n([\s\S]+?)```/.exec(readme)?.[1]).toBe(report);
});

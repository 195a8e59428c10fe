import { readFile } from 'node:fs/promises';
import { repositoryRoot } from '@benchbook/testkit';
import { expect, test } from 'vitest';
import { version } from '../src/version.ts';

test('certificates state one version in the editor and on the command line', async () => {
  const cli = await readFile(`${repositoryRoot}/packages/cli/package.json`, 'utf8');
  expect(JSON.parse(cli).version).toBe(version);
});

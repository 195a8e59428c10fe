import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '@benchbook/testkit';
import { expect, test } from 'vitest';

test('the README shows parts of the report that its command prints, in order, and its last line', async () => {
  const readme = await readFile(join(repositoryRoot, 'README.md'), 'utf8');
  const report = await readFile(join(repositoryRoot, 'samples/treasury/expected/replay.txt'), 'utf8');
  const parts = /```text\n([\s\S]+?)```/.exec(readme)![1]!.split(/^ *\[...\]\n/m);
  let at = 0;
  for (const part of parts) {
    const found = report.indexOf(part, at);
    expect({ part, found: found >= at }).toEqual({ part, found: true });
    at = found + part.length;
  }
  expect({ parts: parts.length, end: at }).toEqual({ parts: 6, end: report.length });
});

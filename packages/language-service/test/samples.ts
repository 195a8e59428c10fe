import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { repositoryRoot } from '@benchbook/testkit';

/** All files of a sample, by path. */
export function sampleFiles(name: string): Record<string, Uint8Array> {
  const root = join(repositoryRoot, 'samples', name);
  return Object.fromEntries(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(root, path).replaceAll('\\', '/'), new Uint8Array(readFileSync(path))]),
  );
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '@benchbook/testkit';

/** The extension, packed into a folder of its own. */
export interface Packed {
  /** As it is when installed. */
  readonly stage: string;
  readonly stdout: string;
  remove(): void;
}

export function pack(): Packed {
  const folder = mkdtempSync(join(tmpdir(), 'benchbook-vsix-'));
  const stdout = execFileSync(process.execPath, ['scripts/package.mjs', folder], {
    cwd: repositoryRoot,
    encoding: 'utf8',
  });
  return {
    stage: join(folder, 'vsix'),
    stdout: stdout.replaceAll(folder, ''),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

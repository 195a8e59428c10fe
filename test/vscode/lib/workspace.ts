import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { settings } from './settings.ts';

const samples = fileURLToPath(new URL('../../../samples/', import.meta.url));

/** Folders of one run: `dispose` removes them. */
export interface Run {
  readonly folder: string;
  /** A copy of a sample in a git repository of its own, so that there is a HEAD. */
  copySample(name: string): string;
  dispose(): void;
}

/** A folder of this run alone. */
export function createRun(): Run {
  let copies = 0;
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'benchbook-vscode-')));
  return {
    folder,
    copySample: (name) => {
      const copy = join(folder, 'workspaces', String(++copies), name);
      cpSync(join(samples, name), copy, { recursive: true });
      // The web build has no settings of a machine.
      mkdirSync(join(copy, '.vscode'), { recursive: true });
      writeFileSync(join(copy, '.vscode/settings.json'), JSON.stringify(settings));
      const git = (...args: string[]) =>
        execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@localhost', ...args], {
          cwd: copy,
          env: { ...process.env, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' },
        });
      git('init', '-q', '-b', 'main');
      git('add', '-A');
      git('commit', '-q', '-m', 'sample');
      return copy;
    },
    dispose: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
}

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** git as a person without any configuration of their own runs it. */
export const GIT_ENV: NodeJS.ProcessEnv = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.org',
  GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
  GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
};

/** A repository in a folder of its own. */
export interface TestRepository {
  /** The folder around it, for what must lie outside. */
  readonly folder: string;
  readonly root: string;
  git(...args: readonly string[]): string;
  /** Like `git`, with bytes on standard input. */
  feed(input: Uint8Array | string, ...args: readonly string[]): string;
  write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void>;
  /** Commits all that is there; its id. */
  commit(message?: string): string;
  remove(): Promise<void>;
}

export async function testRepository(): Promise<TestRepository> {
  const folder = await mkdtemp(join(tmpdir(), 'benchbook-git-'));
  const root = join(folder, 'repo');
  await mkdir(root);
  const run = (input: Uint8Array | string, args: readonly string[]): string =>
    execFileSync('git', args, { cwd: root, env: GIT_ENV, input, encoding: 'utf8', stdio: 'pipe' }).trim();
  run('', ['init', '-q', '-b', 'main']);
  return {
    folder,
    root,
    git: (...args) => run('', args),
    feed: (input, ...args) => run(input, args),
    async write(files) {
      for (const [path, content] of Object.entries(files)) {
        await mkdir(dirname(join(root, path)), { recursive: true });
        await writeFile(join(root, path), content);
      }
    },
    commit(message = 'change') {
      run('', ['add', '-A']);
      run('', ['commit', '-q', '--allow-empty', '-m', message]);
      return run('', ['rev-parse', 'HEAD']);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Ids of the git processes that this process started and that still run (Linux). */
export function gitChildren(): readonly string[] {
  const { stdout } = spawnSync('ps', ['--ppid', String(process.pid), '-o', 'pid=,comm='], {
    encoding: 'utf8',
  });
  return stdout.split('\n').filter((line) => /\bgit\b/.test(line));
}

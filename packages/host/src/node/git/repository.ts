import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { readError } from '../errors.ts';
import { findGit, GIT_OPTIONS, gitEnvironment } from './environment.ts';

/** Milliseconds after which a command that lists is ended. */
const TIMEOUT = 120_000;

/** More than the longest list of the files of a repository that a person reviews. */
const MAX_OUTPUT = 256 * 1024 * 1024;

/** What a git command that ended said. */
export interface GitAnswer {
  readonly stdout: Buffer;
  /** One line, without git's `fatal: `. */
  readonly error: string;
  /** null where it was ended. */
  readonly code: number | null;
}

/** git, at a folder inside a work tree. */
export interface Repository {
  /** The folder's path below the top of the repository, with `/`: empty or ending in `/`. */
  readonly prefix: string;
  run(...args: readonly string[]): Promise<GitAnswer>;
  /** Starts a command that is spoken to. */
  start(...args: readonly string[]): ChildProcessWithoutNullStreams;
}

/** Rejects with one line for the user where the folder is in no repository, or git cannot be run. */
export async function openRepository(root: string): Promise<Repository> {
  const info = await stat(root).catch((error: unknown) => {
    throw readError(root, error);
  });
  if (!info.isDirectory()) throw new Error(`${root} is not a folder`);
  const git = await findGit(process.env.PATH, process.platform);
  if (git === undefined) {
    throw new Error(
      'git is not installed, or not on the PATH; a folder can be compared with instead of a revision',
    );
  }

  const start = (...args: readonly string[]): ChildProcessWithoutNullStreams =>
    spawn(git, [...GIT_OPTIONS, ...args], {
      cwd: root,
      env: gitEnvironment(process.env),
      stdio: 'pipe',
      windowsHide: true,
    });
  const run = (...args: readonly string[]): Promise<GitAnswer> => collect(start(...args));

  const answer = await run('rev-parse', '--is-inside-work-tree', '--show-prefix');
  const [inside, ...prefix] = answer.stdout.toString('utf8').split('\n');
  if (answer.code !== 0 || inside !== 'true') throw notRepository(root, answer.error);
  return { prefix: prefix.slice(0, -1).join('\n'), run, start };
}

function notRepository(root: string, error: string): Error {
  const owned = /dubious ownership/.test(error);
  if (owned) {
    return new Error(
      `git does not read ${root}, since it belongs to another user; to trust it: git config --global --add safe.directory with the top folder of the repository`,
    );
  }
  const why = error === '' || /not a git repository|bare repository/.test(error) ? '' : ` (${error})`;
  return new Error(
    `${root} is not in a git repository${why}; a folder can be compared with instead of a revision`,
  );
}

function collect(child: ChildProcessWithoutNullStreams): Promise<GitAnswer> {
  return new Promise((resolve, reject) => {
    const stdout: Buffer[] = [];
    let size = 0;
    let stderr = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT);
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_OUTPUT) child.kill('SIGKILL');
      else stdout.push(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (stderr.length < 10_000) stderr += text;
    });
    child.stdin.on('error', () => {});
    child.stdin.end();
    child.on('error', (cause) => {
      clearTimeout(timer);
      reject(new Error(`git cannot be run: ${cause.message}`, { cause }));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ stdout: Buffer.concat(stdout), error: errorLine(stderr), code });
    });
  });
}

/** The first line in which git says what failed. */
export function errorLine(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const fatal = lines.find((line) => /^(fatal|error): /.test(line)) ?? lines[0] ?? '';
  return fatal.replace(/^(fatal|error): /, '').slice(0, 500);
}

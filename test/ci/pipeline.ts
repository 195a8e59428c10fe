import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { repositoryRoot, tempWorkspace } from '@benchbook/testkit';
import { line } from '../cli/fixtures.ts';

/** Allows refunds up to a limit, and forbids them above it. */
export const policies = (limit: number): string => `@id("small")
permit (principal, action == Action::"refund", resource) when { context.input.amount <= ${limit} };

@id("large")
forbid (principal, action == Action::"refund", resource) when { context.input.amount > ${limit} };
`;

/** Calls of one session with these amounts. */
export const recording = (...amounts: readonly number[]): string =>
  `${amounts.map((amount, seq) => line({ seq, args: { amount } })).join('\n')}\n`;

export function git(cwd: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];
  return execFileSync('git', [...identity, ...args], { cwd, encoding: 'utf8', stdio: 'pipe' }).trim();
}

export async function write(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}

/** A checkout of two commits; the id of the first. */
export async function checkout(
  base: Readonly<Record<string, string>>,
  head: Readonly<Record<string, string>>,
): Promise<{ readonly root: string; readonly base: string }> {
  const root = await tempWorkspace(base);
  git(root, 'init', '-q', '-b', 'main');
  git(root, 'add', '-A');
  git(root, 'commit', '-q', '-m', 'base');
  const id = git(root, 'rev-parse', 'HEAD');
  await write(root, head);
  git(root, 'add', '-A');
  git(root, 'commit', '-q', '--allow-empty', '-m', 'head');
  return { root, base: id };
}

export interface Ran {
  readonly code: number | null;
  readonly log: string;
  readonly stderr: string;
  /** Names of the files in the folder of reports. */
  readonly files: readonly string[];
  report(name: string): Promise<string>;
}

/** Runs the script as a pipeline does, with nothing in its environment but what is given. */
export async function run(root: string, env: Readonly<Record<string, string>>, out: string): Promise<Ran> {
  const done = spawnSync(process.execPath, [join(repositoryRoot, 'ci/main.mjs')], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: process.env.HOME, BENCHBOOK_LATENCY: 'false', ...env },
  });
  return {
    code: done.status,
    log: done.stdout,
    stderr: done.stderr,
    files: (await readdir(out).catch(() => [])).sort(),
    report: (name) => readFile(join(out, name), 'utf8'),
  };
}

export interface GithubRun extends Ran {
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** The workflow commands that a runner obeys. */
  readonly commands: readonly string[];
  readonly folder: string;
}

/** Runs the script as GitHub does: an event, and files for summary and outputs. */
export async function runGithub(
  root: string,
  event: unknown,
  env: Readonly<Record<string, string>> = {},
): Promise<GithubRun> {
  const temp = await tempWorkspace({ 'event.json': JSON.stringify(event), summary: '', output: '' });
  const folder = join(temp, 'benchbook-reports');
  const ran = await run(
    root,
    {
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_PATH: join(temp, 'event.json'),
      GITHUB_STEP_SUMMARY: join(temp, 'summary'),
      GITHUB_OUTPUT: join(temp, 'output'),
      RUNNER_TEMP: temp,
      ...env,
    },
    folder,
  );
  return {
    ...ran,
    summary: await readFile(join(temp, 'summary'), 'utf8'),
    outputs: outputsOf(await readFile(join(temp, 'output'), 'utf8')),
    commands: obeyed(ran.log + ran.stderr),
    folder,
  };
}

/** `NAME<<END`, lines, `END`. */
function outputsOf(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name, , value] of text.matchAll(/^([\w-]+)<<(.+)\n([\s\S]*?)\n\2\n/gm)) found[name!] = value!;
  return found;
}

/** As the runner reads a log: lines end at any line end, and a command counts wherever leading space ends. */
function obeyed(log: string): string[] {
  const found: string[] = [];
  let until: string | undefined;
  for (const raw of log.split(/\r\n|\r|\n/)) {
    const text = raw.trimStart();
    if (until !== undefined) {
      if (text.startsWith(`::${until}::`)) until = undefined;
      continue;
    }
    const stop = /^::stop-commands::(.+)$/.exec(text);
    if (stop) until = stop[1];
    else if (text.startsWith('::') || text.includes('##[')) found.push(text);
  }
  if (until !== undefined) throw new Error('commands are stopped until the end of the job');
  return found;
}

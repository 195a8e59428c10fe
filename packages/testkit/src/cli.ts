import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { repositoryRoot } from './root.ts';

export interface RunOptions {
  /** Working folder. */
  readonly cwd: string;
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Written to standard input, which is then closed. Default: nothing. */
  readonly stdin?: string | Uint8Array;
  /** Milliseconds after which the program is ended. Default 120,000. */
  readonly timeoutMs?: number;
}

export interface CliResult {
  readonly stdout: string;
  readonly stderr: string;
  /** null where a signal ended it. */
  readonly code: number | null;
}

/** Runs the built command, `packages/cli/bin/benchbook.js`, without a terminal. */
export function runCli(args: readonly string[], options: RunOptions): Promise<CliResult> {
  const { FORCE_COLOR: _, NODE_OPTIONS: __, ...env } = process.env;
  const program = join(repositoryRoot, 'packages/cli/bin/benchbook.js');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: options.cwd,
      env: { ...env, ...options.env },
      stdio: 'pipe',
      timeout: options.timeoutMs ?? 120_000,
      killSignal: 'SIGKILL',
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
        code,
      }),
    );
    // A program that ends without reading its input closes the pipe; that is no error of the test's.
    child.stdin.on('error', () => {});
    child.stdin.end(options.stdin ?? '');
  });
}

import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';

/** A running server with what it wrote. */
export interface ServerProcess {
  readonly log: () => string;
  stop(): Promise<void>;
}

/** A port on which nobody listens. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, 'localhost', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(address)));
    });
  });
}

/** Starts a server and waits until `ready` answers with success; rejects with its log where it does not. */
export async function startServer(
  command: string,
  args: readonly string[],
  { cwd, ready, env = {} }: { cwd: string; ready: string; env?: Readonly<Record<string, string>> },
): Promise<ServerProcess> {
  let log = '';
  // A group of its own, so that extension hosts end with their server.
  const { NODE_OPTIONS: _, VITEST: __, ...inherited } = process.env;
  const child = spawn(command, [...args], { cwd, env: { ...inherited, ...env }, detached: true });
  child.stdout.on('data', (text) => (log += text));
  child.stderr.on('data', (text) => (log += text));
  child.on('error', (error) => (log += error.message));
  const server = { log: () => log, stop: () => stop(child) };
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(100)) {
    if (child.exitCode !== null) break;
    const answer = await fetch(ready).catch(() => undefined);
    if (answer?.ok) return server;
  }
  await server.stop();
  throw new Error(`${args[0]} did not start:\n${log}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  signal(child.pid, 'SIGTERM');
  await Promise.race([ended, sleep(3_000)]);
  signal(child.pid, 'SIGKILL');
}

function signal(group: number, name: NodeJS.Signals): void {
  try {
    process.kill(-group, name);
  } catch {
    // It is gone already.
  }
}

/** Resolves after some milliseconds. */
export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

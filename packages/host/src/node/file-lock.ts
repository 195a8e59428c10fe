import { readFileSync, unlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { createFile } from './create-file.ts';

/** Held until `release`, or until this process ends. */
export interface FileLock {
  release(): void;
}

/**
 * Takes `FILE.lock`, so that no other process writes to `FILE`. What a process left behind that no longer runs on
 * this machine is taken over. Throws an error for the user where someone else holds it.
 */
export function lockFile(path: string): FileLock {
  const lock = `${path}.lock`;
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), token: crypto.randomUUID() });
  for (let attempt = 0; ; attempt++) {
    if (createFile(lock, mine)) break;
    const holder = readText(lock);
    if (holder === undefined) continue;
    if (attempt > 0 || !isStale(holder)) throw held(path, holder);
    takeOver(path, lock, holder);
  }
  own.add(mine);
  return {
    release() {
      if (!own.delete(mine)) return;
      if (readText(lock) === mine) unlinkSync(lock);
    },
  };
}

/** Locks of this process: its own id in any other lock is that of an earlier process with the same number. */
const own = new Set<string>();

/** Only who holds the second lock may remove a stale first one, and looks at it again: else two could both take over. */
function takeOver(path: string, lock: string, holder: string): void {
  const breaker = `${lock}.stale`;
  if (!createFile(breaker, holder))
    throw new Error(`cannot write ${path}: a lock is being removed; if that does not end, delete ${breaker}`);
  try {
    if (readText(lock) === holder) unlinkSync(lock);
  } finally {
    unlinkSync(breaker);
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

interface Holder {
  readonly pid: number;
  readonly host: string;
}

function isStale(text: string): boolean {
  const holder = holderOf(text);
  if (holder === undefined || holder.host !== hostname()) return false;
  if (holder.pid === process.pid) return !own.has(text);
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function holderOf(text: string): Holder | undefined {
  try {
    const { pid, host } = JSON.parse(text) as Partial<Holder>;
    return Number.isInteger(pid) && typeof host === 'string' ? { pid: pid!, host } : undefined;
  } catch {
    return undefined;
  }
}

function held(path: string, text: string): Error {
  const holder = holderOf(text);
  const by = holder === undefined ? 'another process' : `process ${holder.pid} on ${holder.host}`;
  return new Error(`cannot write ${path}: ${by} is writing to it; if that is long over, delete ${path}.lock`);
}

import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Longer than any run works on a spool. */
const STALE_MS = 15 * 60 * 1000;

/** Locks with this process's number that are not here are of a dead one: in containers numbers come again. */
const heldHere = new Set<string>();

/**
 * Keeps other processes out of `folder` until it is released; null where another one holds it. The lock of a process
 * that is gone counts for nothing: it was killed, and what it left is to be drained.
 */
export async function lockFolder(folder: string): Promise<{ release(): Promise<void> } | null> {
  const path = join(folder, 'lock');
  const mine = `${process.pid} ${hostname()} ${randomUUID()}\n`;
  await mkdir(folder, { recursive: true });
  for (let attempt = 0; attempt < 5; attempt++) {
    if (await take(path, mine)) {
      heldHere.add(mine);
      return { release: () => release(path, mine) };
    }
    const theirs = await textOf(path);
    if (theirs === undefined) continue;
    if (await isHeld(path, theirs)) return null;
    await clear(path, theirs);
  }
  return null;
}

/** Linked, not written, into place: nobody ever sees half of a lock. */
async function take(path: string, mine: string): Promise<boolean> {
  const fresh = `${path}.${randomUUID()}`;
  await writeFile(fresh, mine, { flag: 'wx', mode: 0o600 });
  try {
    await link(fresh, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(fresh, { force: true });
  }
}

/** Of two that find the same dead lock the slower one may have moved the other's live one: that goes back. */
async function clear(path: string, dead: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  const moved = await rename(path, aside).then(
    () => true,
    () => false,
  );
  if (!moved) return;
  if ((await textOf(aside)) !== dead) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
}

async function release(path: string, mine: string): Promise<void> {
  heldHere.delete(mine);
  if ((await textOf(path)) === mine) await rm(path, { force: true });
}

async function isHeld(path: string, content: string): Promise<boolean> {
  const age = Date.now() - (await stat(path).catch(() => ({ mtimeMs: 0 }))).mtimeMs;
  if (age > STALE_MS) return false;
  const [pid = '', host] = content.trim().split(' ');
  if (host !== hostname()) return true;
  if (Number(pid) === process.pid) return heldHere.has(content);
  return /^\d+$/.test(pid) && isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

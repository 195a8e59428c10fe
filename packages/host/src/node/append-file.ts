import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeError } from './errors.ts';
import { lockFile } from './file-lock.ts';

/** A file of lines that only grows. No other process writes to it while it is open. */
export interface LineFile {
  /** Bytes, all of them in whole lines. */
  readonly size: number;
  /** What stood after the last whole line at opening, now in `FILE.torn`; null: nothing. */
  readonly torn: { readonly bytes: number; readonly sha256: string } | null;
  /** Bytes from `start` on, fewer where the file ends. */
  read(start: number, length: number): Promise<Uint8Array>;
  /** Resolves once the text is on the disk; after a failure the file is as before, or takes no more. */
  append(text: string): Promise<void>;
  close(): Promise<void>;
}

const CHUNK = 64 * 1024;

/**
 * Opens a file of lines for appending, or makes it. A last line that is not whole (its writer was ended) is moved
 * to `FILE.torn`. Rejects with a message for the user, also where another process has it open.
 */
export async function openLineFile(path: string): Promise<LineFile> {
  const lock = orThrow(path, () => lockFile(path));
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'a+');
    await syncFolder(path);
    const { size, torn } = await setTornAside(path, handle);
    return lineFile(path, handle, size, torn, () => lock.release());
  } catch (error) {
    await handle?.close();
    lock.release();
    throw writeError(path, error);
  }
}

function lineFile(
  path: string,
  handle: FileHandle,
  initial: number,
  torn: LineFile['torn'],
  release: () => void,
): LineFile {
  let size = initial;
  let unsure = false;
  return {
    get size() {
      return size;
    },
    torn,
    read: (start, length) => readAt(handle, start, Math.min(length, size - start)),
    async append(text) {
      if (unsure) throw new Error(`cannot write ${path}: a write failed before`);
      const bytes = Buffer.from(text, 'utf8');
      try {
        await writeAll(handle, bytes);
        await handle.datasync();
        size += bytes.length;
      } catch (error) {
        // Half a line must not stand before the next one.
        await handle.truncate(size).catch(() => {
          unsure = true;
        });
        throw writeError(path, error);
      }
    },
    async close() {
      await handle.close();
      release();
    },
  };
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten;
}

async function readAt(handle: FileHandle, start: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.max(0, length));
  let at = 0;
  while (at < bytes.length) {
    const { bytesRead } = await handle.read(bytes, at, bytes.length - at, start + at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return bytes.subarray(0, at);
}

/** What follows the last line feed goes to `FILE.torn` first and is cut off then, so that nothing is ever lost. */
async function setTornAside(
  path: string,
  handle: FileHandle,
): Promise<{ size: number; torn: LineFile['torn'] }> {
  const { size } = await handle.stat();
  const whole = await endOfLastLine(handle, size);
  if (whole === size) return { size, torn: null };
  const hash = createHash('sha256');
  const aside = await open(`${path}.torn`, 'a', 0o600);
  try {
    for (let at = whole; at < size; at += CHUNK) {
      const bytes = await readAt(handle, at, Math.min(CHUNK, size - at));
      hash.update(bytes);
      await writeAll(aside, bytes);
    }
    await aside.sync();
  } finally {
    await aside.close();
  }
  await syncFolder(path);
  await handle.truncate(whole);
  await handle.sync();
  return { size: whole, torn: { bytes: size - whole, sha256: hash.digest('hex') } };
}

async function endOfLastLine(handle: FileHandle, size: number): Promise<number> {
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - CHUNK);
    const found = (await readAt(handle, start, end - start)).lastIndexOf(10);
    if (found >= 0) return start + found + 1;
    end = start;
  }
  return 0;
}

/** A new name is on the disk only once its folder is. Windows has no such call and needs none. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function orThrow<T>(path: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw writeError(path, error);
  }
}

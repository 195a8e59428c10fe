import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { lockFolder } from './spool-lock.ts';

/** Small texts in named boxes below one folder, kept so that a crash never leaves half of one. */
export interface SpoolFolder {
  /** Names in a box, sorted; none where there is no such box. */
  list(box: string): Promise<readonly string[]>;
  read(box: string, name: string): Promise<string | undefined>;
  write(box: string, name: string, text: string): Promise<void>;
  remove(box: string, name: string): Promise<void>;
  /** Keeps other processes out until it is released; null where another one holds it. */
  lock(): Promise<{ release(): Promise<void> } | null>;
}

const LARGEST = 1024 * 1024;

/** The boxes below `folder`, which is made when something is first written. */
export function nodeSpool(folder: string): SpoolFolder {
  const pathOf = (box: string, name: string): string => {
    if (![...box.split('/'), name].every((part) => /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(part)))
      throw new Error(`no name of a box or record: ${box}/${name}`);
    return join(folder, box, name);
  };
  return {
    async list(box) {
      const names = await readdir(join(folder, box)).catch(absent<string[]>([]));
      return names.filter((name) => !name.startsWith('.')).sort();
    },
    async read(box, name) {
      const path = pathOf(box, name);
      const info = await stat(path).catch(absent(undefined));
      if (!info) return undefined;
      return info.size > LARGEST ? '' : readFile(path, 'utf8');
    },
    async write(box, name, text) {
      const path = pathOf(box, name);
      await mkdir(dirname(path), { recursive: true });
      const fresh = join(dirname(path), `.${name}.${randomUUID()}`);
      try {
        const file = await open(fresh, 'wx', 0o600);
        try {
          await file.writeFile(text);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(fresh, path);
      } catch (error) {
        await rm(fresh, { force: true });
        throw error;
      }
      await syncFolder(dirname(path));
    },
    async remove(box, name) {
      await rm(pathOf(box, name), { force: true });
    },
    lock: () => lockFolder(folder),
  };
}

/** A rename lasts only when its folder is on the disk too. Not every system can open a folder. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
}

function absent<Value>(value: Value): (error: NodeJS.ErrnoException) => Value {
  return (error) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return value;
    throw error;
  };
}

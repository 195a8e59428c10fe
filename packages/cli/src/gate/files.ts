import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CannotRun, messageOf } from '../errors.ts';

/** A text that is not larger than what it may be, in bytes. */
export async function readSmall(file: string, most: number, what: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > most) throw new CannotRun(`${file} has ${size} bytes, too many for ${what}`);
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof CannotRun) throw error;
    throw new CannotRun(`cannot read ${what}: ${messageOf(error)}`);
  }
}

/** Writes a file as a whole or not at all; folders are made. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const beside = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(beside, text);
    await rename(beside, file);
  } catch (error) {
    throw new CannotRun(`cannot write ${file}: ${messageOf(error)}`);
  }
}

/** Writes a secret to a file of its owner alone, which must not exist yet. */
export async function writeSecret(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new CannotRun(`${file} exists; a key is never written over`);
    throw new CannotRun(`cannot write ${file}: ${messageOf(error)}`);
  }
}

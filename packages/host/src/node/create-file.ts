import { linkSync, unlinkSync, writeFileSync } from 'node:fs';

/** Makes a file with its whole text at once, or not at all, whenever this process ends; false where there is one. */
export function createFile(path: string, text: string, mode = 0o644): boolean {
  const draft = `${path}.${crypto.randomUUID()}`;
  writeFileSync(draft, text, { flag: 'wx', mode, flush: true });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(draft);
  }
}

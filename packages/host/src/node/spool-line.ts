import { constants } from 'node:fs';
import { mkdir, open, realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';

/**
 * Appends a line (with its end) to a file below `root`. After a line that was cut off a new one is begun. Links out of
 * the root are not followed. A message where it failed, else null.
 */
export async function appendLine(root: string, path: string, line: string): Promise<string | null> {
  try {
    const bound = await realpath(root);
    const file = join(bound, path);
    if (!file.startsWith(bound + sep)) return `${path} lies outside the workspace`;
    await mkdir(dirname(file), { recursive: true });
    const folder = await realpath(dirname(file));
    if (folder !== bound && !folder.startsWith(bound + sep)) return `${path} lies outside the workspace`;
    const { O_APPEND, O_CREAT, O_NOFOLLOW, O_RDWR } = constants;
    const handle = await open(file, O_RDWR | O_APPEND | O_CREAT | (O_NOFOLLOW ?? 0), 0o600);
    try {
      const { size } = await handle.stat();
      const last = Buffer.alloc(1);
      if (size > 0) await handle.read(last, 0, 1, size - 1);
      await handle.appendFile(size > 0 && last[0] !== 0x0a ? `\n${line}` : line);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return `cannot append to ${path}: ${code === 'ELOOP' ? 'it is a link' : (code ?? 'unknown error')}`;
  }
}

import { createHash } from 'node:crypto';
import type { AppendFile } from '@benchbook/governance';

/** A file in memory as the real one opens it: a last line that is not whole is set aside. */
export interface MemoryFile extends AppendFile {
  bytes(): Uint8Array;
}

/** One write, in the order in which they came to the disk. */
export interface Write {
  readonly file: string;
  readonly bytes: Uint8Array;
}

export function memoryFile(content: Uint8Array = new Uint8Array(0), log?: Write[], name = ''): MemoryFile {
  const whole = content.lastIndexOf(10) + 1;
  const rest = content.slice(whole);
  let parts: Uint8Array[] = [content.slice(0, whole)];
  let size = whole;
  const bytes = (): Uint8Array => {
    if (parts.length > 1) parts = [new Uint8Array(Buffer.concat(parts))];
    return parts[0]!;
  };
  return {
    get size() {
      return size;
    },
    torn:
      rest.length === 0
        ? null
        : { bytes: rest.length, sha256: createHash('sha256').update(rest).digest('hex') },
    read: async (start, length) => bytes().slice(start, start + length),
    async append(text) {
      const added = new TextEncoder().encode(text);
      log?.push({ file: name, bytes: added });
      parts.push(added);
      size += added.length;
    },
    bytes,
  };
}

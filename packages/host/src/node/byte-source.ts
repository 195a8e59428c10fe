import { createReadStream, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ByteSource } from '@benchbook/model';
import { readError } from './errors.ts';

/** Bytes per chunk. */
const CHUNK = 256 * 1024;

/**
 * A file as bytes that can be read again, in chunks of 256 KB, never whole in memory. `path` is relative to
 * `root`, as reports print it, and may lead out of it. Where the file is missing, `size` is 0 and reading
 * rejects with a message for the user.
 */
export function nodeByteSource(root: string, path: string): ByteSource {
  const file = resolve(root, path);
  return {
    path,
    size: statSync(file, { throwIfNoEntry: false })?.size ?? 0,
    async *open() {
      const stream = createReadStream(file, { highWaterMark: CHUNK });
      try {
        for await (const chunk of stream) yield chunk as Uint8Array;
      } catch (error) {
        throw readError(path, error);
      } finally {
        stream.destroy();
      }
    },
  };
}

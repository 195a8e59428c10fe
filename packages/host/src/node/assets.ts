import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip } from 'node:zlib';
import type { EngineAssets } from '@benchbook/model';
import { readError } from './errors.ts';

const unpack: readonly { ending: string; decode: (bytes: Uint8Array) => Promise<Uint8Array> }[] = [
  { ending: '', decode: async (bytes) => bytes },
  { ending: '.br', decode: promisify<Uint8Array, Uint8Array>(brotliDecompress) },
  { ending: '.gz', decode: promisify<Uint8Array, Uint8Array>(gunzip) },
];

/**
 * Binary assets from folders: the first that holds `NAME`, `NAME.br` or `NAME.gz`. Rejects with a message that
 * says where was looked, or which file is broken.
 */
export function nodeAssets(folders: readonly string[]): EngineAssets {
  return {
    async read(name) {
      for (const folder of folders) {
        for (const { ending, decode } of unpack) {
          const file = join(folder, name + ending);
          let bytes: Uint8Array;
          try {
            bytes = await readFile(file);
          } catch (error) {
            if (error instanceof Error && 'code' in error && /^(ENOENT|ENOTDIR)$/.test(String(error.code)))
              continue;
            throw readError(file, error);
          }
          try {
            return await decode(bytes);
          } catch (error) {
            throw new Error(`${file} is broken: ${error instanceof Error ? error.message : error}`, {
              cause: error,
            });
          }
        }
      }
      throw new Error(
        `${name} is missing (looked in ${folders.join(', ')}); install or build Benchbook again`,
      );
    },
  };
}

import type { ByteSource, FileTree } from '@benchbook/model';

const encode = (content: string | Uint8Array) =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;

/** A file tree held in memory. */
export function memoryTree(files: Readonly<Record<string, string | Uint8Array>>): FileTree {
  return {
    list: async () => Object.keys(files).sort(),
    async read(path) {
      const content = Object.hasOwn(files, path) ? files[path] : undefined;
      if (content === undefined) throw new Error(`cannot read ${path}: no such file or folder`);
      return encode(content);
    },
  };
}

/** A recording held in memory, given out in chunks of `chunk` bytes (default: whole). */
export function memorySource(
  path: string,
  content: string | Uint8Array,
  chunk = Number.POSITIVE_INFINITY,
): ByteSource {
  const bytes = encode(content);
  return {
    path,
    size: bytes.length,
    async *open() {
      for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
    },
  };
}

import type { FileTree } from '@benchbook/model';

/** Larger files, in bytes, are left alone: no editor shows them with comfort. */
export const MAX_EDITED_SIZE = 2 * 1024 * 1024;

/** A folder as the editor sees it: what was read stays in memory, and open documents stand for their files. */
export interface EditorTree extends FileTree {
  /** The text of an open document; undefined where it is not open. */
  opened(path: string): string | undefined;
  open(path: string, text: string): void;
  close(path: string): void;
  /** These came, changed or went on disk. */
  forget(paths: readonly string[]): void;
  /** Files that were left alone, with how many bytes they have. */
  readonly tooLarge: ReadonlyMap<string, number>;
}

interface OpenDocument {
  readonly text: string;
  bytes?: Uint8Array;
}

/** Reads each file once, until it is told that it changed. */
export function editorTree(disk: FileTree): EditorTree {
  const documents = new Map<string, OpenDocument>();
  const read = new Map<string, Promise<Uint8Array>>();
  const tooLarge = new Map<string, number>();
  let listed: Promise<readonly string[]> | undefined;

  function fromDisk(path: string): Promise<Uint8Array> {
    let bytes = read.get(path);
    if (!bytes) {
      bytes = readBounded(path);
      read.set(path, bytes);
      // What could not be read is tried again.
      bytes.catch(() => read.delete(path));
    }
    return bytes;
  }

  async function readBounded(path: string): Promise<Uint8Array> {
    const size = await disk.size?.(path);
    if (size !== undefined && size > MAX_EDITED_SIZE) throw leftAlone(path, size);
    const bytes = await disk.read(path);
    if (bytes.length > MAX_EDITED_SIZE) throw leftAlone(path, bytes.length);
    tooLarge.delete(path);
    return bytes;
  }

  function leftAlone(path: string, size: number): Error {
    tooLarge.set(path, size);
    return new Error(`${path} has ${megabytes(size)}; files above 2 MB are left alone in the editor`);
  }

  function ofDocument(path: string, document: OpenDocument): Uint8Array {
    document.bytes ??= new TextEncoder().encode(document.text);
    if (document.bytes.length > MAX_EDITED_SIZE) throw leftAlone(path, document.bytes.length);
    tooLarge.delete(path);
    return document.bytes;
  }

  return {
    tooLarge,
    async list() {
      listed ??= disk.list();
      listed.catch(() => {
        listed = undefined;
      });
      const paths = await listed;
      const fresh = [...documents.keys()].filter((path) => !includes(paths, path));
      return fresh.length === 0 ? paths : [...paths, ...fresh].sort();
    },
    async read(path) {
      const document = documents.get(path);
      return document ? ofDocument(path, document) : fromDisk(path);
    },
    opened: (path) => documents.get(path)?.text,
    open(path, text) {
      if (documents.get(path)?.text !== text) documents.set(path, { text });
    },
    close(path) {
      documents.delete(path);
    },
    forget(paths) {
      listed = undefined;
      for (const path of paths) {
        read.delete(path);
        tooLarge.delete(path);
      }
    },
  };
}

/** `3.1 MB`. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** In a list that is sorted by code unit. */
function includes(sorted: readonly string[], path: string): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < path) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === path;
}

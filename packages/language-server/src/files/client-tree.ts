import type { ByteSource, FileTree } from '@benchbook/model';
import { type ListFilesParams, METHODS, type ReadFileParams } from '@benchbook/protocol';
import type { AskClient, RootPorts } from '../platform.ts';

/** What is no part of a workspace: dot folders, installed packages, built files. */
const SKIPPED = /(?:^|\/)(?:\.[^/]+|node_modules|dist)\//;

/** The root at `path` of a folder whose files only the client can read. */
export function clientRoot(ask: AskClient, folder: string, path: string): RootPorts {
  const prefix = path === '' ? '' : `${path}/`;

  async function read(file: string): Promise<Uint8Array> {
    const params: ReadFileParams = { folder, path: prefix + file };
    let text: string;
    try {
      text = await ask<string>(METHODS.readFile, params);
    } catch (error) {
      throw new Error(`cannot read ${file}: ${error instanceof Error ? error.message : error}`, {
        cause: error,
      });
    }
    return bytesOf(text);
  }

  const tree: FileTree = {
    async list() {
      const params: ListFilesParams = { folder };
      const paths = await ask<readonly string[]>(METHODS.listFiles, params);
      return paths
        .filter((file) => file.startsWith(prefix) && !SKIPPED.test(file.slice(prefix.length)))
        .map((file) => file.slice(prefix.length))
        .sort();
    },
    read,
  };

  return {
    tree,
    async recording(file): Promise<ByteSource> {
      const bytes = await read(file);
      return {
        path: file,
        size: bytes.length,
        async *open() {
          yield bytes;
        },
      };
    },
    base: async () => ({
      refused:
        'there is no git here: policies can be compared with their last commit only where files lie on disk',
    }),
    dispose() {},
  };
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

import type { FileTree } from '@benchbook/model';

/**
 * A folder as an editor sees it: texts that are not saved yet stand in place of what the disk holds, new files among
 * them. Paths are the tree's.
 */
export function overlayTree(tree: FileTree, unsaved: ReadonlyMap<string, string>): FileTree {
  const bytes = new Map([...unsaved].map(([path, text]) => [path, new TextEncoder().encode(text)]));
  return {
    list: async () => [...new Set([...(await tree.list()), ...bytes.keys()])].sort(),
    read: async (path) => bytes.get(path) ?? tree.read(path),
    size: async (path) => bytes.get(path)?.length ?? tree.size?.(path) ?? (await tree.read(path)).length,
  };
}

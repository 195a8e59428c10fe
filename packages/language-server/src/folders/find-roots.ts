import type { FileTree } from '@benchbook/model';
import { MANIFEST_FILE } from '@benchbook/workspace';

/**
 * Paths of the workspaces below a folder: each folder with a manifest, and the folder itself where it has one, or
 * where nothing below has. Sorted; `''` is the folder. Where the files cannot be listed, the folder alone, with why.
 */
export async function findRoots(
  tree: FileTree,
): Promise<{ readonly roots: readonly string[]; readonly problem?: string }> {
  let paths: readonly string[];
  try {
    paths = await tree.list();
  } catch (error) {
    return { roots: [''], problem: error instanceof Error ? error.message : String(error) };
  }
  const ending = `/${MANIFEST_FILE}`;
  const roots = paths
    .filter((path) => path === MANIFEST_FILE || path.endsWith(ending))
    .map((path) => path.slice(0, -ending.length))
    .sort();
  return { roots: roots.length > 0 ? roots : [''] };
}

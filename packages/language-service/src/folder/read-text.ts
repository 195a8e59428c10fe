import type { FileTree } from '@benchbook/model';
import { MAX_EDITED_SIZE } from './editor-tree.ts';

/** A file's text; null where there is none, or it is no UTF-8, or larger than an editor reads. */
export async function readFileText(tree: FileTree, path: string): Promise<string | null> {
  try {
    const size = await tree.size?.(path);
    if (size !== undefined && size > MAX_EDITED_SIZE) return null;
    const bytes = await tree.read(path);
    if (bytes.length > MAX_EDITED_SIZE) return null;
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

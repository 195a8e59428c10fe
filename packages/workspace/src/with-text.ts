import { digest } from '@benchbook/model';
import type { Workspace } from './load.ts';

/**
 * A workspace in which one policy file has another text, as {@link loadWorkspace} would give it; undefined where the
 * path is none of its policy files, so that it must be loaded anew.
 */
export function withText(workspace: Workspace, path: string, text: string): Workspace | undefined {
  const index = workspace.policyFiles.findIndex((file) => file.path === path);
  const file = workspace.policyFiles[index];
  if (!file) return undefined;
  let sha256: string | undefined;
  const { sha256: _, ...kept } = file;
  const changed = {
    ...kept,
    text,
    // Of use to reports alone, and dear for a large file.
    get sha256() {
      sha256 ??= digest(text);
      return sha256;
    },
  };
  return { ...workspace, policyFiles: workspace.policyFiles.with(index, changed) };
}

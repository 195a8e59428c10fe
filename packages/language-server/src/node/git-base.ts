import { type GitTree, gitTree, resolveRevision } from '@benchbook/host/node';
import type { FileTree, Refusal } from '@benchbook/model';

/** Milliseconds after which the process that reads from git is ended. */
const IDLE_MS = 2_000;

/** The last commit of the repository that a folder lies in. */
export interface GitBase {
  base(): Promise<{ readonly name: string; readonly tree: FileTree } | Refusal>;
  dispose(): void;
}

/** Git runs while files are read, and no longer. The same commit is the same object. */
export function gitBase(folder: string): GitBase {
  let open: Promise<GitTree> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let known: { readonly commit: string; readonly base: { readonly name: string; readonly tree: FileTree } };

  function close(): void {
    clearTimeout(timer);
    const closing = open;
    open = undefined;
    closing?.then((tree) => tree.close()).catch(() => {});
  }

  async function using<Result>(commit: string, use: (tree: GitTree) => Promise<Result>): Promise<Result> {
    clearTimeout(timer);
    open ??= gitTree(folder, commit);
    try {
      const tree = await open;
      if (tree.commit === commit) return await use(tree);
      // Another commit was opened meanwhile: this one is read on its own.
      const own = await gitTree(folder, commit);
      return await use(own).finally(() => own.close());
    } catch (error) {
      close();
      throw error;
    } finally {
      clearTimeout(timer);
      timer = setTimeout(close, IDLE_MS);
    }
  }

  return {
    async base() {
      try {
        const commit = await resolveRevision(folder, 'HEAD');
        if (known?.commit === commit) return known.base;
        close();
        const tree: FileTree = {
          list: () => using(commit, (git) => git.list()),
          read: (path) => using(commit, (git) => git.read(path)),
          size: (path) => using(commit, (git) => git.size(path)),
        };
        known = { commit, base: { name: 'HEAD', tree } };
        return known.base;
      } catch (error) {
        return { refused: error instanceof Error ? error.message : String(error) };
      }
    },
    dispose: close,
  };
}

import { engineOptions, type PolicySources, policySources } from '@benchbook/core';
import type { EngineManifest, FileTree, ObservedNumber } from '@benchbook/model';
import { loadWorkspace, type PolicyFile, type Workspace, withText } from '@benchbook/workspace';
import { type EditorTree, editorTree, MAX_EDITED_SIZE } from './editor-tree.ts';

/** The folder as it stands: what its files say, and what policies are loaded from. */
export interface FolderState {
  readonly workspace: Workspace;
  readonly sources: PolicySources;
  /** Another one whenever something changed. */
  readonly version: number;
}

export interface Folder {
  readonly tree: EditorTree;
  /** The text that stands now; reads what must be read anew, and nothing else. */
  current(): Promise<FolderState>;
  /** What {@link Folder.current} gave last. */
  latest(): FolderState | null;
  change(path: string, text: string): void;
  close(path: string): void;
  /** What is on disk changed; all of it where no path is given. */
  forget(paths: readonly string[]): void;
  /** What recordings show of numbers; null: not surveyed. */
  setNumbers(numbers: readonly ObservedNumber[] | null): void;
}

/** Keeps a folder's workspace. A key stroke in a policy replaces one text; everything else loads the folder anew. */
export function openFolder(
  disk: FileTree,
  engines: readonly EngineManifest[],
  avoidFastLane: readonly string[] = [],
): Folder {
  const tree = editorTree(disk);
  let state: FolderState | null = null;
  let changed = new Map<string, string>();
  let isStale = true;
  let loading: Promise<void> | undefined;
  let numbers: readonly ObservedNumber[] | null = null;
  let version = 0;

  function put(workspace: Workspace): void {
    const { manifest } = workspace;
    const plain = policySources(workspace);
    state = {
      workspace,
      version: ++version,
      sources: {
        ...plain,
        ...(numbers && { numbers }),
        optionsOf: (engine) => engineOptions(engine, manifest, avoidFastLane),
      },
    };
  }

  async function load(): Promise<void> {
    isStale = false;
    changed = new Map();
    put(keepLists(await loadWorkspace(tree, engines), state?.workspace));
  }

  /** Puts typed texts in their places; false where the folder must be loaded anew. */
  function applyTexts(): boolean {
    if (!state || changed.size === 0) return state !== null;
    let { workspace } = state;
    for (const [path, text] of changed) {
      const next = withText(workspace, path, text);
      if (!next) return false;
      workspace = next;
    }
    changed = new Map();
    put(workspace);
    return true;
  }

  /** What a file that is no policy means to the folder; a file that nothing reads means nothing. */
  function matters(path: string): boolean {
    if (!state) return true;
    const { workspace } = state;
    if (workspace.policyFiles.some((file) => file.path === path)) return true;
    if (workspace.otherTexts.some((file) => file.path === path)) return true;
    return workspace.diagnostics.some(({ file }) => file === path) || tree.tooLarge.has(path);
  }

  return {
    tree,
    latest: () => state,
    async current() {
      for (;;) {
        if (loading) await loading;
        else if (!isStale && applyTexts()) return state!;
        else {
          loading = load().finally(() => {
            loading = undefined;
          });
        }
      }
    },
    change(path, text) {
      const before = tree.opened(path);
      if (before === text) return;
      tree.open(path, text);
      const file = state?.workspace.policyFiles.find((one) => one.path === path);
      if (!loading && file?.text === text && !changed.has(path)) return;
      if (file && isEditable(text)) changed.set(path, text);
      // A document that was not there before may be new to the folder.
      else if (before === undefined || matters(path)) isStale = true;
    },
    close(path) {
      const text = tree.opened(path);
      tree.close(path);
      changed.delete(path);
      if (text !== undefined && matters(path)) isStale = true;
    },
    forget(paths) {
      tree.forget(paths);
      isStale = true;
    },
    setNumbers(found) {
      numbers = found;
      if (state) put(state.workspace);
    },
  };
}

function isEditable(text: string): boolean {
  const isSmall =
    text.length * 3 <= MAX_EDITED_SIZE || new TextEncoder().encode(text).length <= MAX_EDITED_SIZE;
  return isSmall && !text.includes('\0');
}

/** Lists that say the same as before are the same ones, so that engines need not load anew. */
function keepLists(next: Workspace, before: Workspace | undefined): Workspace {
  if (!before) return next;
  const same = (key: 'tools' | 'agents' | 'catalogs'): boolean => jsonOf(next[key]) === jsonOf(before[key]);
  return {
    ...next,
    tools: same('tools') ? before.tools : next.tools,
    agents: same('agents') ? before.agents : next.agents,
    catalogs: same('catalogs') ? before.catalogs : next.catalogs,
    policyFiles: keepFiles(next.policyFiles, before.policyFiles),
  };
}

function keepFiles(next: readonly PolicyFile[], before: readonly PolicyFile[]): readonly PolicyFile[] {
  const known = new Map(before.map((file) => [file.path, file]));
  return next.map((file) => {
    const old = known.get(file.path);
    const isSame =
      old?.text === file.text &&
      old.rootPath === file.rootPath &&
      old.role === file.role &&
      old.audit === file.audit;
    return isSame ? old : file;
  });
}

function jsonOf(value: unknown): string {
  return JSON.stringify(value, (_, member) => (typeof member === 'bigint' ? `${member}n` : member));
}

import type { SourceFile } from '@benchbook/model';
import type { DataFile } from '../toolchain/protocol.ts';
import type { Sources } from '../workbench/workbench.ts';
import type { Versions } from './versions.ts';

/** What the toolchain loads: policy files sorted by path, and data files at the folders where they mount. */
export function sourcesOf(files: readonly SourceFile[], versions: Versions): Sources {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return {
    files: sorted
      .filter(({ role }) => role === 'policy')
      .map((file) => ({ path: file.path, text: file.text, version: versions.of(file) })),
    data: sorted
      .filter(({ role }) => role === 'data')
      .map((file): DataFile => ({ path: file.path, mount: folderOf(file.rootPath), text: file.text })),
  };
}

/** Test files, sorted by path. */
export function testsOf(files: readonly SourceFile[], versions: Versions): Sources['files'] {
  return files
    .filter(({ role }) => role === 'test')
    .map((file) => ({ path: file.path, text: file.text, version: versions.of(file) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** `a/b/data.json` mounts at `data.a.b`, as in a bundle. */
function folderOf(path: string): string[] {
  return path.split('/').slice(0, -1);
}

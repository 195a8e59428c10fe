import type { FileTree } from '@benchbook/model';
import { isSkippedFolder, MAX_FILES } from './file-tree.ts';
import { MISSING, openBlobs } from './git/blobs.ts';
import { openRepository, type Repository } from './git/repository.ts';
import { commitOf } from './git/revision.ts';

/** Larger files are never read: no policy, schema or data file is. */
const MAX_SIZE = 256 * 1024 * 1024;

/** The files of a workspace as one commit has them. */
export interface GitTree extends FileTree {
  /** The commit's full id. */
  readonly commit: string;
  size(path: string): Promise<number>;
  /** Ends the git process that reads. To be called in every case. */
  close(): Promise<void>;
}

/** The full id of the commit that `revision` names in the repository `root` lies in; rejects as `gitTree` does. */
export async function resolveRevision(root: string, revision: string): Promise<string> {
  return commitOf(await openRepository(root), revision);
}

/**
 * The files below the folder `root` (the repository, or any folder in it) as `revision` has them. Only git's
 * object store is read: neither work tree nor index is touched, no hook, filter or remote is run. Left out are
 * dot folders, `node_modules`, `dist`, symbolic links and submodules. Paths relative to `root`, with `/`,
 * sorted by code unit. Rejects with one line for the user.
 */
export async function gitTree(root: string, revision: string): Promise<GitTree> {
  const repository = await openRepository(root);
  const commit = await commitOf(repository, revision);
  const files = await listFiles(repository, commit, revision);
  const blobs = openBlobs(repository);

  function find(path: string): Entry {
    const entry = files.get(path);
    if (entry === undefined) throw fault(path, 'no such file');
    if (entry === 'ambiguous') throw fault(path, 'several names that are not UTF-8 look like this one');
    return entry;
  }
  const fault = (path: string, why: string): Error => new Error(`cannot read ${path} at ${revision}: ${why}`);

  return {
    commit,
    async list() {
      return [...files.keys()];
    },
    async read(path) {
      const { id, size } = find(path);
      if (size === null) throw fault(path, MISSING);
      if (size > MAX_SIZE) throw fault(path, `it has ${Math.ceil(size / 1024 / 1024)} MB`);
      const bytes = await blobs.read(id, size).catch((error: Error) => {
        throw fault(path, error.message);
      });
      if (isLfsPointer(bytes)) {
        throw fault(
          path,
          'it is a Git LFS pointer, and what it points to is not in the commit; compare with a folder that has it checked out',
        );
      }
      return bytes;
    },
    async size(path) {
      const { size } = find(path);
      if (size === null) throw fault(path, MISSING);
      return size;
    },
    close: () => blobs.close(),
  };
}

interface Entry {
  readonly id: string;
  /** In bytes; null where the clone does not hold the object. */
  readonly size: number | null;
}

/** By path, sorted; `ambiguous` where names that are not UTF-8 become the same text. */
async function listFiles(
  repository: Repository,
  commit: string,
  revision: string,
): Promise<ReadonlyMap<string, Entry | 'ambiguous'>> {
  const folder = repository.prefix.replace(/\/$/, '');
  const answer = await repository.run('ls-tree', '-r', '-z', '--long', '--full-tree', `${commit}:${folder}`);
  if (answer.code === null) throw new Error(`the files of '${revision}' are too many to list`);
  if (answer.code !== 0) throw notListed(answer.error, folder, revision);
  const found = new Map<string, Entry | 'ambiguous'>();
  for (const { path, entry } of entries(answer.stdout)) {
    found.set(path, found.has(path) ? 'ambiguous' : entry);
    if (found.size > MAX_FILES) {
      throw new Error(`more than ${MAX_FILES} files at '${revision}'; name a smaller folder`);
    }
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

function notListed(error: string, folder: string, revision: string): Error {
  if (folder !== '' && /not a valid object name|does not exist in/i.test(error)) {
    return new Error(`revision '${revision}' has no folder ${folder}`);
  }
  // Older versions of git give up at the first object that is not there; newer ones list it without a size.
  const why = /promisor/.test(error) ? MISSING : error;
  return new Error(`cannot list the files of '${revision}': ${why}`);
}

/** `MODE TYPE ID SIZE<tab>PATH<nul>`: regular files alone, without those in tool and dot folders. */
function* entries(output: Buffer): Generator<{ readonly path: string; readonly entry: Entry }> {
  for (let start = 0; start < output.length; ) {
    const end = output.indexOf(0, start);
    const tab = output.indexOf(9, start);
    const [mode = '', type, id = '', size = ''] = output.toString('latin1', start, tab).split(/ +/);
    const path = output.toString('utf8', tab + 1, end);
    start = end + 1;
    if (type !== 'blob' || !mode.startsWith('100')) continue;
    if (path.split('/').slice(0, -1).some(isSkippedFolder)) continue;
    yield { path, entry: { id, size: /^\d+$/.test(size) ? Number(size) : null } };
  }
}

/** By the specification a pointer has fewer than 1,024 bytes and starts with its version. */
function isLfsPointer(bytes: Uint8Array): boolean {
  if (bytes.length >= 1024) return false;
  const start = new TextDecoder().decode(bytes.subarray(0, 64));
  return /^version https:\/\/(git-lfs\.github|hawser\.github)\.com\/spec\/v\d+\n/.test(start);
}

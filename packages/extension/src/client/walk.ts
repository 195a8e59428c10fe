/** Walks a folder that only the editor can read, within bounds. */

export interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

export interface WalkBounds {
  readonly files: number;
  readonly folders: number;
  readonly depth: number;
}

export const WALK_BOUNDS: WalkBounds = { files: 2000, folders: 2000, depth: 12 };

/** Largest file that is handed to the server, in bytes. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** Never policies or recordings, and often very many files. */
const SKIPPED = new Set(['.git', 'node_modules', '.nx', 'dist']);

export interface Walked {
  /** Relative to the folder, with `/`; sorted. */
  readonly paths: readonly string[];
  /** Whether a bound cut something off. */
  readonly cut: boolean;
}

/** Breadth first, so that what lies near the root is found before a bound is met. A folder that cannot be read is empty. */
export async function walk(
  read: (path: string) => Promise<readonly Entry[]>,
  bounds: WalkBounds = WALK_BOUNDS,
): Promise<Walked> {
  const paths: string[] = [];
  let level = [''];
  let folders = 0;
  let cut = false;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > bounds.depth) {
      cut = true;
      break;
    }
    const next: string[] = [];
    for (const folder of level) {
      if (folders >= bounds.folders || paths.length >= bounds.files) {
        cut = true;
        break;
      }
      folders++;
      const entries = [...(await read(folder).catch(() => []))].sort((a, b) => (a.name < b.name ? -1 : 1));
      for (const { name, kind } of entries) {
        const path = folder === '' ? name : `${folder}/${name}`;
        if (kind === 'folder') {
          if (!SKIPPED.has(name)) next.push(path);
        } else if (paths.length < bounds.files) paths.push(path);
        else cut = true;
      }
    }
    level = next;
  }
  return { paths: paths.sort(), cut };
}

/** Whether the server may ask for this path: relative, below the folder, without tricks. */
export function isPathBelow(path: string): boolean {
  return (
    path !== '' &&
    path.length <= 1024 &&
    !/^[/\\]|^[a-z]:|[\\\0]/i.test(path) &&
    path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
  );
}

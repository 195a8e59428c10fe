import { existsSync } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { FileTree } from '@benchbook/model';
import { readError } from './errors.ts';

/** More entries than a workspace has; a bound for `benchbook check /`. */
export const MAX_FILES = 200_000;

const SKIPPED = new Set(['node_modules', 'dist']);

/** Folders of tools, by name: dot folders, `node_modules`, `dist`. */
export function isSkippedFolder(name: string): boolean {
  return name.startsWith('.') || SKIPPED.has(name);
}

export interface FileTreeOptions {
  /** Files and folders besides the root that are listed too, relative to it; of globs the fixed part. */
  readonly also?: readonly string[];
}

/**
 * The files of a folder. Left out: dot folders (`.git`), `node_modules`, `dist`, links to folders, and links to
 * files outside. Dot files are listed. Paths with `/`, sorted by code unit. Nothing outside is read, whatever
 * path is asked for, except below `also`.
 */
export function nodeFileTree(root: string, options: FileTreeOptions = {}): FileTree {
  const also = (options.also ?? []).map((path) => fixedPart(root, path));
  let bounds: Promise<string[]> | undefined;

  /** The real folders and files inside which everything must lie. */
  function realBounds(): Promise<string[]> {
    bounds ??= Promise.all(
      ['', ...also].map((path) => realpath(resolve(root, path)).catch(() => resolve(root, path))),
    );
    return bounds;
  }

  async function open(path: string): Promise<string> {
    let real: string;
    try {
      real = await realpath(resolve(root, path));
    } catch (error) {
      throw readError(path, error);
    }
    if ((await realBounds()).some((bound) => isInside(bound, real))) return real;
    throw new Error(`cannot read ${path}: it lies outside the workspace`);
  }

  return {
    async list() {
      const found = new Set<string>();
      await walk('', found);
      for (const path of also) await walkFrom(path, found);
      return [...found].sort();
    },
    async read(path) {
      const file = await open(path);
      try {
        return await readFile(file);
      } catch (error) {
        throw readError(path, error);
      }
    },
    async size(path) {
      return (await stat(await open(path))).size;
    },
  };

  async function walkFrom(path: string, found: Set<string>): Promise<void> {
    const info = await stat(resolve(root, path)).catch((error: unknown) => {
      throw readError(path, error);
    });
    if (info.isDirectory()) await walk(path, found);
    else found.add(path);
  }

  async function walk(folder: string, found: Set<string>): Promise<void> {
    const entries = await readdir(resolve(root, folder), { withFileTypes: true }).catch((error: unknown) => {
      throw readError(folder === '' ? root : folder, error);
    });
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!isSkippedFolder(entry.name)) await walk(path, found);
      } else if (entry.isFile() || (entry.isSymbolicLink() && (await isInnerFile(path)))) {
        found.add(path);
        if (found.size > MAX_FILES)
          throw new Error(`more than ${MAX_FILES} files below ${root}; name a smaller folder`);
      }
    }
  }

  async function isInnerFile(path: string): Promise<boolean> {
    try {
      return (await stat(await open(path))).isFile();
    } catch {
      return false;
    }
  }
}

/** `../shared` of `../shared/*.jsonl`, unless that is a file's very name. Without a slash at its end. */
function fixedPart(root: string, pattern: string): string {
  const path = pattern.replace(/(?<=.)\/+$/, '');
  if (existsSync(resolve(root, path))) return path;
  const segments = path.split('/');
  const wild = segments.findIndex((segment) => /[*?[\]{}]/.test(segment));
  return wild === -1 ? path : segments.slice(0, wild).join('/');
}

function isInside(bound: string, path: string): boolean {
  return path === bound || path.startsWith(bound.endsWith(sep) ? bound : bound + sep);
}

/**
 * `path`, which a user gave relative to `cwd` (or absolute; its tail may be a glob), as a path relative to
 * `root` with `/`. It may lead out of the root (`../x`).
 */
export function pathFromRoot(root: string, cwd: string, path: string): string {
  const absolute = isAbsolute(path) ? path : join(cwd, path);
  return relative(resolve(root), absolute).split(sep).join('/');
}

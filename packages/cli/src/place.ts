import { existsSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { CannotRun } from './errors.ts';
import type { Place } from './jobs/job.ts';

export interface PlaceOptions {
  readonly policies?: readonly string[];
  readonly traces?: readonly string[];
}

/** The workspace that DIR names, with `--policies` and `--traces` relative to it. */
export function placeOf(dir: string, options: PlaceOptions = {}): Place {
  const root = resolve(dir);
  const stat = statSync(root, { throwIfNoEntry: false });
  if (!stat) throw new CannotRun(`no such folder: ${dir}`);
  if (!stat.isDirectory()) throw new CannotRun(`${dir} is a file; name the workspace's folder`);
  return {
    root,
    ...(options.policies && { policies: options.policies.map((path) => fromRoot(root, path)) }),
    ...(options.traces && { traces: options.traces.map((path) => fromRoot(root, path)) }),
  };
}

/** What a person typed is relative to where they stand; if nothing is there, to the workspace. Globs too. */
function fromRoot(root: string, path: string): string {
  const fixed = path.split(/[*?[{]/, 1)[0]!;
  const here = resolve(fixed);
  if (!isAbsolute(path) && !existsSync(here) && existsSync(resolve(root, fixed))) return path;
  const start = here + (fixed.endsWith('/') && fixed !== '/' ? '/' : '');
  const relativePath = (relative(root, start) || '.') + (start.endsWith('/') ? '/' : '');
  const pattern = relativePath.split(sep).join('/') + path.slice(fixed.length);
  if (fixed === path && !existsSync(here)) throw new CannotRun(`no such file or folder: ${path}`);
  return pattern;
}

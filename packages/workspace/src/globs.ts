/**
 * Patterns over workspace paths: `*` within a folder, `**` across, `{a,b}`, `?`, `[a-z]`; a leading `!` takes
 * away what the others found. A plain path means the file of that name, or everything in that folder.
 */
import picomatch from 'picomatch/posix';

/** A pattern in two parts: the folder that is fixed, and what is to match below it. */
export interface SplitGlob {
  /** Without a slash at its end; `''` is the root. May start with `../` where a caller allows it. */
  readonly base: string;
  /** Relative to `base`; `''` where the pattern is a plain path. */
  readonly rest: string;
}

const options = { dot: true, nocase: false, nonegate: true, noextglob: true, strictSlashes: true } as const;

/** Drops `./` and doubled or trailing slashes. */
export function normalisePattern(pattern: string): string {
  const kept = pattern.split('/').filter((part, index) => part !== '.' && (part !== '' || index === 0));
  return kept.join('/') || (pattern.startsWith('/') ? '/' : '');
}

/** Splits before the first path segment that holds a wildcard. */
export function splitGlob(pattern: string): SplitGlob {
  const segments = normalisePattern(pattern).split('/');
  const wild = segments.findIndex((segment) => /[*?[\]{}\\]/.test(segment));
  if (wild === -1) return { base: segments.join('/'), rest: '' };
  return { base: segments.slice(0, wild).join('/'), rest: segments.slice(wild).join('/') };
}

/**
 * True for a pattern that a person would write. Patterns become regular expressions, and some twenty wildcards in one
 * are enough to keep a matcher busy for hours on one long name.
 */
export function isSimpleGlob(pattern: string): boolean {
  const count = (text: string, wild: RegExp) => text.match(wild)?.length ?? 0;
  return (
    pattern.length <= 1_000 &&
    count(pattern, /\*+|\{/g) <= 10 &&
    pattern.split('/').every((segment) => count(segment, /\*+/g) <= 4)
  );
}

/** A path as one pattern found it. */
export interface GlobMatch {
  /** The fixed folder it was found below. */
  readonly base: string;
  /** Named in full, not found by a wildcard or in a folder. */
  readonly exact: boolean;
}

/** Matches one positive pattern; undefined where the path is not meant. */
export function compileGlob(pattern: string): (path: string) => GlobMatch | undefined {
  const { base, rest } = splitGlob(pattern);
  const prefix = base === '' ? '' : `${base}/`;
  if (rest === '') {
    const folder = base.slice(0, Math.max(0, base.lastIndexOf('/')));
    return (path) => {
      if (path === base) return { base: folder, exact: true };
      return path.startsWith(prefix) ? { base, exact: false } : undefined;
    };
  }
  const matches = picomatch(rest.replace(/[()]/g, '\\$&'), options);
  return (path) => {
    if (path === pattern) return { base, exact: true };
    return path.startsWith(prefix) && matches(path.slice(prefix.length)) ? { base, exact: false } : undefined;
  };
}

/** What a list of patterns finds. The first pattern that matches says where a path belongs. */
export function compileGlobs(patterns: readonly string[]): (path: string) => GlobMatch | undefined {
  const positive = patterns.filter((pattern) => !pattern.startsWith('!')).map(compileGlob);
  const negative = patterns.filter((pattern) => pattern.startsWith('!')).map((p) => compileGlob(p.slice(1)));
  return (path) => {
    if (negative.some((matches) => matches(path))) return undefined;
    for (const matches of positive) {
      const found = matches(path);
      if (found) return found;
    }
    return undefined;
  };
}

/** True for the names that some of `patterns` means (tool names: `*` also crosses dots, not slashes). */
export function nameMatcher(patterns: readonly string[]): (name: string) => boolean {
  const matches = compileGlobs(patterns);
  return (name) => matches(name) !== undefined;
}

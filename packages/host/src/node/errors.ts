const reasons: Partial<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  ENOTDIR: 'not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'symbolic links in a circle',
  EMFILE: 'too many open files',
  ENOSPC: 'no space left',
};

/** An error for the user from what Node threw: `cannot read traces/a.jsonl: no such file or folder`. */
export function readError(path: string, cause: unknown): Error {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const why = reasons[code] ?? (cause instanceof Error ? cause.message : String(cause));
  return new Error(`cannot read ${path}: ${why}`, { cause });
}

/** The same for writing; an error that is one for the user already stays as it is. */
export function writeError(path: string, cause: unknown): Error {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === '' && cause instanceof Error) return cause;
  return new Error(`cannot write ${path}: ${reasons[code] ?? (cause as Error).message}`, { cause });
}

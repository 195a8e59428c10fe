import { compileGlobs } from '../globs.ts';

/** Endings of files that recordings come in; `.gz` may follow. Files named in full need none of them. */
export const TRACE_ENDINGS = ['.json', '.jsonl', '.ndjson', '.log'] as const;

/** Recordings among `paths`: what a glob finds if its ending fits, what is named in full always. */
export function findTraces(
  paths: readonly string[],
  globs: readonly string[],
): { readonly traces: readonly string[]; readonly matched: number } {
  const find = compileGlobs(globs);
  const traces: string[] = [];
  let matched = 0;
  for (const path of paths) {
    const found = find(path);
    if (!found) continue;
    matched++;
    const plain = path.endsWith('.gz') ? path.slice(0, -3) : path;
    if (found.exact || TRACE_ENDINGS.some((ending) => plain.endsWith(ending))) traces.push(path);
  }
  return { traces, matched };
}

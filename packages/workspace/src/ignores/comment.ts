const HASH = ['.rego', '.yaml', '.yml', '.manifest'];

/** What starts a comment in a file, by its ending: `#` in Rego and YAML, else `//`. */
export function commentOf(path: string): string {
  return HASH.some((ending) => path.endsWith(ending)) ? '#' : '//';
}

/** Words that are no names. `contains` is also a function, told by its bracket. */
export const KEYWORDS: ReadonlySet<string> = new Set([
  'package',
  'import',
  'default',
  'if',
  'else',
  'contains',
  'in',
  'some',
  'every',
  'not',
  'with',
  'as',
  'true',
  'false',
  'null',
]);

/** Names may be any word but these. */
export function isName(text: string): boolean {
  return (
    /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) &&
    !KEYWORDS.has(text) &&
    text !== 'input' &&
    text !== 'data' &&
    text !== '_'
  );
}

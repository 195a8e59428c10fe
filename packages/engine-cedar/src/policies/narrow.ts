import type { TextRange } from '@benchbook/model';

/**
 * The attribute that Cedar did not find, where it points at the whole expression around it; the range itself where that
 * cannot be told. The name stands in the message alone.
 */
export function narrowToAttribute(text: string, range: TextRange, message: string): TextRange {
  const path = /^attribute `([^`]+)` .*not found/.exec(message)?.[1];
  const name = path?.slice(path.lastIndexOf('.') + 1);
  if (!name || !/^[A-Za-z_]\w*$/.test(name)) return range;
  const access = new RegExp(`\\.(\\s*)${name}(?!\\w)`).exec(text.slice(range.start, range.end));
  if (!access) return range;
  const start = range.start + access.index + 1 + access[1]!.length;
  return { start, end: start + name.length };
}

/** Where a line is added to JSON Lines: after the last one, whether or not it ends in a line break. */
export function afterLastLine(
  text: string,
  line: string,
): { readonly offset: number; readonly newText: string; readonly lineStart: number } {
  const end = text.trimEnd().length;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const rest = text.slice(end);
  const hasBreak = rest.includes('\n');
  // Blank lines at the end stay behind the new one.
  const offset = hasBreak ? end + rest.indexOf('\n') + 1 : text.length;
  const before = end === 0 && !hasBreak ? '' : hasBreak ? '' : eol;
  return { offset, newText: `${before}${line}${eol}`, lineStart: offset + before.length };
}

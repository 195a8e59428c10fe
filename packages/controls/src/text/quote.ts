/** Text of a user inside a message: on one line, cut, in backticks. */
export function quote(text: string): string {
  return `\`${oneLine(text)}\``;
}

/** On one line, at most 80 UTF-16 units. */
export function oneLine(text: string): string {
  const line = text.slice(0, 200).replace(/\s+/g, ' ').replaceAll('`', "'").trim();
  return line.length <= 80 ? line : `${line.slice(0, 79)}…`;
}

/** `a`, `a or b`, `a, b or c`. */
export function listed(items: readonly string[], last: 'and' | 'or'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
}

/** Lines of a source, without their ends; a last empty one is none. */
export function sourceLines(text: string): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/**
 * Lines of a JSON text, two spaces an indentation. Works on the text itself, so that every digit stays; a text that
 * is no JSON comes back as something like it.
 */
export function indentJson(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  let depth = 0;
  const breakLine = () => {
    lines.push(line);
    line = '  '.repeat(depth);
  };
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[[{]\s*[\]}]|[[\]{},:]|[^"[\]{},:\s]+/gs)) {
    if (token === '[' || token === '{') {
      line += token;
      depth++;
      breakLine();
    } else if (token === ']' || token === '}') {
      depth = Math.max(0, depth - 1);
      breakLine();
      line += token;
    } else if (token === ',') {
      line += token;
      breakLine();
    } else line += token === ':' ? ': ' : token;
  }
  return [...lines, line];
}

/** Markdown of text that users and recordings wrote: it shows the text and nothing else. */

const MOST = 500;

/** One line of plain text. */
export function prose(text: string): string {
  return oneLine(text).replaceAll(/[\\`*_{}[\]()<>#+!|~&-]/g, '\\$&');
}

/** Text in code letters, on one line. */
export function code(text: string): string {
  const line = oneLine(text);
  const runs = [...line.matchAll(/`+/g)].map((run) => run[0].length);
  const fence = '`'.repeat(Math.max(0, ...runs) + 1);
  const space = runs.length > 0 ? ' ' : '';
  return `${fence}${space}${line === '' ? ' ' : line}${space}${fence}`;
}

/** An expression as a block. */
export function block(text: string): string {
  const shown = text.slice(0, 2000).toWellFormed().replaceAll('`', "'");
  return `\`\`\`cel\n${shown.replaceAll(/[^\P{Cc}\n]/gu, ' ').trim()}\n\`\`\``;
}

/** Paragraphs, without those that are empty. */
export function paragraphs(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

function oneLine(text: string): string {
  const line = text
    .slice(0, MOST)
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  return text.length > MOST ? `${line}…` : line;
}

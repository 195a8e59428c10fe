/** Text from users and recordings as Markdown that shows it and nothing else. */

const LONGEST = 400;

/** Plain text on one line; nothing in it is markup. */
export function plainText(text: string): string {
  const line = text
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  const cut = line.length > LONGEST ? `${line.slice(0, LONGEST - 3).toWellFormed()}...` : line;
  return cut.replaceAll(/[\\`*_{}[\]()<>#+!|~&-]/g, '\\$&');
}

/** Text on one line, for places that know no markup. */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 100)
    .toWellFormed();
}

/** Inline code, whatever stands in it. */
export function inlineCode(text: string): string {
  const line = text
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .slice(0, LONGEST)
    .toWellFormed();
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest || line.startsWith(' ') ? `${fence} ${line} ${fence}` : `${fence}${line || ' '}${fence}`;
}

/** A block of Cedar. */
export function codeBlock(text: string): string {
  const line = text
    .toWellFormed()
    .replaceAll(/[`\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .slice(0, 2000)
    .toWellFormed();
  return `\`\`\`cedar\n${line}\n\`\`\``;
}

/** Parts below each other; empty ones dropped. */
export function paragraphs(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

/** Text for a snippet that stands for itself. */
export function snippetText(text: string): string {
  return text.replaceAll(/[\\$}]/g, '\\$&');
}

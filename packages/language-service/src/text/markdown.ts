/** Text of a user or a recording in Markdown, so that nothing of it is markup. On one line. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/[\\`*_{}[\]<>#|~!]/g, '\\$&')
    .trim();
}

/** Text of a user as code in Markdown, on one line, cut to `most` UTF-16 units. */
export function markdownCode(text: string, most = 200): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const cut = line.length > most ? `${line.slice(0, most - 1)}…` : line;
  const ticks = Math.max(0, ...[...cut.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(ticks + 1);
  const space = cut.startsWith('`') || cut.endsWith('`') ? ' ' : '';
  return cut === '' ? '' : `${fence}${space}${cut}${space}${fence}`;
}

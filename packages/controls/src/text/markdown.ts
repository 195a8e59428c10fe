/** Text of a user or a catalog in Markdown, so that nothing of it is markup. On one line. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>#|~!]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .trim();
}

/** A link, or its text alone where the address is none of the web. */
export function markdownLink(text: string, address: string): string {
  return /^https:\/\/[^\s()<>[\]]+$/.test(address)
    ? `[${escapeMarkdown(text)}](${address})`
    : escapeMarkdown(text);
}

import { type MarkupContent, MarkupKind } from 'vscode-languageserver';

/** Markdown for clients that show it; for others without its signs. undefined for an empty text. */
export function markup(markdown: string, canMarkdown: boolean): MarkupContent | undefined {
  if (markdown === '') return undefined;
  return canMarkdown
    ? { kind: MarkupKind.Markdown, value: markdown }
    : { kind: MarkupKind.PlainText, value: plain(markdown) };
}

function plain(markdown: string): string {
  return markdown
    .replace(/^```.*$\n?/gm, '')
    .replace(/(?<!\\)[*`]/g, '')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

/** Text of a user or a recording inside Markdown: shown as it is, on one line. */
export function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]()#+\-.!|<>~&]/g, '\\$&');
}

/** The same as code; backticks inside do not end it. */
export function codeMarkdown(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return /^`|`$/.test(line) || line.trim() === '' ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

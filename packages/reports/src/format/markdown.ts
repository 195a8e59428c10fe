import { visible } from './visible.ts';
import { cutMiddle } from './width.ts';

/** Text longer than this is cut in a cell; JSON has it whole. */
const LONGEST = 300;

/** Breaks what GitHub and GitLab would link: mentions, issues, addresses. The text looks the same. */
function unlinked(text: string): string {
  return text
    .replace(/[@#!$](?=\w)/g, '$&&#8203;')
    .replace(/(GH-)(?=\d)/gi, '$1&#8203;')
    .replace(/(:)(?=\/\/)/g, '$1&#8203;')
    .replace(/(www)(?=\.)/gi, '$1&#8203;');
}

/** Words of catalogs and of our own, such as a control's title: no markup, no link and no mention works in it. */
export function markdownText(text: string): string {
  return unlinked(htmlText(cutMiddle(text, LONGEST)).replace(/[\\`*_[\]~]/g, '\\$&'));
}

/**
 * Text from outside as inline code: no markup, no link and no mention works in it. The fence is longer than any run
 * of backticks inside.
 */
export function markdownCode(text: string): string {
  const shown = visible(cutMiddle(text, LONGEST));
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 || shown === '' || /^ .* $/.test(shown) ? ' ' : '';
  return `${fence}${space}${shown}${space}${fence}`;
}

/** A table from cells that are Markdown already, but for the bars in them. */
export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    line(header),
    line(header.map((_, index) => (right.includes(index) ? '---:' : '---'))),
    ...rows.map(line),
  ];
}

/** A part that is folded away until it is asked for. `summary` is plain text. */
export function folded(summary: string, lines: readonly string[]): string[] {
  return ['<details>', `<summary>${unlinked(htmlText(summary))}</summary>`, '', ...lines, '', '</details>'];
}

function htmlText(text: string): string {
  return visible(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

import type { LineColumnRange } from '@benchbook/model';
import { visible } from '../format/visible.ts';
import { html, type Markup, type Part } from '../html/markup.ts';

/** A link that opens a file of the workspace, at a place if one is given. */
export function fileLink(
  file: string,
  at: { readonly line: number; readonly column?: number } | undefined,
  text: Part,
): Markup {
  return html`<a href="#" data-file="${file}"${at !== undefined && html` data-line="${at.line}"`}${
    at?.column !== undefined && html` data-column="${at.column}"`
  }>${text}</a>`;
}

/** `file:line:column` as a link that opens it. */
export function placeLink(file: string, range: LineColumnRange | null | undefined): Markup {
  const at = range?.start;
  return fileLink(file, at, code(at ? `${file}:${at.line}:${at.column}` : file));
}

/** Where something was recorded. */
export function recordingLink(source: { readonly file: string; readonly line?: number }): Markup {
  const { file, line } = source;
  if (line === undefined) return fileLink(file, undefined, code(file));
  return fileLink(file, { line }, code(`${file}:${line}`));
}

/** A link that opens a recorded call. */
export function callLink(call: string): Markup {
  return html`<a href="#" data-call="${call}">${code(call)}</a>`;
}

/** Text of a user as code, its control characters made visible. */
export function code(text: string): Markup {
  return html`<code>${visible(text)}</code>`;
}

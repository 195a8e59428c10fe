/**
 * Tests as text: below a line stand carets for what is found in it, and what is said of it.
 *
 *     args.amout > 10
 *     //   ^^^^^ unknown-attribute: no recorded call has `args.amout`
 *
 * A comment sign before the carets is for the reader's highlighting and may be left out (it must be where the
 * carets begin in the first columns). A range over several lines is marked up to the end of its first.
 */
import { strictEqual } from 'node:assert';
import { type TextRange, textDocument } from '@benchbook/model';

/** Something found in a text; a range of null is the whole file's and is marked at its start. */
export interface Finding {
  readonly range: TextRange | null;
  readonly code: string;
  readonly message: string;
}

/** One line of carets. */
export interface Mark {
  /** In the text without marks. */
  readonly range: TextRange;
  readonly label: string;
}

const MARK_LINE = /^\s*(?:\/\/|#)?\s*?(\^+)(?: (.*))?$/;

/** A template tag that drops the first and last line break and the common indentation. */
export function dedent(strings: TemplateStringsArray, ...values: readonly unknown[]): string {
  const text = strings.map((part, index) => (index === 0 ? part : String(values[index - 1]) + part)).join('');
  const lines = text
    .replace(/^\n/, '')
    .replace(/\n[ \t]*$/, '')
    .split('\n');
  const indents = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents, Number.MAX_SAFE_INTEGER);
  return lines.map((line) => line.slice(indent)).join('\n');
}

/** Takes the marks out of a text. */
export function parseMarked(marked: string): { readonly text: string; readonly marks: readonly Mark[] } {
  const kept: string[] = [];
  const marks: Mark[] = [];
  let lineStart = 0;
  let next = 0;
  for (const line of marked.split('\n')) {
    const found = MARK_LINE.exec(line);
    if (!found) {
      lineStart = next;
      next += line.length + 1;
      kept.push(line);
      continue;
    }
    if (kept.length === 0) throw new Error(`carets above the first line of text: ${line}`);
    const start = lineStart + line.indexOf('^');
    const end = start + found[1]!.length;
    if (end > next) throw new Error(`carets beyond the end of the line above: ${line}`);
    marks.push({ range: { start, end }, label: found[2] ?? '' });
  }
  return { text: kept.join('\n'), marks };
}

/** Puts findings into a text as marks, sorted by place, then label. */
export function renderMarked(text: string, findings: readonly Finding[], comment = '//'): string {
  const document = textDocument(text);
  const byLine = new Map<number, { column: number; width: number; label: string }[]>();
  for (const { range, code, message } of findings) {
    const { start, end } = range ?? { start: 0, end: 0 };
    const { line, column } = document.lineColumn(start);
    const lineEnd = text.indexOf('\n', start) === -1 ? text.length : text.indexOf('\n', start);
    const marks = byLine.get(line) ?? [];
    marks.push({
      column: column - 1,
      width: Math.max(1, Math.min(end, lineEnd) - start),
      label: `${code}: ${message}`,
    });
    byLine.set(line, marks);
  }
  return text
    .split('\n')
    .flatMap((line, index) => [
      line,
      ...(byLine.get(index + 1) ?? []).sort(inOrder).map((mark) => markLine(line, mark)),
    ])
    .join('\n');

  function markLine(line: string, mark: { column: number; width: number; label: string }): string {
    const indent = line.slice(0, line.length - line.trimStart().length).slice(0, mark.column);
    const lead = mark.column >= indent.length + comment.length ? indent + comment : '';
    return `${lead.padEnd(mark.column)}${'^'.repeat(mark.width)} ${mark.label}`;
  }
}

function inOrder(a: { column: number; label: string }, b: { column: number; label: string }): number {
  return a.column - b.column || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0);
}

/**
 * A template tag that fails unless `find` finds in the text exactly what its carets say. Carets may be written with or
 * without a comment sign and with any indentation before it.
 */
export function markedCheck(
  find: (text: string) => readonly Finding[] | Promise<readonly Finding[]>,
  comment = '//',
): (strings: TemplateStringsArray, ...values: readonly unknown[]) => Promise<void> {
  return async (strings, ...values) => {
    const { text, marks } = parseMarked(dedent(strings, ...values));
    const expected = marks.map(({ range, label }) => {
      const colon = label.indexOf(': ');
      return { range, code: label.slice(0, colon), message: label.slice(colon + 2) };
    });
    strictEqual(renderMarked(text, await find(text), comment), renderMarked(text, expected, comment));
  };
}

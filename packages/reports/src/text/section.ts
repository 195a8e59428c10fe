import { type Paint, paint } from '../format/paint.ts';
import { inertLine, visible } from '../format/visible.ts';
import { cutMiddle, wrap } from '../format/width.ts';
import type { ReporterOptions } from '../reporter.ts';

/** What a section writes with. */
export interface Page {
  readonly paint: Paint;
  readonly width: number;
}

/** One section of a text report: its lines, or none where it has nothing to say. */
export type Section<Report> = (report: Report, page: Page) => readonly string[];

/** Narrower than this nothing is laid out; the lines are then longer than the terminal. */
const MIN_WIDTH = 80;
/** Wider than this a row's cells are too far apart to be read as one. */
const MAX_WIDTH = 120;

/** The page for the given options. */
export function pageFor(options: ReporterOptions): Page {
  return {
    paint: paint(options.color),
    width: Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, Math.floor(options.width) || 0)),
  };
}

/** The whole report: blocks that say something with an empty line after each, and a last line to be counted. */
export function lay(blocks: readonly (readonly string[])[], last: string): string {
  const lines = blocks.filter((block) => block.length > 0).flatMap((block) => [...block, '']);
  return `${[...lines, last].map(inertLine).join('\n')}\n`;
}

/** A section's heading: the word, and what it counts. */
export function heading(page: Page, title: string, detail = ''): string {
  const rest = detail === '' ? '' : `  ${cutMiddle(detail, page.width - title.length - 2)}`;
  return `${page.paint.bold(title)}${rest}`;
}

/** Text from outside, made visible and broken into lines at `indent`. */
export function paragraph(page: Page, text: string, indent: number): string[] {
  const space = ' '.repeat(indent);
  return wrap(visible(text), page.width - indent).map((line) => space + line);
}

/** `file:line`, or the file where the format has no lines. */
export function place(source: { readonly file: string; readonly line?: number }): string {
  return visible(source.line === undefined ? source.file : `${source.file}:${source.line}`);
}

/** Says how many of a list were left out. */
export function more(page: Page, shown: number, total: number, where: string): string[] {
  return total > shown ? [page.paint.dim(`  ... and ${total - shown} more${where}`)] : [];
}

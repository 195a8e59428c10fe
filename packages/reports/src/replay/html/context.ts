import type { DecisionReport, LineColumnRange, ReplayReport } from '@benchbook/model';
import { visible } from '../../format/visible.ts';
import { html, type Markup } from '../../html/markup.ts';
import type { ReporterOptions } from '../../reporter.ts';
import { selectCalls } from './calls/select.ts';
import { sourceLines } from './covered/lines.ts';

/** Lines of all policy files together that a page shows; what is beyond is listed in tables. */
const SOURCE_LINES = 30_000;

/** What the parts of a page share. Anchors are numbers of ours: no name of a user stands in one. */
export interface Context {
  readonly report: ReplayReport;
  /** Files with coverage, by path. */
  readonly files: readonly string[];
  /** Lines of a file whose source is shown. */
  readonly source: (file: string) => readonly string[] | undefined;
  /** Calls that the page holds, in reading order. */
  readonly calls: readonly DecisionReport[];
  readonly policyAnchor: (id: string) => string | undefined;
  readonly fileAnchor: (file: string) => string | undefined;
  readonly lineAnchor: (file: string, line: number) => string | undefined;
  readonly callAnchor: (call: string) => string | undefined;
}

/** Anchors and sources of one report. */
export function createContext(report: ReplayReport, options: ReporterOptions): Context {
  const files = [
    ...new Set([...report.policies, ...report.helpers, ...report.lines].map((one) => one.file)),
  ].sort();
  const fileNumbers = new Map(files.map((file, index) => [file, index]));
  const policyNumbers = new Map(report.policies.map((policy, index) => [policy.id, index]));
  const calls = selectCalls(report.decisions ?? []);
  const callNumbers = new Map(calls.map((decision, index) => [decision.call, index]));
  const sources = readSources(files, options);
  const lookUp = (numbers: ReadonlyMap<string, number>, prefix: string) => (name: string) => {
    const number = numbers.get(name);
    return number === undefined ? undefined : `${prefix}${number}`;
  };
  const fileAnchor = lookUp(fileNumbers, 'f');
  return {
    report,
    files,
    source: (file) => sources.get(file),
    calls,
    policyAnchor: lookUp(policyNumbers, 'p'),
    fileAnchor,
    lineAnchor: (file, line) => {
      const lines = sources.get(file);
      return lines === undefined || line > lines.length ? fileAnchor(file) : `${fileAnchor(file)}-${line}`;
    },
    callAnchor: lookUp(callNumbers, 'c'),
  };
}

function readSources(files: readonly string[], options: ReporterOptions): Map<string, readonly string[]> {
  const sources = new Map<string, readonly string[]>();
  let left = SOURCE_LINES;
  for (const file of files) {
    const text = options.sources?.(file);
    if (text === undefined) continue;
    const lines = sourceLines(text);
    if (lines.length > left) continue;
    left -= lines.length;
    sources.set(file, lines);
  }
  return sources;
}

/** `text` as code, with a link where there is an anchor. */
export function codeLink(text: string, anchor: string | undefined): Markup {
  const code = html`<code>${visible(text)}</code>`;
  return anchor === undefined ? code : html`<a href="#${anchor}">${code}</a>`;
}

/** A policy by its name, linked to its source, with its file. */
export function policyLink(context: Context, id: string): Markup {
  const cut = id.indexOf('#');
  const link = codeLink(id.slice(cut + 1), context.policyAnchor(id));
  return cut === -1 ? link : html`${link} <small>${visible(id.slice(0, cut))}</small>`;
}

/** A call, by its id, linked to its row where the page holds it. */
export function callLink(context: Context, call: string): Markup {
  return codeLink(call, context.callAnchor(call));
}

/** `file:line:column`, linked to the source where the page shows it. */
export function placeLink(context: Context, file: string, range: LineColumnRange | null | undefined): Markup {
  if (!range) return codeLink(file, context.fileAnchor(file));
  const { line, column } = range.start;
  return codeLink(`${file}:${line}:${column}`, context.lineAnchor(file, line));
}

import {
  type Diagnostic,
  pointerTokens,
  suggest,
  type TextRange,
  toPointer,
  type Use,
} from '@benchbook/model';
import type { ArgumentIndex } from './argument-index.ts';

/** A tool or an argument that nobody knows, with what may have been meant. */
export interface ToolFinding {
  readonly diagnostic: Diagnostic;
  /** What to write in its place. */
  readonly meant?: { readonly range: TextRange; readonly newText: string };
}

/** One policy file with the places where it names tools and reads facts. */
export interface UsingFile {
  readonly path: string;
  readonly text: string;
  readonly uses: readonly Use[];
}

/** What {@link checkTools} finds, by code. */
export const TOOL_CODES = ['unknown-tool', 'unknown-argument'] as const;

/** Names that a message lists where nothing near can be told. */
const MOST_LISTED = 8;

/**
 * Tools that are neither declared nor recorded, and arguments that their tools do not take. `others`: findings of the
 * engines, which are not told twice. Says nothing where no tool is known.
 */
export function checkTools(
  files: readonly UsingFile[],
  index: ArgumentIndex,
  others: readonly Diagnostic[],
): readonly ToolFinding[] {
  if (index.tools.length === 0) return [];
  const found = files.flatMap((file) => checkFile(file, index));
  const byFile = new Map<string, Diagnostic[]>();
  for (const other of others) {
    const same = byFile.get(other.file);
    if (same) same.push(other);
    else byFile.set(other.file, [other]);
  }
  return found.filter(
    ({ diagnostic }) => !byFile.get(diagnostic.file)?.some((other) => isSamePlace(other, diagnostic)),
  );
}

/** True where an engine has told of an error at the place: in a schema the same name is unknown, too. */
function isSamePlace(other: Diagnostic, { file, range }: Diagnostic): boolean {
  if (other.file !== file || !other.range || !range) return false;
  if (other.severity !== 'error' && other.severity !== 'warning') return false;
  // A finding about a whole policy is about something else.
  const isAbout = other.range.end - other.range.start <= 4 * (range.end - range.start) + 40;
  return isAbout && other.range.start < range.end && range.start < other.range.end;
}

function checkFile({ path, text, uses }: UsingFile, index: ArgumentIndex): ToolFinding[] {
  const found: ToolFinding[] = [];
  const told = new Set<string>();
  for (const use of uses) {
    if (use.kind === 'tool') {
      if (!index.has(use.name)) found.push(unknownTool(path, text, use, index));
      continue;
    }
    if (use.guarded) continue;
    const [head, ...steps] = pointerTokens(use.pointer);
    if (head !== 'args' || steps.length === 0 || !isUnknown(steps, use.tools, index)) continue;
    const above = toPointer(steps.slice(0, -1));
    const key = `${use.tools.join('\n')}\n\n`;
    told.add(key + toPointer(steps));
    // The first unknown step is told; what lies below it follows from it.
    if (steps.length > 1 && told.has(key + above)) continue;
    found.push(unknownArgument(path, text, use, steps, index));
  }
  return found;
}

/** Certain: no tool that the policy is about takes it, and where it may be any, no tool at all. */
function isUnknown(steps: readonly string[], tools: readonly string[], index: ArgumentIndex): boolean {
  const asked = tools.length === 0 ? index.tools : tools;
  // What an unknown tool takes is anybody's guess.
  return asked.every((tool) => index.has(tool) && index.argument(tool, steps) === 'unknown');
}

function unknownTool(
  file: string,
  text: string,
  { range, name }: Extract<Use, { kind: 'tool' }>,
  index: ArgumentIndex,
): ToolFinding {
  const near = index.nearestTool(name);
  const message = `no tool \`${quoted(name)}\` is declared in the tools files or recorded; ${advice(near, index.tools)}`;
  return finding('unknown-tool', file, range, message, replacement(text, range, name, near));
}

function unknownArgument(
  file: string,
  text: string,
  { range, tools }: Extract<Use, { kind: 'fact' }>,
  steps: readonly string[],
  index: ArgumentIndex,
): ToolFinding {
  const asked = tools.length === 0 ? index.tools : tools;
  const members = [...new Set(asked.flatMap((tool) => index.members(tool, steps.slice(0, -1))))].sort();
  const name = steps.at(-1)!;
  const near = suggest(name, members);
  const of = tools.length === 0 ? 'no tool' : list(tools.slice(0, 3), tools.length - 3, 'and');
  const has = tools.length === 0 ? 'takes' : tools.length === 1 ? 'does not take' : 'do not take';
  const argument = steps.map(quoted).join('.').replaceAll('.-', '[]');
  const message = `${of} ${has} an argument \`${argument}\`, and no recorded call has it; ${advice(near, members)}`;
  return finding('unknown-argument', file, range, message, replacement(text, range, name, near));
}

function finding(
  code: (typeof TOOL_CODES)[number],
  file: string,
  range: TextRange,
  message: string,
  meant: ToolFinding['meant'],
): ToolFinding {
  return { diagnostic: { code, severity: 'warning', message, file, range }, ...(meant && { meant }) };
}

function advice(near: string | undefined, known: readonly string[]): string {
  if (near !== undefined) return `did you mean \`${quoted(near)}\`?`;
  if (known.length === 0) return 'it has none';
  return `known: ${list(known.slice(0, MOST_LISTED), known.length - MOST_LISTED, ',')}`;
}

/** `a`, `b` and 3 more. */
function list(names: readonly string[], further: number, last: 'and' | ','): string {
  const shown = names.map((name) => `\`${quoted(name)}\``);
  if (further > 0) return `${shown.join(', ')} and ${further} more`;
  if (last === ',' || shown.length < 2) return shown.join(', ');
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

function quoted(name: string): string {
  const line = name.replace(/[\s`]+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

/** The name as it stands inside `range`, without quotes and what leads to it. */
function replacement(
  text: string,
  range: TextRange,
  name: string,
  near: string | undefined,
): ToolFinding['meant'] {
  if (near === undefined || !isPlain(near)) return undefined;
  const at = text.slice(range.start, range.end).lastIndexOf(name);
  if (at === -1) return undefined;
  const start = range.start + at;
  const isWord = isIdentifier(name) && !isIdentifier(near) && !isInQuotes(text, start, start + name.length);
  return isWord ? undefined : { range: { start, end: start + name.length }, newText: near };
}

function isIdentifier(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name);
}

function isInQuotes(text: string, start: number, end: number): boolean {
  return /["'`]/.test(text[start - 1] ?? '') && text[end] === text[start - 1];
}

/** Safe in every language, in quotes and without. */
function isPlain(name: string): boolean {
  return /^[\w.:/-]+$/.test(name);
}

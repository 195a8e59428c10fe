import type { TextEdit } from '@benchbook/model';
import { parseYaml } from '../policy/read-policy.ts';
import { canonical } from '../set/canonical.ts';
import { createEnvironment, type Expression, parseExpression } from '../syntax/index.ts';
import { type LooseToken, looseTokens } from '../syntax/loose/lexer.ts';
import type { Site } from './document/site.ts';
import type { LanguageWorkspace } from './workspace.ts';

const MAX_LENGTH = 20_000;

/**
 * White space between the tokens of expressions, where the text stays the same expression: a `.cel` file line by
 * line, plain one-line scalars in YAML. Everything else keeps its form. null where something does not parse.
 */
export function format(workspace: LanguageWorkspace, path: string): readonly TextEdit[] | null {
  const document = workspace.document(path);
  if (!document) return null;
  if (document.kind !== 'expression') {
    let broken = false;
    parseYaml(document.text, { add: () => (broken = true) });
    if (broken) return null;
  }
  const edits: TextEdit[] = [];
  for (const site of document.sites) {
    const edit = formatSite(site);
    if (edit === null) return null;
    if (edit !== 'same') edits.push(edit);
  }
  return edits;
}

function formatSite(site: Site): TextEdit | 'same' | null {
  const { text, style, range } = site;
  if (text.length > MAX_LENGTH) return 'same';
  const before = read(text);
  if (!before) return null;
  if (
    style !== 'file' &&
    (style !== 'plain' ||
      text.includes('\n') ||
      site.toFile({ start: 0, end: text.length }).end !== range.end)
  ) {
    return 'same';
  }
  if (style === 'plain' && range.end - range.start !== text.length) return 'same';
  const formatted = style === 'file' ? formatLines(text) : formatLine(text);
  if (formatted === text) return 'same';
  // In a plain scalar these end a key or begin a comment.
  if (style === 'plain' && /: | #|:$/.test(formatted)) return 'same';
  const after = read(formatted);
  if (!after || canonical(after) !== canonical(before)) return 'same';
  return { range: { start: range.start, end: range.end }, newText: formatted };
}

/** Names need not be known to read an expression. */
function read(text: string): Expression | null {
  const { expression, issues } = parseExpression(text, createEnvironment({}, null), false);
  return issues.length === 0 ? expression : null;
}

/** Keeps lines and their indentation; lines inside a string or with a comment keep their form. */
function formatLines(text: string): string {
  const spans = looseTokens(text).filter((token) => token.text.includes('\n'));
  let offset = 0;
  const lines = text.split('\n').map((line) => {
    const start = offset;
    offset += line.length + 1;
    const isInside = spans.some((span) => span.start < start + line.length && start < span.end);
    const plain = line.replace(/\r$/, '');
    if (isInside || looseTokens(plain).length === 0) return isInside ? line : plain.trimEnd();
    const indent = /^[ \t]*/.exec(plain)?.[0] ?? '';
    const tokens = looseTokens(plain);
    const rest = plain.slice(tokens.at(-1)?.end).trim();
    if (/\/\//.test(between(plain, tokens))) return plain.trimEnd();
    return `${indent}${formatLine(plain)}${rest === '' ? '' : ` ${rest}`}`.trimEnd();
  });
  return `${lines.join('\n').trimEnd()}\n`;
}

/** What stands between the tokens of a line. */
function between(line: string, tokens: readonly LooseToken[]): string {
  let found = '';
  let from = 0;
  for (const { start, end } of tokens) {
    found += line.slice(from, start);
    from = end;
  }
  return found;
}

const TIGHT_AFTER = new Set(['(', '[', '{', '.', '!']);
const TIGHT_BEFORE = new Set([')', ']', '}', ',', '.', ':']);

/** One line with one blank between what is apart, and none where things belong together. */
function formatLine(text: string): string {
  const tokens = looseTokens(text);
  let result = '';
  /** Open brackets and conditionals, to tell a map's colon from a conditional's. */
  const open: string[] = [];
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    if (before) result += gap(tokens, index, open);
    result += token.text;
    if (token.kind !== 'punctuation') continue;
    if ('([{'.includes(token.text)) open.push(token.text);
    else if (')]}'.includes(token.text)) while (open.length > 0 && '?' === open.at(-1)) open.pop();
    if (')]}'.includes(token.text)) open.pop();
    else if (token.text === '?' && !isOptionalMark(tokens, index)) open.push('?');
    else if (token.text === ':' && open.at(-1) === '?') open.pop();
  }
  return result;
}

function gap(tokens: readonly LooseToken[], index: number, open: readonly string[]): string {
  const before = tokens[index - 1] as LooseToken;
  const token = tokens[index] as LooseToken;
  const is = (one: LooseToken, set: ReadonlySet<string>) => one.kind === 'punctuation' && set.has(one.text);
  if (is(before, TIGHT_AFTER)) return '';
  if (before.kind === 'punctuation' && before.text === '-' && isSign(tokens, index - 1)) return '';
  if (before.text === '?' && before.kind === 'punctuation' && isOptionalMark(tokens, index - 1)) return '';
  if (token.kind === 'punctuation' && token.text === ':' && open.at(-1) === '?') return ' ';
  if (is(token, TIGHT_BEFORE)) return '';
  const isCall = token.kind === 'punctuation' && (token.text === '(' || token.text === '[');
  if (isCall && endsOperand(before)) return before.kind === 'name' && before.text === 'in' ? ' ' : '';
  if (token.text === '?' && token.kind === 'punctuation' && isOptionalMark(tokens, index)) {
    return before.text === ',' ? ' ' : '';
  }
  return ' ';
}

function endsOperand(token: LooseToken): boolean {
  if (token.kind === 'punctuation') return token.text === ')' || token.text === ']' || token.text === '}';
  return token.kind !== 'unknown';
}

/** A minus that belongs to what follows. */
function isSign(tokens: readonly LooseToken[], index: number): boolean {
  const before = tokens[index - 1];
  return !before || !endsOperand(before) || (before.kind === 'name' && before.text === 'in');
}

/** The question mark of `.?`, `[?` and `{?`. */
function isOptionalMark(tokens: readonly LooseToken[], index: number): boolean {
  const before = tokens[index - 1];
  return before?.kind === 'punctuation' && ['.', '[', '{', ','].includes(before.text);
}

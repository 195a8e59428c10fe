import {
  type Completion,
  type CompletionItem,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  type TextRange,
  type ToolKnowledge,
} from '@benchbook/model';
import type { Context } from '../context.ts';
import { comparedStrings, inputRead, toolsOf } from '../index/facts.ts';
import { type RegoFile, type RuleLine, ruleAt } from '../index/file.ts';
import { absoluteOf, meaningOf, scopeAt } from '../index/resolve.ts';
import { describe, holdsToolName, membersBelow, type Path } from '../knowledge/input.ts';
import { stringValue, type Token, tokenIndexAt } from '../syntax/lexer.ts';
import type { Reference, Scope } from '../syntax/rule.ts';
import type { Statement } from '../syntax/statements.ts';
import { builtinItems, exampleItems, item, keywords, memberItem, ruleItem, toolItems } from './items.ts';
import { completeComment } from './metadata.ts';
import { snippets } from './snippets.ts';

/** What may stand at an offset. */
export function complete(context: Context, file: RegoFile, offset: number, known: ToolKnowledge): Completion {
  const at = tokenIndexAt(file.tokens, offset - 1);
  const token = file.tokens[at];
  const here = token && token.start < offset && offset <= token.end ? token : undefined;
  if (here?.kind === 'comment') return completeComment(file, offset);
  const statement = file.statements.findLast(({ range }) => range.start < offset);
  const inString =
    here && (here.kind === 'string' || here.kind === 'raw') && (here.open || offset < here.end);
  if (here?.kind === 'text' || here?.kind === 'number') return { items: [] };
  const word: TextRange =
    here?.kind === 'name' ? { start: here.start, end: here.end } : { start: offset, end: offset };
  const line = statement?.kind === 'rule' ? ruleAt(file, offset) : undefined;
  if (inString) return { items: line ? inQuotes(context, file, line, here, known) : [] };
  if (statement && atTop(file, statement, word.start)) return { items: top(context, file, word) };
  if (!statement) return { items: top(context, file, word) };
  if (statement.kind !== 'rule') return { items: header(context, statement, word) };
  if (!line) return { items: [] };
  const step = stepAt(line, offset);
  if (step) return { items: below(context, file, line, step.reference, step.index, known) };
  const called = file.text[word.end] === '(';
  const before = tokenBefore(line.statement, word.start);
  return { items: inRule(context, file, line, word, before, called, known) };
}

/** A word that begins a line in the first column, where no bracket is open or what follows is broken anyway. */
function atTop({ text }: RegoFile, { range }: Statement, start: number): boolean {
  const column = start === 0 || /[\r\n]/.test(text[start - 1]!);
  return column && (start >= range.end || start === range.start);
}

function tokenBefore({ tokens }: Statement, start: number): number {
  return tokens.findLastIndex(({ end }) => end <= start);
}

function top(context: Context, file: RegoFile, word: TextRange): CompletionItem[] {
  const own = file.package.map(({ name }) => name);
  const words = file.package.length === 0 ? ['package', 'import', 'default'] : ['import', 'default'];
  const names = [...context.workspace.rules(own).values()]
    // What is being typed is no rule yet.
    .filter(({ lines }) =>
      lines.some((one) => one.file !== file || one.line.statement.range.start !== word.start),
    )
    .map(({ name }) => item(name, 'policy', word, 'another clause', '', 40));
  return [...keywords(words, word, 10), ...snippets(word, syntaxOf(context, file)), ...names];
}

function syntaxOf(context: Context, file: RegoFile): number {
  const modern = file.imports.some(({ path }) => path.map(({ name }) => name).join('.') === 'rego.v1');
  return modern ? 1 : context.version(file.path);
}

const MODERN = [
  'rego.v1',
  'future.keywords.if',
  'future.keywords.in',
  'future.keywords.contains',
  'future.keywords.every',
];

function header(context: Context, statement: Statement, word: TextRange): CompletionItem[] {
  const start = statement.tokens[1]?.start ?? word.start;
  const range = { start: Math.min(start, word.start), end: word.end };
  if (statement.kind === 'package') {
    return context.workspace.packages.map((path) => item(path.join('.'), 'module', range, 'package'));
  }
  if (statement.tokens.some(({ text, end }) => text === 'as' && end < word.start)) return [];
  const paths = context.workspace.packages.flatMap((path) => {
    const name = `data.${path.join('.')}`;
    const rules = [...context.workspace.rules(path).keys()].map((rule) =>
      item(`${name}.${rule}`, 'policy', range, 'rule', '', 60),
    );
    return [item(name, 'module', range, 'package', '', 20), ...rules];
  });
  const modern = MODERN.map((name) =>
    item(name, 'module', range, 'keywords', '', name === 'rego.v1' ? 10 : 70),
  );
  const data = Object.keys(context.data()).map((name) =>
    item(`data.${name}`, 'module', range, 'base data', '', 60),
  );
  const known = new Set(paths.map(({ label }) => label));
  const out = [
    ...modern,
    ...paths,
    ...data.filter(({ label }) => !known.has(label)),
    item('input', 'module', range, 'the call'),
  ];
  const path = statement.tokens.slice(1).every((token) => token.end <= word.end);
  return path ? out : [...out, ...keywords(['as'], word)];
}

/** The step of a reference that an offset is in, or right behind. */
function stepAt(line: RuleLine, offset: number): { reference: Reference; index: number } | undefined {
  for (const reference of line.rule.references) {
    const index = reference.steps.findIndex(
      ({ range, dotted }) => dotted && range.start <= offset && offset <= range.end,
    );
    if (index >= 0) return { reference, index };
  }
  return undefined;
}

function below(
  context: Context,
  file: RegoFile,
  line: RuleLine,
  reference: Reference,
  index: number,
  known: ToolKnowledge,
): CompletionItem[] {
  const step = reference.steps[index]!;
  const range = { start: step.range.start, end: step.range.end };
  const called = file.text[range.end] === '(';
  const absolute = absoluteOf(context.workspace, file, reference, context.builtins);
  if (!absolute) {
    const meaning = meaningOf(context.workspace, file, reference, context.builtins);
    if (meaning.kind === 'local') return [];
    const names = [reference.head.text, ...reference.steps.slice(0, index).map(({ name }) => name)];
    return builtinItems(context, names.join('.'), range, called);
  }
  const path = absolute.path.slice(0, absolute.prefix.length + index);
  if (absolute.root === 'input') {
    const tools = toolsOf(context, file, line, reference.scope);
    return membersBelow(path, tools, known, context.mapping).map((member) => memberItem(member, range));
  }
  return dataItems(context, path, range, called);
}

function dataItems(context: Context, path: Path, range: TextRange, called: boolean): CompletionItem[] {
  const names = path.map((name) => name ?? '');
  const out = new Map<string, CompletionItem>();
  for (const one of context.workspace.packages) {
    if (one.length <= names.length || !names.every((name, index) => name === one[index])) continue;
    const name = one[names.length]!;
    out.set(name, item(name, 'module', range, 'package', '', 20));
  }
  for (const group of context.workspace.rules(names).values())
    out.set(group.name, ruleItem(context, group, range, called));
  let value: Json | undefined = context.data();
  for (const name of path) {
    value = isObject(value ?? null) && name !== null ? getOwn(value as JsonObject, name) : undefined;
  }
  if (isObject(value ?? null)) {
    for (const name of Object.keys(value as object).slice(0, 500)) {
      if (!out.has(name))
        out.set(
          name,
          memberItem({ name, type: 'base data', description: '', examples: [], calls: 0 }, range),
        );
    }
  }
  return [...out.values()];
}

/** Between quotes: what a place of the input is compared with, or a key of it. */
function inQuotes(
  context: Context,
  file: RegoFile,
  line: RuleLine,
  token: Token,
  known: ToolKnowledge,
): CompletionItem[] {
  const end = token.open ? token.end : token.end - 1;
  const range = { start: token.start + 1, end: Math.max(token.start + 1, end) };
  const compared = comparedStrings(context, file, line).find((one) => one.token === token);
  if (compared) return valueItems(context, file, line, compared.read.reference, range, true, known);
  for (const reference of line.rule.references) {
    const index = reference.steps.findIndex(({ range: place }) => place.start === token.start);
    const absolute = index < 0 ? undefined : absoluteOf(context.workspace, file, reference, context.builtins);
    if (absolute?.root !== 'input') continue;
    const path = absolute.path.slice(0, absolute.prefix.length + index);
    const tools = toolsOf(context, file, line, reference.scope);
    return membersBelow(path, tools, known, context.mapping).map((member) => {
      const base = memberItem({ ...member, name: member.name }, range);
      return { ...base, range, newText: JSON.stringify(member.name).slice(1, -1) };
    });
  }
  return [];
}

function valueItems(
  context: Context,
  file: RegoFile,
  line: RuleLine,
  reference: Reference,
  range: TextRange,
  quoted: boolean,
  known: ToolKnowledge,
): CompletionItem[] {
  const read = inputRead(context, file, reference);
  if (!read) return [];
  if (read.facts && holdsToolName(read.facts)) return toolItems(known, range, quoted);
  const tools = toolsOf(context, file, line, reference.scope);
  return exampleItems(describe(read.path, tools, known, context.mapping), range, quoted);
}

function inRule(
  context: Context,
  file: RegoFile,
  line: RuleLine,
  word: TextRange,
  before: number,
  called: boolean,
  known: ToolKnowledge,
): CompletionItem[] {
  const { tokens } = line.statement;
  const { head } = line.rule;
  const afterHead =
    head.reference && !tokens.slice(0, before + 1).some(({ text }) => /^(?::=|=|if|contains|\{)$/.test(text));
  if (
    afterHead &&
    before >= head.reference!.to - 1 &&
    tokens[before]?.text !== '(' &&
    tokens[before]?.text !== ','
  ) {
    const closed = tokens[before]!.text === ')' || !head.arguments;
    if (closed) return keywords(head.arguments || head.default ? ['if'] : ['if', 'contains'], word, 5);
  }
  const compared = comparedWith(line, before);
  const values = compared ? valueItems(context, file, line, compared, word, false, known) : [];
  return [...values, ...expression(context, file, line, word, called)];
}

/** The reference that a literal at this place would be compared with. */
function comparedWith(line: RuleLine, before: number): Reference | undefined {
  const { tokens } = line.statement;
  let at = before;
  while (tokens[at] && (tokens[at]!.text === ',' || stringValue(tokens[at]!) !== undefined)) at--;
  if (tokens[at]?.text === '{' || tokens[at]?.text === '[') {
    if (tokens[at - 1]?.text !== 'in') return undefined;
    at--;
  } else if (at !== before) return undefined;
  if (!/^(?:==|!=|in)$/.test(tokens[at]?.text ?? '') || (tokens[at]?.text === 'in' && at === before))
    return undefined;
  return line.rule.references.find(({ to, call }) => to === at && !call);
}

const WORDS = ['some', 'every', 'not', 'in', 'with', 'as', 'if', 'else', 'contains', 'true', 'false', 'null'];

/** Everything that may begin or go on with an expression. */
function expression(
  context: Context,
  file: RegoFile,
  line: RuleLine,
  word: TextRange,
  called: boolean,
): CompletionItem[] {
  const out = new Map<string, CompletionItem>();
  const add = (one: CompletionItem) => {
    if (!out.has(one.label)) out.set(one.label, one);
  };
  for (let scope: Scope | null = scopeAt(line, word.start); scope; scope = scope.parent) {
    for (const { name, kind, range } of scope.names.values()) {
      if (range.start === word.start) continue;
      add(item(name, 'variable', word, kind === 'argument' ? 'argument' : 'variable', '', 8));
    }
  }
  for (const imported of file.imports) {
    if (imported.name === '') continue;
    const path = imported.path.map(({ name }) => name).join('.');
    add(item(imported.name, 'module', word, `import ${path}`, '', 25));
  }
  for (const group of context.workspace.rules(file.package.map(({ name }) => name)).values()) {
    add(ruleItem(context, group, word, called));
  }
  for (const root of ['input', 'data'])
    add({ ...keywords([root], word, 9)[0]!, kind: 'variable', detail: '' });
  for (const one of keywords(WORDS, word, 40)) add(one);
  for (const one of builtinItems(context, undefined, word, called)) add(one);
  return [...out.values()];
}

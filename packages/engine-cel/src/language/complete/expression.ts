/** What may stand at the cursor in an expression. */
import type { CompletionItem, TextRange, ToolKnowledge } from '@benchbook/model';
import type { LooseToken } from '../../syntax/loose/lexer.ts';
import { type LooseNode, pathAt } from '../../syntax/loose/node.ts';
import { localsAt } from '../cel/locals.ts';
import { documentedNames, functionDocs } from '../docs/functions.ts';
import { standardFact } from '../docs/standard-facts.ts';
import { variablesInScope } from '../document/policy.ts';
import { Certainty } from '../facts/certain.ts';
import { Knowledge } from '../facts/knowledge.ts';
import { block } from '../markdown.ts';
import type { LanguageWorkspace } from '../workspace.ts';
import type { ExpressionCursor } from './cursor.ts';
import { completeMembers, functionItem, type MemberPlace } from './members.ts';
import { expectedValues, valueItems } from './values.ts';

/** Items with ranges and texts of the file. */
export function completeExpression(
  cursor: ExpressionCursor,
  known: ToolKnowledge,
  workspace: LanguageWorkspace,
): CompletionItem[] {
  const items = expressionItems(cursor, known, workspace);
  // In a plain scalar, YAML takes ` : ` for the end of a key.
  const fitting = cursor.site.style === 'plain' ? items.filter(({ label }) => label !== '? :') : items;
  return fitting.map((item) => ({
    ...item,
    range: { start: cursor.toFile(item.range.start), end: cursor.toFile(item.range.end) },
    newText: cursor.encode(item.newText, item.range),
  }));
}

function expressionItems(
  { site, at }: ExpressionCursor,
  known: ToolKnowledge,
  workspace: LanguageWorkspace,
): CompletionItem[] {
  const { root, tokens } = site.tree;
  const current = tokens.find(({ start, end }) => start < at && at <= end);
  if (!current && inComment(site.text, at)) return [];
  const path = pathAt(root, at);
  const certainty = new Certainty(workspace);
  const { meanings } = certainty;
  const string = stringAt(current, at);
  const isWord = current?.kind === 'name';
  if (current && !isWord && !string && current.kind !== 'punctuation') return [];
  const range = isWord ? { start: current.start, end: current.end } : { start: at, end: at };
  const before = tokens.findLast(({ end }) => end <= range.start);
  const knowledge = new Knowledge(known, certainty.at(site, path).tools);
  const place = { site, path, at };
  if (!string && (before?.text === '.' || (before?.text === '?' && isOptionalDot(tokens, before)))) {
    const member = memberPlace(root, tokens, before, range, site);
    return member ? completeMembers(member, meanings, knowledge) : [];
  }
  const expected = expectedValues(place, workspace, meanings, knowledge);
  if (string) return valueItems(expected, string, range);
  if (before && endsOperand(before) && before.end <= range.start) return operators(range);
  const isCalled = tokens.find(({ start }) => start >= range.end)?.text === '(';
  return [
    ...valueItems(expected, null, range),
    ...nameItems(site, path, range, workspace),
    ...functionItems(range, isCalled),
    ...KEYWORDS.map(([label, detail]) => ({ ...PLAIN, label, detail, range, newText: label, rank: 80 })),
  ];
}

const PLAIN = { kind: 'keyword', documentation: '' } as const;
const KEYWORDS = [
  ['true', 'bool'],
  ['false', 'bool'],
  ['null', 'null'],
] as const;

function inComment(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return /^(?:[^"'/]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\/(?!\/))*\/\//.test(line);
}

function stringAt(token: LooseToken | undefined, at: number): { content: TextRange; quote: string } | null {
  if (token?.kind !== 'string' || !token.content) return null;
  const { content } = token;
  if (at < content.start || (token.isClosed && at > content.end)) return null;
  // Of a string that nobody closed, what stands behind the cursor is not its text.
  const end = token.isClosed ? content.end : at;
  return {
    content: { start: content.start, end },
    quote: token.text[content.start - token.start - 1] ?? '"',
  };
}

function isOptionalDot(tokens: readonly LooseToken[], question: LooseToken): boolean {
  return tokens[tokens.indexOf(question) - 1]?.text === '.';
}

function endsOperand(token: LooseToken): boolean {
  if (token.kind === 'punctuation') return [')', ']', '}'].includes(token.text);
  return token.kind !== 'unknown' && token.text !== 'in';
}

function memberPlace(
  root: LooseNode,
  tokens: readonly LooseToken[],
  before: LooseToken,
  range: TextRange,
  site: ExpressionCursor['site'],
): MemberPlace | null {
  const optional = before.text === '?';
  const dot = optional ? tokens[tokens.indexOf(before) - 1] : before;
  if (!dot) return null;
  const path = pathAt(root, dot.start);
  const index = path.findLastIndex((node) =>
    node.kind === 'select'
      ? node.dot === dot.start
      : node.kind === 'call' && node.nameRange.start === range.start,
  );
  const node = path[index];
  const receiver = node?.kind === 'select' ? node.operand : node?.kind === 'call' ? node.target : null;
  if (!receiver) return null;
  return {
    receiver: { node: receiver, site, locals: localsAt(path.slice(0, index + 1)) },
    range,
    dot: dot.start,
    isCalled: node?.kind === 'call',
    optional,
  };
}

function nameItems(
  site: ExpressionCursor['site'],
  path: readonly LooseNode[],
  range: TextRange,
  workspace: LanguageWorkspace,
): CompletionItem[] {
  const items: CompletionItem[] = [];
  const add = (label: string, detail: string, documentation: string, rank: number): void => {
    items.push({ label, kind: 'variable', detail, documentation, range, newText: label, rank });
  };
  for (const { name } of localsAt(path)) add(name, 'name of the macro around', '', 20);
  if (site.role === 'test') return items;
  for (const { name, expression } of variablesInScope(site)) {
    if (name)
      add(`variables.${name.text}`, 'variable of the policy', expression ? block(expression.text) : '', 25);
  }
  for (const { name, type, template } of workspace.variables.values()) {
    const shown = type.startsWith('map') ? 'map' : type.replace('google.protobuf.Timestamp', 'timestamp');
    const fact = typeof template === 'string' ? standardFact(template) : null;
    add(name, shown, fact?.documentation ?? '', 30);
  }
  return items;
}

function functionItems(range: TextRange, isCalled: boolean): CompletionItem[] {
  const names = documentedNames().filter((name) => !name.includes('.'));
  const spaces = ['math', 'strings', 'base64', 'optional', 'cel'].map(
    (label): CompletionItem => ({
      label,
      kind: 'module',
      detail: 'functions',
      documentation: '',
      range,
      newText: label,
      rank: 70,
    }),
  );
  return [
    ...names.map((name) => functionItem(functionDocs(name), range, isCalled, name === 'has' ? 40 : 60)),
    ...spaces,
  ];
}

const OPERATORS = [
  ['==', 'equal'],
  ['!=', 'not equal'],
  ['in', 'is an item of a list, or a key of a map'],
  ['&&', 'both hold'],
  ['||', 'one of both holds'],
  ['>', 'greater'],
  ['>=', 'greater or equal'],
  ['<', 'less'],
  ['<=', 'less or equal'],
  ['+', 'sum, or texts and lists joined'],
  ['-', 'difference'],
  ['*', 'product'],
  ['/', 'quotient'],
  ['%', 'remainder'],
] as const;

function operators(range: TextRange): CompletionItem[] {
  const plain = OPERATORS.map(
    ([label, detail], index): CompletionItem => ({
      label,
      kind: 'keyword',
      detail,
      documentation: '',
      range,
      newText: `${label} `,
      rank: 10 + index,
    }),
  );
  return [
    ...plain,
    {
      label: '? :',
      kind: 'keyword',
      detail: 'one value or another',
      documentation: '',
      range,
      newText: `? \${1:yes} : \${2:no}`,
      isSnippet: true,
      rank: 30,
    },
  ];
}

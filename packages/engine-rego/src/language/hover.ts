import type { Hover, ToolKnowledge } from '@benchbook/model';
import { type Context, occurrencesAt } from './context.ts';
import { comparedStrings, inputRead, toolsOf } from './index/facts.ts';
import { type RegoFile, ruleAt } from './index/file.ts';
import type { Occurrence } from './index/occurrences.ts';
import { builtinDocs, signatureOf } from './knowledge/builtins.ts';
import { headText, memberDocs, ruleDocs, ruleType, toolDocs, toolNames } from './knowledge/docs.ts';
import { describe, holdsToolName, type Path } from './knowledge/input.ts';
import { KEYWORD_DOCS } from './knowledge/keywords.ts';
import { block, code } from './markdown.ts';
import { type Token, tokenIndexAt } from './syntax/lexer.ts';
import { lookUp } from './syntax/rule.ts';

/** What stands at an offset. */
export function hover(context: Context, file: RegoFile, offset: number, known: ToolKnowledge): Hover | null {
  const token = file.tokens[tokenIndexAt(file.tokens, offset)];
  const onToken = token && token.start <= offset ? token : undefined;
  if (onToken?.kind === 'comment') return null;
  const asTool = onToken && toolLiteral(context, file, onToken, known);
  if (asTool) return asTool;
  for (const found of occurrencesAt(context, file, offset)) {
    const contents = contentsOf(context, file, found, known);
    if (contents) return { range: found.range, contents };
  }
  const doc = onToken?.kind === 'name' ? KEYWORD_DOCS.get(onToken.text) : undefined;
  if (!onToken || doc === undefined) return null;
  return { range: { start: onToken.start, end: onToken.end }, contents: `${code(onToken.text)}: ${doc}` };
}

function toolLiteral(
  context: Context,
  file: RegoFile,
  token: Token,
  known: ToolKnowledge,
): Hover | undefined {
  const line = ruleAt(file, token.start);
  const found = line && comparedStrings(context, file, line).find((one) => one.token === token);
  if (!found?.read.facts || !holdsToolName(found.read.facts)) return undefined;
  const docs = toolDocs(found.value, known);
  const unknown = toolNames(known).includes(found.value)
    ? ''
    : 'No tool of this name is declared or recorded.';
  const contents = [`tool ${code(found.value)}`, docs === '' ? unknown : docs].filter((part) => part !== '');
  return { range: { start: token.start, end: token.end }, contents: contents.join('\n\n') };
}

function contentsOf(
  context: Context,
  file: RegoFile,
  found: Occurrence,
  known: ToolKnowledge,
): string | undefined {
  const path = found.key.slice(found.key.indexOf(':') + 1).split('\0');
  switch (found.kind) {
    case 'builtin': {
      const builtin = context.builtins.get(found.name);
      return builtin && `${block(signatureOf(builtin).label)}\n\n${builtinDocs(builtin)}`;
    }
    case 'rule': {
      const group = context.workspace.rules(path.slice(0, -1)).get(path.at(-1)!);
      if (!group) return undefined;
      const type = ruleType(context, group);
      const head = `data.${group.package.join('.')}.${headText(group)}`;
      return `${block(type === '' ? head : `${head}: ${type}`)}\n\n${ruleDocs(group)}`;
    }
    case 'package': {
      const names = [...context.workspace.rules(path).keys()].sort();
      return `${block(`package ${path.join('.')}`)}\n\n${names.slice(0, 30).map(code).join(', ')}`;
    }
    case 'import':
      return found.leadsTo ? `import of ${code(pathText(found.leadsTo))}` : undefined;
    case 'input':
      return inputContents(context, file, found, known);
    case 'data':
      return `${code(pathText(found.key))}: base data, or undefined`;
    case 'local':
      return localContents(context, file, found, known);
    default:
      return undefined;
  }
}

function pathText(key: string): string {
  const path = key.slice(key.indexOf(':') + 1);
  return `data.${path.replace(/^\//, '').replaceAll(/[\0/]/g, '.')}`;
}

function inputContents(
  context: Context,
  file: RegoFile,
  found: Occurrence,
  known: ToolKnowledge,
): string | undefined {
  if (!found.line) return undefined;
  for (const reference of found.line.rule.references) {
    const at = reference.steps.findIndex(({ range }) => range.start === found.range.start);
    if (at < 0) continue;
    const read = inputRead(context, file, reference);
    if (!read) continue;
    const tools = toolsOf(context, file, found.line, reference.scope);
    return placeContents(context, read.path.slice(0, read.before + at + 1), tools, known);
  }
  return undefined;
}

function placeContents(context: Context, path: Path, tools: readonly string[], known: ToolKnowledge): string {
  const member = describe(path, tools, known, context.mapping);
  const name = `input${path.map((part) => (part === null ? '[_]' : /^\w+$/.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`)).join('')}`;
  const head = member.type === '' ? name : `${name}: ${member.type}`;
  const of = path[0] === 'args' && tools.length > 0 ? `of ${tools.slice(0, 5).map(code).join(', ')}` : '';
  return [block(head), of, memberDocs(member)].filter((part) => part !== '').join('\n\n');
}

function localContents(
  context: Context,
  file: RegoFile,
  found: Occurrence,
  known: ToolKnowledge,
): string | undefined {
  if (!found.line) return undefined;
  const reference = found.line.rule.references.find(({ head }) => head.start === found.range.start);
  const declared = reference
    ? lookUp(found.name, reference.scope)?.declaration
    : found.line.rule.scopes
        .flatMap(({ names }) => names.get(found.name) ?? [])
        .find(({ range }) => range.start === found.range.start);
  if (!declared) return `${code(found.name)}: variable`;
  const what = declared.kind === 'argument' ? 'argument' : 'variable';
  const value = declared.value;
  const read = value && inputRead(context, file, value.reference);
  if (!value || !read || value.reference.call) return `${code(found.name)}: ${what}`;
  const path = value.member ? [...read.path, null] : read.path;
  const tools = toolsOf(context, file, found.line, value.reference.scope);
  return `${code(found.name)}: ${what}\n\n${placeContents(context, path, tools, known)}`;
}

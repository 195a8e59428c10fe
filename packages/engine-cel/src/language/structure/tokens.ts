/** Semantic tokens of expressions; the YAML around them is left to the editor. */
import type { SemanticToken, TextRange, TokenModifier, TokenType } from '@benchbook/model';
import { commentsOf } from '../../syntax/loose/lexer.ts';
import { type LooseNode, looseChildren } from '../../syntax/loose/node.ts';
import { innerLocals, type Local } from '../cel/locals.ts';
import { functionDocs } from '../docs/functions.ts';
import { everyRule } from '../document/policy.ts';
import type { Site } from '../document/site.ts';
import type { LanguageWorkspace } from '../workspace.ts';

type Kind = readonly [TokenType, ...TokenModifier[]];

/** Tokens of all expressions of a file, by place. */
export function tokens(workspace: LanguageWorkspace, path: string): readonly SemanticToken[] {
  const document = workspace.document(path);
  if (!document) return [];
  const found: SemanticToken[] = [];
  for (const rule of everyRule(document.policy.rule)) {
    for (const { name } of rule.variables) {
      if (name) add(found, document.text, name, ['variable', 'declaration', 'readonly']);
    }
  }
  for (const site of document.sites) {
    for (const [range, kind] of siteTokens(site, workspace))
      add(found, document.text, site.toFile(range), kind);
  }
  found.sort((a, b) => a.range.start - b.range.start);
  return found.filter(({ range }, index) => range.start >= (found[index - 1]?.range.end ?? 0));
}

/** Tokens stay within a line. */
function add(
  found: SemanticToken[],
  text: string,
  { start, end }: TextRange,
  [type, ...modifiers]: Kind,
): void {
  let from = start;
  for (const line of text.slice(start, end).split('\n')) {
    const inset = from === start ? 0 : line.length - line.trimStart().length;
    const range = { start: from + inset, end: from + line.trimEnd().length };
    if (range.end > range.start) found.push({ range, type, modifiers });
    from += line.length + 1;
  }
}

function siteTokens(site: Site, workspace: LanguageWorkspace): (readonly [TextRange, Kind])[] {
  const { tree, text } = site;
  const names = namesIn(site, tree.root, workspace);
  const found: (readonly [TextRange, Kind])[] = commentsOf(text, tree.tokens).map((range) => [
    range,
    ['comment'],
  ]);
  for (const token of tree.tokens) {
    const kind = names.get(token.start) ?? plainKind(token.kind, token.text);
    if (kind) found.push([token, kind]);
  }
  return found;
}

function plainKind(kind: string, text: string): Kind | null {
  if (kind === 'string' || kind === 'bytes') return ['string'];
  if (kind === 'number') return ['number'];
  if (kind === 'punctuation') return /^[=!<>&|+\-*/%?:]+$/.test(text) ? ['operator'] : null;
  if (kind === 'name') {
    if (text === 'in') return ['operator'];
    if (text === 'true' || text === 'false' || text === 'null') return ['keyword'];
  }
  return null;
}

/** What the names of an expression are, by where they start. */
function namesIn(site: Site, root: LooseNode, workspace: LanguageWorkspace): Map<number, Kind> {
  const kinds = new Map<number, Kind>();
  const pending: { node: LooseNode; locals: readonly Local[] }[] = [{ node: root, locals: [] }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node, locals } = next;
    if (node.kind === 'name') kinds.set(node.start, nameKind(node.name, node.start, locals, workspace, site));
    else if (node.kind === 'select') {
      const isVariable =
        node.operand.kind === 'name' && node.operand.name === 'variables' && site.rule !== null;
      kinds.set(node.fieldRange.start, isVariable ? ['variable', 'readonly'] : ['property']);
    } else if (node.kind === 'call') {
      const isSpace =
        node.target?.kind === 'name' && functionDocs(`${node.target.name}.${node.name}`).length > 0;
      const isKnown = isSpace || functionDocs(node.target ? `.${node.name}` : node.name).length > 0;
      const type = node.target && !isSpace ? 'method' : 'function';
      kinds.set(node.nameRange.start, isKnown ? [type, 'defaultLibrary'] : [type]);
    }
    for (const part of looseChildren(node))
      pending.push({ node: part, locals: innerLocals(node, part, locals) });
  }
  return kinds;
}

const SPACES = new Set(['math', 'base64', 'strings', 'optional', 'cel']);
const TYPES = new Set([
  'bool',
  'bytes',
  'double',
  'int',
  'list',
  'map',
  'null_type',
  'string',
  'type',
  'uint',
]);

function nameKind(
  name: string,
  start: number,
  locals: readonly Local[],
  workspace: LanguageWorkspace,
  site: Site,
): Kind {
  const local = locals.findLast((candidate) => candidate.name === name);
  if (local) return local.declaration.start === start ? ['parameter', 'declaration'] : ['parameter'];
  if (workspace.variables.has(name) && site.role !== 'test')
    return ['variable', 'readonly', 'defaultLibrary'];
  if (name === 'variables' && site.rule) return ['namespace'];
  if (SPACES.has(name)) return ['namespace', 'defaultLibrary'];
  return TYPES.has(name) ? ['type', 'defaultLibrary'] : ['variable'];
}

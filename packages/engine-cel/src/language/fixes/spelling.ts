/** Fixes that replace a misspelt word by the one that was meant. */
import {
  type CodeFix,
  type Diagnostic,
  pointerTokens,
  suggest,
  type TextRange,
  toPointer,
} from '@benchbook/model';
import { everyNode, type LooseNode, pathAt } from '../../syntax/loose/node.ts';
import { localsAt } from '../cel/locals.ts';
import { escapeContent, stringValue } from '../cel/text.ts';
import { documentedNames } from '../docs/functions.ts';
import { OUTCOME_WORDS } from '../docs/outcomes.ts';
import { variablesInScope } from '../document/policy.ts';
import { slotAt } from '../document/shape.ts';
import type { Site } from '../document/site.ts';
import { Certainty } from '../facts/certain.ts';
import { Knowledge } from '../facts/knowledge.ts';
import { uses } from '../uses.ts';
import { yamlPathAt } from '../yaml/node.ts';
import { type FixContext, fixOf, touches } from './context.ts';

export function spellingFixes(context: FixContext): CodeFix[] {
  return context.diagnostics.flatMap((diagnostic): CodeFix[] => {
    if (!diagnostic.range) return [];
    const found =
      diagnostic.code === 'cel-unknown-key'
        ? keyFix(context, diagnostic, diagnostic.range)
        : [
            ...expressionFixes(context, diagnostic, diagnostic.range),
            ...useFixes(context, diagnostic, diagnostic.range),
          ];
    const seen = new Set<string>();
    return found.filter(({ title }) => !seen.has(title) && seen.add(title));
  });
}

function replace(
  context: FixContext,
  diagnostic: Diagnostic,
  range: TextRange,
  word: string,
  newText = word,
): CodeFix {
  const { start, end } = range;
  return fixOf(
    context,
    `Change to \`${word}\``,
    { range: { start, end }, newText },
    { kind: 'quickfix', diagnostic, isPreferred: true },
  );
}

function keyFix(context: FixContext, diagnostic: Diagnostic, range: TextRange): CodeFix[] {
  const { document } = context;
  if (!document.shape) return [];
  const keys: string[] = [];
  for (const step of yamlPathAt(document.root, range.start)) {
    if (!('keyRange' in step)) {
      if (!('kind' in step)) keys.push('-');
      continue;
    }
    if (step.keyRange.start === range.start) {
      const slot = slotAt(document.shape, keys);
      const near = slot?.kind === 'map' ? suggest(step.key, Object.keys(slot.shape.keys)) : undefined;
      return near ? [replace(context, diagnostic, step.keyRange, near)] : [];
    }
    keys.push(step.key);
  }
  return [];
}

/** Names, functions and outcome words in the part of an expression that a diagnostic is about. */
function expressionFixes(context: FixContext, diagnostic: Diagnostic, range: TextRange): CodeFix[] {
  const found = context.document.siteAt(range.start);
  if (!found || !diagnostic.code.startsWith('cel-')) return [];
  const { site } = found;
  return [...everyNode(site.tree.root)].flatMap((node): CodeFix[] => {
    const correction =
      diagnostic.code === 'cel-output-error'
        ? outcomeWord(context, site, node)
        : misspelt(context, site, node);
    if (!correction) return [];
    const place = site.toFile(correction.range);
    if (place.start < range.start || place.end > range.end) return [];
    return [replace(context, diagnostic, place, correction.word)];
  });
}

interface Correction {
  readonly range: TextRange;
  readonly word: string;
}

function outcomeWord({ workspace }: FixContext, site: Site, node: LooseNode): Correction | null {
  const text = stringValue(node, site.text);
  if (text === null || node.kind !== 'literal' || !node.content) return null;
  const words = [...OUTCOME_WORDS.map(({ word }) => word), ...workspace.words.keys()];
  const word = words.includes(text) ? undefined : suggest(text, words);
  return word === undefined || /["'\\]/.test(word) ? null : { range: node.content, word };
}

function misspelt({ workspace }: FixContext, site: Site, node: LooseNode): Correction | null {
  if (node.kind === 'call') {
    const isSpace = node.target?.kind === 'name' && SPACES.includes(node.target.name);
    const prefix = isSpace && node.target?.kind === 'name' ? `${node.target.name}.` : node.target ? '.' : '';
    const names = documentedNames().filter(
      (name) => name.startsWith(prefix) && (prefix !== '' || !name.includes('.')),
    );
    const word = correct(
      node.name,
      names.map((name) => name.slice(prefix.length)),
    );
    return word === null ? null : { range: node.nameRange, word };
  }
  if (
    node.kind === 'select' &&
    node.operand.kind === 'name' &&
    node.operand.name === 'variables' &&
    site.rule
  ) {
    const word = correct(
      node.field,
      variablesInScope(site).flatMap(({ name }) => name?.text ?? []),
    );
    return word === null ? null : { range: node.fieldRange, word };
  }
  if (node.kind !== 'name') return null;
  const locals = localsAt(pathAt(site.tree.root, node.start)).map(({ name }) => name);
  const names = [
    ...locals,
    ...workspace.variables.keys(),
    ...(site.rule ? ['variables'] : []),
    ...SPACES,
    ...TYPES,
  ];
  const word = correct(node.name, names);
  return word === null ? null : { range: node, word };
}

const SPACES = ['math', 'base64', 'strings', 'optional', 'cel'];
const TYPES = [
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
  'google',
];

function correct(word: string, known: readonly string[]): string | null {
  return known.includes(word) ? null : (suggest(word, known) ?? null);
}

/** Tools and members of facts that nobody knows, wherever a diagnostic says so. */
function useFixes(context: FixContext, diagnostic: Diagnostic, range: TextRange): CodeFix[] {
  const { workspace, document, known } = context;
  const found = document.siteAt(range.start);
  if (!found) return [];
  for (const use of uses(workspace, document.path)) {
    if (!touches(use.range, range) || use.range.start < range.start || use.range.end > range.end) continue;
    const { tools } = new Certainty(workspace).at(found.site, pathAt(found.site.tree.root, found.at));
    if (use.kind === 'tool') {
      const word = correct(use.name, new Knowledge(known, null).toolNames());
      const quote = document.text[use.range.start] === "'" ? "'" : '"';
      if (word === null || /["'\\]/.test(word)) continue;
      const inner = { start: use.range.start + 1, end: use.range.end - 1 };
      const isPlain = inner.end - inner.start === use.name.length;
      return isPlain ? [replace(context, diagnostic, inner, word, escapeContent(word, quote))] : [];
    }
    const tokens = pointerTokens(use.pointer);
    const members = new Knowledge(known, tools)
      .members(toPointer(tokens.slice(0, -1)))
      .map(({ name }) => name);
    const word = correct(tokens.at(-1) ?? '', members);
    const isName = word !== null && /^[A-Za-z_][A-Za-z0-9_]*$/.test(word);
    if (isName && use.range.end - use.range.start === tokens.at(-1)?.length) {
      return [replace(context, diagnostic, use.range, word)];
    }
  }
  return [];
}

/** Literals that a place in an expression waits for. */
import type { CompletionItem, TextRange } from '@benchbook/model';
import { bare, type LooseNode } from '../../syntax/loose/node.ts';
import { localsAt } from '../cel/locals.ts';
import { escapeContent, stringValue } from '../cel/text.ts';
import { OUTCOME_WORDS } from '../docs/outcomes.ts';
import type { Site } from '../document/site.ts';
import type { Knowledge } from '../facts/knowledge.ts';
import type { Meanings } from '../facts/meaning.ts';
import { prose } from '../markdown.ts';
import type { LanguageWorkspace } from '../workspace.ts';

/** A value with what is said of it. */
export interface Expected {
  /** As a literal. */
  readonly literal: string;
  /** The text, where it is one. */
  readonly text: string | null;
  readonly detail: string;
  readonly documentation: string;
  readonly kind: CompletionItem['kind'];
}

/** Where the cursor stands in a tree. */
export interface TreePlace {
  readonly site: Site;
  readonly path: readonly LooseNode[];
  readonly at: number;
}

export function expectedValues(
  place: TreePlace,
  workspace: LanguageWorkspace,
  meanings: Meanings,
  knowledge: Knowledge,
): readonly Expected[] {
  const words = outputPlace(place);
  if (words === 'outcome') return outcomeWords(workspace);
  if (words === 'key') return OUTPUT_KEYS;
  const pointer = comparedFact(place, meanings);
  if (pointer === null) return [];
  return knowledge.values(pointer).map(({ literal, value, detail }) => ({
    literal,
    text: typeof value === 'string' ? value : null,
    detail,
    documentation: pointer === '/tool/name' && typeof value === 'string' ? knowledge.tool(value) : '',
    kind: pointer === '/tool/name' || pointer === '/session/tools/-' ? 'action' : 'constant',
  }));
}

/** Items for expected values; inside a string its content is replaced. */
export function valueItems(
  expected: readonly Expected[],
  string: { readonly content: TextRange; readonly quote: string } | null,
  range: TextRange,
): (CompletionItem & { readonly range: TextRange })[] {
  return expected.flatMap(({ literal, text, detail, documentation, kind }, index) => {
    if (string && text === null) return [];
    const quote = string?.quote === "'" ? "'" : '"';
    return [
      {
        label: string ? (text ?? '') : literal,
        kind,
        detail,
        documentation,
        range: string ? string.content : range,
        newText: string ? escapeContent(text ?? '', quote) : literal,
        rank: 1 + Math.min(index, 8),
      },
    ];
  });
}

/** The fact that what stands at the end of a path is compared with, or sought in. */
export function comparedFact({ site, path }: TreePlace, meanings: Meanings): string | null {
  const pointerOf = (node: LooseNode, depth: number): string | null =>
    meanings.pointer({ node, site, locals: localsAt(path.slice(0, depth + 1)) });
  let index = path.length - 1;
  let node = path[index];
  let isInList = node?.kind === 'list';
  for (; index >= 0; index--) {
    const parent = path[index - 1];
    node = path[index];
    if (!node || !parent) return null;
    if (parent.kind === 'paren' || (parent.kind === 'list' && !isInList)) {
      isInList ||= parent.kind === 'list';
      continue;
    }
    if (parent.kind !== 'binary') return null;
    const { operator, left, right } = parent;
    if (operator === 'in') {
      if (node === left) {
        const list = isInList ? null : pointerOf(right, index - 1);
        return list === null ? null : `${list}/-`;
      }
      return isInList ? pointerOf(left, index - 1) : null;
    }
    if (isInList || ['+', '-', '*', '/', '%'].includes(operator)) return null;
    return pointerOf(node === right ? left : right, index - 1);
  }
  return null;
}

/** Where in an output the cursor stands. */
function outputPlace({ site, path, at }: TreePlace): 'outcome' | 'key' | null {
  if (site.role !== 'output') return null;
  for (const [index, node] of path.entries()) {
    const next = path[index + 1];
    if (node.kind === 'map') {
      const entry = node.entries.find(({ key, value }) => next === key || next === value);
      if (!next || !entry || next === entry.key) return at > node.start ? 'key' : null;
      return stringValue(entry.key, site.text) === 'outcome' && isPlain(path.slice(index + 1))
        ? 'outcome'
        : null;
    }
    if (node.kind === 'conditional' && next !== node.test) continue;
    if (node.kind === 'paren' || (node.kind === 'list' && site.rule)) continue;
    if (!next) return isPlain([node]) ? 'outcome' : null;
    return null;
  }
  return null;
}

function isPlain(path: readonly LooseNode[]): boolean {
  const [first] = path;
  if (!first || path.length > 1) return first?.kind === 'conditional' || first?.kind === 'paren';
  const node = bare(first);
  return (
    node.kind === 'missing' || node.kind === 'name' || (node.kind === 'literal' && node.type === 'string')
  );
}

function outcomeWords(workspace: LanguageWorkspace): Expected[] {
  const own = [...workspace.words].map(([word, verdict]) => ({
    word,
    documentation: `${verdict.outcome}, by \`mapping.cel.outputs\` of the manifest: ${prose(verdict.reasons.join('; '))}`,
    detail: verdict.outcome as string,
  }));
  const standard = OUTCOME_WORDS.map(({ word, documentation }) => ({
    word,
    documentation,
    detail: 'outcome',
  }));
  return [...standard, ...own].map(({ word, documentation, detail }) => ({
    literal: `"${escapeContent(word, '"')}"`,
    text: word,
    detail,
    documentation,
    kind: 'constant',
  }));
}

const OUTPUT_KEYS: readonly Expected[] = (
  [
    [
      'outcome',
      'an outcome word',
      'What is decided: `"allow"`, `"deny"`, `"escalate"`, or a word that the manifest names.',
    ],
    ['reason', 'string', 'Why, for the person who reads the decision.'],
    ['obligations', 'list', 'What must be done with the outcome: texts, or maps with `type`.'],
  ] as const
).map(([key, detail, documentation]) => ({
  literal: `"${key}": `,
  text: key,
  detail,
  documentation,
  kind: 'member',
}));

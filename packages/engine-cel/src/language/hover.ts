import type { Hover, ToolKnowledge } from '@benchbook/model';
import { pathAt } from '../syntax/loose/node.ts';
import { localsAt } from './cel/locals.ts';
import { stringValue } from './cel/text.ts';
import { describeFunction } from './complete/members.ts';
import { comparedFact } from './complete/values.ts';
import { functionDocs, signatureOf } from './docs/functions.ts';
import { OUTCOME_WORDS } from './docs/outcomes.ts';
import type { CelDocument } from './document/document.ts';
import { slotAt } from './document/shape.ts';
import { Certainty } from './facts/certain.ts';
import { Knowledge } from './facts/knowledge.ts';
import type { Meaning } from './facts/meaning.ts';
import { block, code, paragraphs, prose } from './markdown.ts';
import { namesOf } from './navigate/names.ts';
import { type Target, targetAt } from './navigate/target.ts';
import type { LanguageWorkspace } from './workspace.ts';
import { yamlPathAt } from './yaml/node.ts';

/** What stands at an offset, for people. */
export function hover(
  workspace: LanguageWorkspace,
  path: string,
  offset: number,
  known: ToolKnowledge,
): Hover | null {
  const document = workspace.document(path);
  if (!document) return null;
  const target = targetAt(workspace, document, offset);
  if (target) {
    const contents = targetHover(workspace, document, target, offset, known);
    return contents === '' ? null : { range: { start: target.range.start, end: target.range.end }, contents };
  }
  return stringHover(workspace, document, offset, known) ?? keyHover(document, offset);
}

function targetHover(
  workspace: LanguageWorkspace,
  document: CelDocument,
  target: Target,
  offset: number,
  known: ToolKnowledge,
): string {
  const certainty = new Certainty(workspace);
  const found = document.siteAt(offset);
  const tools = found ? certainty.at(found.site, pathAt(found.site.tree.root, found.at)).tools : null;
  const knowledge = new Knowledge(known, tools);
  switch (target.kind) {
    case 'fact': {
      const types = knowledge.types(target.pointer).join(' or ') || 'dyn';
      const name = target.pointer.slice(1).replaceAll('/', '.');
      return paragraphs(`${code(name)}: ${types}`, knowledge.documentation(target.pointer));
    }
    case 'function': {
      const docs = functionDocs(target.name);
      const [first] = docs;
      return first ? paragraphs(block(signatureOf(first).label), describeFunction(docs)) : '';
    }
    case 'variable': {
      const { expression } = target.variable;
      const meaning =
        expression && certainty.meanings.of({ node: expression.tree.root, site: expression, locals: [] });
      return paragraphs(
        `${code(`variables.${target.text}`)}: ${typeOf(meaning, knowledge)}`,
        expression ? block(expression.text) : '',
      );
    }
    case 'local': {
      const { local, site } = target;
      const path = pathAt(site.tree.root, local.macro.nameRange.start);
      const node = local.macro.args.at(-1);
      const locals = node ? [...localsAt(path), local] : [];
      const meaning = certainty.meanings.of({ node: local.declaration, site, locals });
      const of = local.macro.target;
      const from = of && local.role !== 'bound' ? ` of ${code(site.text.slice(of.start, of.end))}` : '';
      return `${code(target.text)}: ${typeOf(meaning, knowledge)}, ${ROLES[local.role]}${from}`;
    }
    case 'id':
      return idHover(target);
    case 'file':
      return paragraphs(`The expression of ${code(target.document.path)}`, block(target.document.text));
  }
}

const ROLES = {
  item: 'an item',
  first: 'the index or key',
  second: 'the item or value',
  bound: 'a value with a name',
} as const;

function typeOf(meaning: Meaning | null, knowledge: Knowledge): string {
  if (meaning?.kind === 'fact') return knowledge.types(meaning.pointer).join(' or ') || 'dyn';
  return meaning?.kind === 'value' ? meaning.type : 'dyn';
}

function idHover({ document, id }: Target & { kind: 'id' }): string {
  for (const { what, name } of namesOf(document)) {
    if (what.kind === 'rule' && what.rule.id === id) return `Rule ${code(name)} of ${code(document.path)}`;
    if (what.kind === 'case' && what.case.id === id) {
      const { condition, output } = what.case;
      return paragraphs(
        `Case ${code(name)} of ${code(document.path)}`,
        condition ? block(condition.text) : '',
        output ? block(output.text) : '',
      );
    }
  }
  return `Name of the policy ${code(document.path)}`;
}

/** A tool or an outcome word in quotes. */
function stringHover(
  workspace: LanguageWorkspace,
  document: CelDocument,
  offset: number,
  known: ToolKnowledge,
): Hover | null {
  const found = document.siteAt(offset);
  if (!found) return null;
  const { site, at } = found;
  const path = pathAt(site.tree.root, at);
  const node = path.at(-1);
  const text = stringValue(node, site.text);
  if (!node || text === null) return null;
  const { meanings } = new Certainty(workspace);
  const pointer = comparedFact({ site, path, at }, meanings);
  const isTool = pointer === '/tool/name' || pointer === '/session/tools/-';
  const contents = isTool
    ? new Knowledge(known, null).tool(text)
    : site.role === 'output'
      ? word(workspace, text)
      : '';
  return contents === '' ? null : { range: site.toFile(node), contents };
}

function word(workspace: LanguageWorkspace, text: string): string {
  const standard = OUTCOME_WORDS.find((candidate) => candidate.word === text);
  if (standard) return `${code(text)}: ${standard.documentation}`;
  const verdict = workspace.words.get(text);
  if (!verdict) return '';
  return paragraphs(
    `${code(text)}: ${verdict.outcome}, by \`mapping.cel.outputs\` of the manifest.`,
    prose(verdict.reasons.filter((reason) => reason !== text).join('; ')),
  );
}

/** What a key of the format is for. */
function keyHover(document: CelDocument, offset: number): Hover | null {
  if (!document.shape) return null;
  const keys: string[] = [];
  for (const step of yamlPathAt(document.root, offset)) {
    if (!('keyRange' in step)) {
      if (!('kind' in step)) keys.push('-');
      continue;
    }
    const { keyRange, key } = step;
    if (keyRange.start <= offset && offset <= keyRange.end) {
      const slot = slotAt(document.shape, keys);
      const shape =
        slot?.kind === 'map' && Object.hasOwn(slot.shape.keys, key) ? slot.shape.keys[key] : undefined;
      if (!shape) return null;
      return { range: keyRange, contents: paragraphs(`${code(key)}: ${shape.holds}`, shape.documentation) };
    }
    keys.push(key);
  }
  return null;
}

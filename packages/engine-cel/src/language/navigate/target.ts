/** What stands at an offset, as something that has places. */
import type { Location, TextRange } from '@benchbook/model';
import { type LooseNode, looseChildren, pathAt } from '../../syntax/loose/node.ts';
import { innerLocals, type Local, localsAt } from '../cel/locals.ts';
import type { CelDocument } from '../document/document.ts';
import { everyRule, findVariable, type PlacedText, type VariableOutline } from '../document/policy.ts';
import type { Site } from '../document/site.ts';
import { Meanings } from '../facts/meaning.ts';
import type { LanguageWorkspace } from '../workspace.ts';
import { findName, namePlaces, partsIn } from './names.ts';

export type Target = { readonly range: TextRange; readonly text: string } & (
  | { readonly kind: 'variable'; readonly document: CelDocument; readonly variable: VariableOutline }
  | { readonly kind: 'local'; readonly document: CelDocument; readonly site: Site; readonly local: Local }
  /** An id of a rule or case, or the policy's name where it stands for one. */
  | { readonly kind: 'id'; readonly document: CelDocument; readonly id: PlacedText }
  /** The one expression of a `.cel` file, by the name of its file. */
  | { readonly kind: 'file'; readonly document: CelDocument }
  | { readonly kind: 'fact'; readonly pointer: string }
  | { readonly kind: 'function'; readonly name: string }
);

/** An occurrence of a target; `write`: where it is declared. */
export interface Occurrence extends Location {
  readonly isDeclaration: boolean;
}

export function targetAt(workspace: LanguageWorkspace, document: CelDocument, offset: number): Target | null {
  if (document.kind === 'controls' || document.kind === 'tests') {
    const outside = outsideTarget(workspace, document, offset);
    if (outside) return outside;
  }
  const found = document.siteAt(offset);
  if (found) return expressionTarget(workspace, document, found.site, found.at);
  return document.kind === 'policy' ? declaredTarget(document, offset) : null;
}

function touches({ start, end }: TextRange, offset: number): boolean {
  return start <= offset && offset <= end;
}

/** An id or a variable's name in the YAML of a policy. */
function declaredTarget(document: CelDocument, offset: number): Target | null {
  const idTarget = (id: PlacedText): Target => ({ kind: 'id', document, id, range: id, text: id.text });
  const { name } = document.policy;
  if (name && touches(name, offset)) return idTarget(name);
  for (const rule of everyRule(document.policy.rule)) {
    if (rule.id && touches(rule.id, offset)) return idTarget(rule.id);
    for (const variable of rule.variables) {
      if (variable.name && touches(variable.name, offset)) {
        return { kind: 'variable', document, variable, range: variable.name, text: variable.name.text };
      }
    }
    for (const { id } of rule.cases) if (id && touches(id, offset)) return idTarget(id);
  }
  return null;
}

/** A name of a policy in a sidecar or a tests file. */
function outsideTarget(workspace: LanguageWorkspace, document: CelDocument, offset: number): Target | null {
  const written = namePlaces(document).find((place) => touches(place, offset));
  if (!written) return null;
  for (const policy of policiesFor(workspace, document)) {
    if (policy.kind === 'expression') {
      if (policy.name === written.text)
        return { kind: 'file', document: policy, range: written, text: written.text };
      continue;
    }
    const named = findName(policy, written.text, document.kind === 'tests');
    const part = named && partsIn(named, written).findLast((candidate) => touches(candidate, offset));
    if (part?.id) return { kind: 'id', document: policy, id: part.id, range: part, text: part.id.text };
  }
  return null;
}

function policiesFor(workspace: LanguageWorkspace, document: CelDocument): readonly CelDocument[] {
  if (document.kind === 'controls') return workspace.policiesOf(document);
  const policy = workspace.policyOf(document);
  return policy ? [policy] : [];
}

function expressionTarget(
  workspace: LanguageWorkspace,
  document: CelDocument,
  site: Site,
  at: number,
): Target | null {
  const path = pathAt(site.tree.root, at);
  const node = path.at(-1);
  for (let index = path.length - 1; index >= 0; index--) {
    const candidate = path[index] as LooseNode;
    if (candidate.kind === 'select' && touches(candidate.fieldRange, at)) {
      return nodeTarget(workspace, document, site, candidate, localsAt(path.slice(0, index + 1)));
    }
    if (candidate.kind === 'call' && touches(candidate.nameRange, at)) {
      return nodeTarget(workspace, document, site, candidate, []);
    }
  }
  if (node?.kind !== 'name') return null;
  const parent = path.at(-2);
  // A name that a macro declares means itself.
  const locals = parent ? innerLocals(parent, node, localsAt(path.slice(0, -1))) : [];
  return nodeTarget(workspace, document, site, node, locals);
}

/** What a name, a member or a function means; null where it means nothing that has places. */
export function nodeTarget(
  workspace: LanguageWorkspace,
  document: CelDocument,
  site: Site,
  node: LooseNode,
  locals: readonly Local[],
): Target | null {
  if (node.kind === 'name') {
    const place = { range: site.toFile(node), text: node.name };
    const local = locals.findLast(({ name }) => name === node.name);
    if (local) return { kind: 'local', document, site, local, ...place };
    const pointer = new Meanings(workspace).pointer({ node, site, locals });
    return pointer === null ? null : { kind: 'fact', pointer, ...place };
  }
  if (node.kind === 'call') {
    const isSpace = node.target?.kind === 'name' && SPACES.has(node.target.name);
    const name = isSpace && node.target?.kind === 'name' ? `${node.target.name}.${node.name}` : node.name;
    return {
      kind: 'function',
      name: node.target && !isSpace ? `.${name}` : name,
      range: site.toFile(node.nameRange),
      text: node.name,
    };
  }
  if (node.kind !== 'select') return null;
  const place = { range: site.toFile(node.fieldRange), text: node.field };
  const meanings = new Meanings(workspace);
  const operand = meanings.of({ node: node.operand, site, locals });
  if (operand?.kind === 'variables') {
    const variable = findVariable(site, node.field);
    return variable && { kind: 'variable', document, variable, ...place };
  }
  const pointer = meanings.pointer({ node, site, locals });
  return pointer === null ? null : { kind: 'fact', pointer, ...place };
}

const SPACES = new Set(['math', 'base64', 'strings', 'optional', 'cel']);

/** All targets in an expression, by place. */
export function* targetsIn(
  workspace: LanguageWorkspace,
  document: CelDocument,
  site: Site,
): Generator<Target> {
  const pending: { node: LooseNode; locals: readonly Local[] }[] = [{ node: site.tree.root, locals: [] }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node, locals } = next;
    const target = nodeTarget(workspace, document, site, node, locals);
    if (target) yield target;
    const parts = looseChildren(node).map((part) => ({
      node: part,
      locals: innerLocals(node, part, locals),
    }));
    pending.push(...parts.reverse());
  }
}

/** True where two targets are the same thing. */
export function isSame(a: Target, b: Target): boolean {
  if (a.kind === 'variable' && b.kind === 'variable') return a.variable === b.variable;
  if (a.kind === 'local' && b.kind === 'local')
    return a.site === b.site && a.local.declaration === b.local.declaration;
  if (a.kind === 'id' && b.kind === 'id') return a.id === b.id;
  if (a.kind === 'file' && b.kind === 'file') return a.document === b.document;
  if (a.kind === 'fact' && b.kind === 'fact') return a.pointer === b.pointer;
  return a.kind === 'function' && b.kind === 'function' && a.name === b.name;
}

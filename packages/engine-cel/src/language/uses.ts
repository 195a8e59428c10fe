import type { Use } from '@benchbook/model';
import { bare, type LooseNode, looseChildren } from '../syntax/loose/node.ts';
import { innerLocals, type Local } from './cel/locals.ts';
import { stringValue } from './cel/text.ts';
import type { Site } from './document/site.ts';
import { type Certain, Certainty, join } from './facts/certain.ts';
import { fieldPointer, type Placed } from './facts/meaning.ts';
import type { LanguageWorkspace } from './workspace.ts';
import type { YamlNode } from './yaml/node.ts';

/** Tools that the policies of a file name, and facts that they read. */
export function uses(workspace: LanguageWorkspace, path: string): readonly Use[] {
  const document = workspace.document(path);
  if (!document || document.kind === 'controls' || document.kind === 'tests') return [];
  if (document.sites.some(({ tree }) => tree.issues.length > 0) || isHalfTyped(document.root)) return [];
  const certainty = new Certainty(workspace);
  const found: Use[] = [];
  for (const site of document.sites) new SiteUses(site, certainty, found).find();
  return found.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}

function isHalfTyped(root: YamlNode): boolean {
  const pending = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.kind === 'scalar' && !node.isClosed) return true;
    if (node.kind === 'sequence') pending.push(...node.items.map(({ value }) => value));
    if (node.kind !== 'map') continue;
    if (node.entries.some(({ colon }) => colon === null)) return true;
    pending.push(...node.entries.map(({ value }) => value));
  }
  return false;
}

class SiteUses {
  readonly #site: Site;
  readonly #certainty: Certainty;
  readonly #found: Use[];

  constructor(site: Site, certainty: Certainty, found: Use[]) {
    this.#site = site;
    this.#certainty = certainty;
    this.#found = found;
  }

  find(): void {
    this.#visit(this.#site.tree.root, [], this.#certainty.around(this.#site), false);
  }

  /** `isMeant`: the absence of the fact is meant, as in `has(...)`. */
  #visit(node: LooseNode, locals: readonly Local[], certain: Certain, isMeant: boolean): void {
    const placed: Placed = { node, site: this.#site, locals };
    if (this.#isFact(placed, certain, isMeant)) return;
    if (node.kind === 'binary') this.#comparison(placed);
    const isHas = node.kind === 'call' && node.name === 'has' && !node.target;
    const isDefault = node.kind === 'call' && (node.name === 'orValue' || node.name === 'or');
    for (const part of looseChildren(node)) {
      const inner = join(certain, this.#certainty.beside(placed, part));
      this.#visit(part, innerLocals(node, part, locals), inner, isHas || (isDefault && part === node.target));
    }
  }

  /** Notes the longest path that is a fact, and goes on in the indexes along it. */
  #isFact(placed: Placed, certain: Certain, isMeant: boolean): boolean {
    const { node } = placed;
    if (node.kind !== 'select' && node.kind !== 'index') return false;
    const pointer = this.#certainty.meanings.pointer(placed);
    if (pointer === null || pointer === '/tool/name') {
      if (pointer === null) return false;
      this.#operands(placed, certain);
      return true;
    }
    const range = node.kind === 'select' ? node.fieldRange : node.index;
    this.#found.push({
      kind: 'fact',
      range: this.#site.toFile(range),
      pointer: fieldPointer(pointer),
      tools: certain.tools ?? [],
      guarded: isMeant || isOptional(node) || certain.present.has(pointer),
    });
    this.#operands(placed, certain);
    return true;
  }

  /** Expressions in the indexes of a path. */
  #operands({ node, locals }: Placed, certain: Certain): void {
    for (let at = node; at.kind === 'select' || at.kind === 'index' || at.kind === 'paren'; at = at.operand) {
      if (at.kind === 'index') this.#visit(at.index, locals, certain, false);
    }
  }

  #comparison({ node, locals, site }: Placed): void {
    if (node.kind !== 'binary') return;
    const { left, right, operator } = node;
    const is = (part: LooseNode, pointer: string) =>
      this.#certainty.meanings.pointer({ node: part, site, locals }) === pointer;
    if (operator === '==' || operator === '!=') {
      if (is(left, '/tool/name') || is(left, '/session/tools/-')) this.#tool(right);
      else if (is(right, '/tool/name') || is(right, '/session/tools/-')) this.#tool(left);
    } else if (operator === 'in') {
      const list = bare(right);
      if (is(left, '/tool/name') && list.kind === 'list') for (const item of list.items) this.#tool(item);
      if (is(right, '/session/tools')) this.#tool(left);
    }
  }

  #tool(part: LooseNode): void {
    const name = stringValue(part, this.#site.text);
    if (name !== null) this.#found.push({ kind: 'tool', range: this.#site.toFile(bare(part)), name });
  }
}

function isOptional(node: LooseNode): boolean {
  for (let at = node; at.kind === 'select' || at.kind === 'index'; at = at.operand)
    if (at.optional) return true;
  return false;
}

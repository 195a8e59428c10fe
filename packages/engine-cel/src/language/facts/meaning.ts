/** What the parts of an expression stand for, as far as it can be told without evaluating. */
import { getOwn, isObject, pointerTokens, toPointer } from '@benchbook/model';
import type { LooseCall, LooseNode } from '../../syntax/loose/node.ts';
import { innerLocals, type Local } from '../cel/locals.ts';
import { stringValue } from '../cel/text.ts';
import { functionDocs } from '../docs/functions.ts';
import { findVariable } from '../document/policy.ts';
import type { Site } from '../document/site.ts';
import type { LanguageWorkspace } from '../workspace.ts';

/** A node with what its names mean. */
export interface Placed {
  readonly node: LooseNode;
  readonly site: Site;
  readonly locals: readonly Local[];
}

export type Meaning =
  /** A fact of the call, by its JSON Pointer, array indexes as `-`. */
  | { readonly kind: 'fact'; readonly pointer: string }
  /** `variables`, whose members are the policy's. */
  | { readonly kind: 'variables' }
  /** A namespace of functions. */
  | { readonly kind: 'namespace'; readonly name: string }
  /** A value of a type, with the literal that gives it, where there is one. */
  | { readonly kind: 'value'; readonly type: string; readonly from: Placed | null };

const NAMESPACES = new Set(['math', 'base64', 'strings', 'optional', 'cel']);
const MAX_STEPS = 60;

/** Finds meanings, with a bound on what it looks at for each. */
export class Meanings {
  readonly #workspace: LanguageWorkspace;
  #steps = 0;

  constructor(workspace: LanguageWorkspace) {
    this.#workspace = workspace;
  }

  of(placed: Placed): Meaning | null {
    this.#steps = 0;
    return this.#of(placed);
  }

  /** The pointer of the fact that a node is; null where it is none. */
  pointer(placed: Placed): string | null {
    const meaning = this.of(placed);
    return meaning?.kind === 'fact' ? meaning.pointer : null;
  }

  /** The expression that `variables.NAME` means in an expression. */
  variable(site: Site, name: string): Site | null {
    return findVariable(site, name)?.expression ?? null;
  }

  #of(placed: Placed): Meaning | null {
    if (++this.#steps > MAX_STEPS) return null;
    const { node } = placed;
    switch (node.kind) {
      case 'paren':
        return this.#of({ ...placed, node: node.operand });
      case 'name':
        return this.#name(placed, node.name);
      case 'select':
        return this.#member(this.#of({ ...placed, node: node.operand }), node.field, placed, node.operand);
      case 'index': {
        const key = stringValue(node.index, placed.site.text);
        const operand = this.#of({ ...placed, node: node.operand });
        if (key !== null) return this.#member(operand, key, placed, node.operand);
        return this.#item(operand);
      }
      case 'call':
        return this.#call(placed, node as LooseCall);
      case 'literal':
        return { kind: 'value', type: node.type, from: placed };
      case 'list':
      case 'map':
        return { kind: 'value', type: node.kind, from: placed };
      case 'and':
      case 'or':
      case 'not':
        return value('bool');
      case 'binary':
        return this.#binary(placed);
      case 'conditional':
        return this.#either(placed, node.then, node.otherwise);
      case 'negate':
        return this.#of({ ...placed, node: node.operand });
      default:
        return null;
    }
  }

  #name(placed: Placed, name: string): Meaning | null {
    const local = placed.locals.findLast((candidate) => candidate.name === name);
    if (local) return this.#local(local, placed);
    if (name === 'variables' && placed.site.rule) return { kind: 'variables' };
    const variable = this.#workspace.variables.get(name);
    if (placed.site.role !== 'test' && variable) {
      return this.#template(variable.template) ?? value('dyn');
    }
    return NAMESPACES.has(name) ? { kind: 'namespace', name } : null;
  }

  #template(template: unknown): Meaning | null {
    return typeof template === 'string' && template.startsWith('/')
      ? { kind: 'fact', pointer: template }
      : null;
  }

  #local(local: Local, placed: Placed): Meaning | null {
    const { macro } = local;
    const outer = placed.locals.slice(0, placed.locals.indexOf(local));
    if (local.role === 'bound') {
      const [, bound] = macro.args;
      return bound ? this.#of({ ...placed, node: bound, locals: outer }) : null;
    }
    if (!macro.target) return null;
    const range = this.#of({ ...placed, node: macro.target, locals: outer });
    if (local.role === 'first') return null;
    return this.#item(range);
  }

  /** An item of a list. */
  #item(range: Meaning | null): Meaning | null {
    if (range?.kind === 'fact') return { kind: 'fact', pointer: `${range.pointer}/-` };
    if (range?.kind !== 'value' || range.from?.node.kind !== 'list') return null;
    const [first] = range.from.node.items;
    const item = first ? this.#of({ ...range.from, node: first }) : null;
    // Which item it is nobody knows: only its type, or its keys, can be told.
    return item?.kind === 'value' && item.from?.node.kind !== 'map' ? value(item.type) : item;
  }

  #either(placed: Placed, then: LooseNode, otherwise: LooseNode): Meaning | null {
    const [one, other] = [then, otherwise].map((node) => this.#of({ ...placed, node }));
    if (one?.kind === 'fact' && other?.kind === 'fact') return one.pointer === other.pointer ? one : null;
    const known = one?.kind === 'value' ? one : other;
    return known?.kind === 'value' ? value(known.type) : null;
  }

  #member(operand: Meaning | null, field: string, placed: Placed, operandNode: LooseNode): Meaning | null {
    if (operand?.kind === 'fact') return { kind: 'fact', pointer: operand.pointer + toPointer([field]) };
    if (operand?.kind === 'variables') {
      const site = this.variable(placed.site, field);
      return site ? this.#of({ node: site.tree.root, site, locals: [] }) : null;
    }
    if (operand?.kind === 'value' && operand.from?.node.kind === 'map') {
      const { from } = operand;
      const { entries } = operand.from.node;
      const entry = entries.find(({ key }) => stringValue(key, from.site.text) === field);
      return entry ? this.#of({ ...from, node: entry.value }) : null;
    }
    return operandNode.kind === 'name' ? this.#mapped(operandNode.name, field, placed) : null;
  }

  /** A member of a variable that the mapping makes of several facts. */
  #mapped(name: string, field: string, placed: Placed): Meaning | null {
    if (placed.locals.some((local) => local.name === name)) return null;
    const template = this.#workspace.variables.get(name)?.template;
    return isObject(template) ? this.#template(getOwn(template, field)) : null;
  }

  #call(placed: Placed, call: LooseCall): Meaning | null {
    const { target, name } = call;
    if (name === 'orValue' && target) {
      const inner = this.#of({ ...placed, node: target });
      if (inner?.kind === 'fact') return inner;
    }
    if (name === 'bind' && target?.kind === 'name' && target.name === 'cel') {
      const body = call.args[2];
      if (!body) return null;
      return this.#of({ ...placed, node: body, locals: innerLocals(call, body, placed.locals) });
    }
    if (name === 'filter' && target) return this.#of({ ...placed, node: target });
    const isSpace = target?.kind === 'name' && NAMESPACES.has(target.name);
    const key = isSpace ? `${target.name}.${name}` : target ? `.${name}` : name;
    const [doc] = functionDocs(key);
    return doc ? value(doc.result.replace(/\(.*/, '')) : null;
  }

  #binary(placed: Placed): Meaning | null {
    const { node } = placed;
    if (node.kind !== 'binary') return null;
    if (!['+', '-', '*', '/', '%'].includes(node.operator)) return value('bool');
    const left = this.#of({ ...placed, node: node.left });
    const type = left?.kind === 'value' && left.type !== 'any' && left.type !== 'dyn' ? left.type : null;
    if (type) return value(type);
    const right = this.#of({ ...placed, node: node.right });
    return right?.kind === 'value' ? value(right.type) : null;
  }
}

function value(type: string): Meaning {
  return { kind: 'value', type, from: null };
}

/** A pointer with plain indexes as `-`, as recordings tell fields. */
export function fieldPointer(pointer: string): string {
  return toPointer(pointerTokens(pointer).map((token) => (/^\d+$/.test(token) ? '-' : token)));
}

/** What is certain where an expression is evaluated: which tools are called, and which facts are there. */
import { toPointer } from '@benchbook/model';
import type { LooseCall, LooseNode } from '../../syntax/loose/node.ts';
import { innerLocals, type Local } from '../cel/locals.ts';
import { stringValue } from '../cel/text.ts';
import type { CaseOutline } from '../document/policy.ts';
import type { Site } from '../document/site.ts';
import type { LanguageWorkspace } from '../workspace.ts';
import { Meanings, type Placed } from './meaning.ts';

export interface Certain {
  /** null: any tool. */
  readonly tools: readonly string[] | null;
  /** Pointers of facts that are there. */
  readonly present: ReadonlySet<string>;
}

const NOTHING: Certain = { tools: null, present: new Set() };
const MOST = 500;
const MAX_HOPS = 8;

/** Answers for one state of the files: make a new one after a change. */
export class Certainty {
  readonly #meanings: Meanings;
  readonly #before = new WeakMap<CaseOutline, Certain>();

  constructor(workspace: LanguageWorkspace) {
    this.#meanings = new Meanings(workspace);
  }

  get meanings(): Meanings {
    return this.#meanings;
  }

  /** At the end of a path of nodes in an expression. */
  at(site: Site, path: readonly LooseNode[]): Certain {
    let certain = this.around(site);
    let locals: readonly Local[] = [];
    for (const [index, node] of path.entries()) {
      const next = path[index + 1];
      if (!next) break;
      certain = join(certain, this.beside({ node, site, locals }, next));
      locals = innerLocals(node, next, locals);
    }
    return certain;
  }

  /** What the other parts of a node say where one of its parts matters. */
  beside({ node, site, locals }: Placed, part: LooseNode): Certain {
    const say = (other: LooseNode, truth: boolean) => this.#when({ node: other, site, locals }, truth, 0);
    if (node.kind === 'and' || node.kind === 'or') {
      const others = node.operands.filter((operand) => operand !== part);
      return others.reduce((found, other) => join(found, say(other, node.kind === 'and')), NOTHING);
    }
    if (node.kind === 'conditional') {
      if (part === node.then) return say(node.test, true);
      if (part === node.otherwise) return say(node.test, false);
    }
    return NOTHING;
  }

  /** Where an expression begins: what the conditions around it say. */
  around(site: Site): Certain {
    if (!site.rule) return NOTHING;
    const own = site.case;
    if (!own) return site.rule.parent ? this.#inside(site.rule.parent) : NOTHING;
    return site.role === 'condition' ? this.#reached(own) : this.#inside(own);
  }

  /** Where a case applies. */
  #inside(own: CaseOutline): Certain {
    return join(this.#reached(own), this.#holds(own, true));
  }

  /** Where a case is looked at: its rule is, and no case before it decided. */
  #reached(own: CaseOutline): Certain {
    const known = this.#before.get(own);
    if (known) return known;
    const { rule } = own;
    let certain = rule.parent ? this.#inside(rule.parent) : NOTHING;
    for (const entry of rule.cases) {
      this.#before.set(entry, certain);
      const decides = rule.semantic === 'match' && entry.output !== null && entry.nested === null;
      if (decides) certain = join(certain, this.#holds(entry, false));
    }
    return this.#before.get(own) ?? NOTHING;
  }

  #holds({ condition }: CaseOutline, truth: boolean): Certain {
    if (!condition) return NOTHING;
    return this.#when({ node: condition.tree.root, site: condition, locals: [] }, truth, 0);
  }

  /** What follows from an expression being true, or false. */
  #when(placed: Placed, truth: boolean, hops: number): Certain {
    const { node } = placed;
    switch (node.kind) {
      case 'paren':
        return this.#when({ ...placed, node: node.operand }, truth, hops);
      case 'not':
        return this.#when({ ...placed, node: node.operand }, !truth, hops);
      case 'and':
      case 'or': {
        const parts = node.operands.map((operand) => this.#when({ ...placed, node: operand }, truth, hops));
        // `a && b` is true where both are; false where one is, which may be either.
        return (node.kind === 'and') === truth ? parts.reduce(join) : parts.reduce(either);
      }
      case 'binary':
        return this.#compared(placed, truth);
      case 'call':
        return this.#called(placed, node as LooseCall, truth);
      case 'select': {
        const meaning = this.#alias(placed);
        return meaning && hops < MAX_HOPS ? this.#when(meaning, truth, hops + 1) : NOTHING;
      }
      default:
        return NOTHING;
    }
  }

  /** The expression of `variables.NAME`. */
  #alias(placed: Placed): Placed | null {
    const { node } = placed;
    if (node.kind !== 'select') return null;
    const operand = this.#meanings.of({ ...placed, node: node.operand });
    if (operand?.kind !== 'variables') return null;
    const site = this.#meanings.variable(placed.site, node.field);
    return site && { node: site.tree.root, site, locals: [] };
  }

  #called(placed: Placed, call: LooseCall, truth: boolean): Certain {
    const [field] = call.args;
    if (call.target || call.name !== 'has' || !truth || !field) return NOTHING;
    const pointer = this.#meanings.pointer({ ...placed, node: field });
    return pointer === null ? NOTHING : { tools: null, present: new Set([pointer]) };
  }

  #compared(placed: Placed, truth: boolean): Certain {
    const { node } = placed;
    if (node.kind !== 'binary') return NOTHING;
    const { operator } = node;
    if ((operator === '==' && truth) || (operator === '!=' && !truth)) {
      const left = this.#strings({ ...placed, node: node.left });
      const tools = left ?? this.#strings({ ...placed, node: node.right });
      const other = left ? node.right : node.left;
      return tools?.length === 1 && this.#isToolName({ ...placed, node: other })
        ? { tools, present: new Set() }
        : NOTHING;
    }
    if (operator !== 'in' || !truth) return NOTHING;
    if (this.#isToolName({ ...placed, node: node.left })) {
      return { tools: this.#list({ ...placed, node: node.right }), present: new Set() };
    }
    const key = stringValue(node.left, placed.site.text);
    const map = key === null ? null : this.#meanings.pointer({ ...placed, node: node.right });
    return key === null || map === null
      ? NOTHING
      : { tools: null, present: new Set([map + toPointer([key])]) };
  }

  #isToolName(placed: Placed): boolean {
    return this.#meanings.pointer(placed) === '/tool/name';
  }

  #strings(placed: Placed): string[] | null {
    const meaning = this.#meanings.of(placed);
    const from = meaning?.kind === 'value' ? meaning.from : null;
    const text = from && stringValue(from.node, from.site.text);
    return text === null ? null : [text];
  }

  #list(placed: Placed): string[] | null {
    const meaning = this.#meanings.of(placed);
    const from = meaning?.kind === 'value' ? meaning.from : null;
    if (from?.node.kind !== 'list') return null;
    const names: string[] = [];
    for (const item of from.node.items) {
      const name = stringValue(item, from.site.text);
      if (name === null) return null;
      names.push(name);
    }
    return names;
  }
}

/** What holds where two things are certain. */
export function join(a: Certain, b: Certain): Certain {
  if (a === NOTHING) return b;
  if (b === NOTHING) return a;
  const tools = a.tools && b.tools ? a.tools.filter((tool) => b.tools?.includes(tool)) : (a.tools ?? b.tools);
  if (b.present.size === 0) return { tools, present: a.present };
  if (a.present.size === 0) return { tools, present: b.present };
  return { tools, present: new Set([...a.present, ...b.present].slice(0, MOST)) };
}

/** What holds where one of two things is certain. */
function either(a: Certain, b: Certain): Certain {
  const tools = a.tools && b.tools ? [...new Set([...a.tools, ...b.tools])] : null;
  return { tools, present: new Set([...a.present].filter((pointer) => b.present.has(pointer))) };
}

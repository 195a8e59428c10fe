/** What a policy file holds, as far as half-typed text shows it. Names are those that the loader gives. */
import type { TextRange } from '@benchbook/model';
import { readFlowScalar } from '../../policy/scalar.ts';
import { entryOf, type YamlEntry, type YamlItem, type YamlNode, type YamlScalar } from '../yaml/node.ts';
import { Site, type SiteRole, type TreeCache } from './site.ts';

/** Plain text such as an id, with its place: quotes not included. */
export interface PlacedText extends TextRange {
  readonly text: string;
}

export interface VariableOutline {
  readonly name: PlacedText | null;
  readonly expression: Site | null;
  readonly rule: RuleOutline;
  /** Of the item, dash included. */
  readonly range: TextRange;
}

export interface CaseOutline {
  readonly id: PlacedText | null;
  /** `rule/case`; unique among the cases with an output. */
  readonly name: string;
  readonly index: number;
  readonly condition: Site | null;
  readonly output: Site | null;
  readonly explanation: Site | null;
  readonly nested: RuleOutline | null;
  readonly rule: RuleOutline;
  /** Of the item, dash included. */
  readonly range: TextRange;
  /** Where its first key stands. */
  readonly start: number;
}

export interface RuleOutline {
  readonly id: PlacedText | null;
  readonly name: string;
  readonly semantic: 'match' | 'aggregate';
  readonly variables: readonly VariableOutline[];
  readonly cases: readonly CaseOutline[];
  /** The case that it is nested in. */
  readonly parent: CaseOutline | null;
  readonly range: TextRange;
  readonly keyRange: TextRange;
}

export interface PolicyOutline {
  readonly name: PlacedText | null;
  readonly rule: RuleOutline | null;
  readonly sites: readonly Site[];
}

type Writable<T> = { -readonly [key in keyof T]: T[key] };

/** Reads the outline of a policy; `fallback` names it where it has no name. */
export function outlinePolicy(
  root: YamlNode,
  file: string,
  fallback: string,
  trees: TreeCache,
): PolicyOutline {
  return new PolicyOutliner(file, trees).policy(root, fallback);
}

class PolicyOutliner {
  readonly #file: string;
  readonly #trees: TreeCache;
  readonly #sites: Site[] = [];
  readonly #names = new Set<string>();

  constructor(file: string, trees: TreeCache) {
    this.#file = file;
    this.#trees = trees;
  }

  policy(root: YamlNode, fallback: string): PolicyOutline {
    const name = textOf(entryOf(root, 'name')?.value, this.#file);
    const entry = entryOf(root, 'rule');
    const rule = entry ? this.#rule(entry, null, name?.text || fallback) : null;
    this.#sites.sort((a, b) => a.range.start - b.range.start);
    return { name, rule, sites: this.#sites };
  }

  #rule(entry: YamlEntry, parent: CaseOutline | null, outerName: string): RuleOutline {
    const { value } = entry;
    const id = textOf(entryOf(value, 'id')?.value, this.#file);
    const way = entryOf(value, 'match') ?? entryOf(value, 'aggregate');
    const rule: Writable<RuleOutline> = {
      id,
      name: id?.text ?? outerName,
      semantic: way?.key === 'aggregate' ? 'aggregate' : 'match',
      variables: [],
      cases: [],
      parent,
      range: { start: entry.start, end: entry.end },
      keyRange: entry.keyRange,
    };
    rule.variables = itemsOf(entryOf(value, 'variables')).map((item) => this.#variable(item, rule));
    const cases: CaseOutline[] = [];
    rule.cases = cases;
    for (const item of itemsOf(way)) cases.push(this.#case(item, cases.length, rule));
    return rule;
  }

  #variable(item: YamlItem, rule: RuleOutline): VariableOutline {
    const variable: Writable<VariableOutline> = {
      name: textOf(entryOf(item.value, 'name')?.value, this.#file),
      expression: null,
      rule,
      range: { start: item.start, end: item.end },
    };
    variable.expression = this.#site(entryOf(item.value, 'expression'), 'variable', rule, null, variable);
    return variable;
  }

  #case(item: YamlItem, index: number, rule: RuleOutline): CaseOutline {
    const { value } = item;
    const id = textOf(entryOf(value, 'id')?.value, this.#file);
    const nested = entryOf(value, 'rule');
    const plain = `${rule.name}/${id?.text ?? index}`;
    const found: Writable<CaseOutline> = {
      id,
      name: nested ? plain : this.#unique(plain),
      index,
      condition: null,
      output: null,
      explanation: null,
      nested: null,
      rule,
      range: { start: item.start, end: item.end },
      start: value.start,
    };
    found.condition = this.#site(entryOf(value, 'condition'), 'condition', rule, found, null);
    found.output = this.#site(entryOf(value, 'output'), 'output', rule, found, null);
    found.explanation = this.#site(entryOf(value, 'explanation'), 'explanation', rule, found, null);
    if (nested) found.nested = this.#rule(nested, found, plain);
    return found;
  }

  #unique(name: string): string {
    let unique = name;
    for (let count = 2; this.#names.has(unique); count++) unique = `${name}[${count}]`;
    this.#names.add(unique);
    return unique;
  }

  #site(
    entry: YamlEntry | null,
    role: SiteRole,
    rule: RuleOutline,
    owner: CaseOutline | null,
    variable: VariableOutline | null,
  ): Site | null {
    if (entry?.value.kind !== 'scalar') return null;
    const site = new Site({ role, rule, case: owner, variable }, entry.value, this.#file, this.#trees);
    this.#sites.push(site);
    return site;
  }
}

/** The items of a list below a key. */
export function itemsOf(entry: YamlEntry | null): readonly YamlItem[] {
  return entry?.value.kind === 'sequence' ? entry.value.items : [];
}

/** A scalar as plain text; null where there is none. */
export function textOf(node: YamlNode | undefined, file: string): PlacedText | null {
  if (node?.kind !== 'scalar' || node.style === 'block') return null;
  return placedText(node, file);
}

function placedText(scalar: YamlScalar, file: string): PlacedText {
  const quote = scalar.style === 'double' ? '"' : scalar.style === 'single' ? "'" : '';
  const { text } = readFlowScalar(file, scalar.start, scalar.end, quote, scalar.isClosed);
  const inset = quote === '' ? 0 : 1;
  const end = scalar.isClosed ? scalar.end - inset : scalar.end;
  return { text, start: scalar.start + inset, end };
}

/** Variables that an expression sees, the nearest last. */
export function variablesInScope(owner: {
  readonly rule: RuleOutline | null;
  readonly variable: VariableOutline | null;
}): VariableOutline[] {
  const found: VariableOutline[][] = [];
  const own = owner.variable;
  for (let rule = owner.rule; rule; rule = rule.parent?.rule ?? null) {
    const { variables } = rule;
    const isOwn = own !== null && own.rule === rule;
    found.unshift(isOwn ? variables.slice(0, variables.indexOf(own)) : [...variables]);
  }
  return found.flat();
}

/** The declaration that `variables.NAME` means. */
export function findVariable(
  owner: Parameters<typeof variablesInScope>[0],
  name: string,
): VariableOutline | null {
  return variablesInScope(owner).findLast((variable) => variable.name?.text === name) ?? null;
}

/** All rules, outer before inner. */
export function* everyRule(rule: RuleOutline | null): Generator<RuleOutline> {
  const pending = rule ? [rule] : [];
  for (let next = pending.pop(); next; next = pending.pop()) {
    yield next;
    pending.push(...next.cases.flatMap(({ nested }) => nested ?? []).reverse());
  }
}

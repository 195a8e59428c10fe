/** The names of rules and cases, as reports, sidecars and tests write them, and where their parts come from. */
import type { TextRange } from '@benchbook/model';
import type { CelDocument } from '../document/document.ts';
import { type CaseOutline, everyRule, type PlacedText, type RuleOutline } from '../document/policy.ts';
import type { YamlEntry } from '../yaml/node.ts';

/** A part of a name: an id as written in the policy. null: a place, which has no text of its own. */
export interface NamePart extends TextRange {
  readonly id: PlacedText | null;
}

export interface Named {
  readonly name: string;
  readonly parts: readonly NamePart[];
  readonly what:
    | { readonly kind: 'rule'; readonly rule: RuleOutline }
    | { readonly kind: 'case'; readonly case: CaseOutline };
}

const known = new WeakMap<CelDocument, readonly Named[]>();

/** All rules and cases of a policy file, each rule before its cases. */
export function namesOf(document: CelDocument): readonly Named[] {
  const cached = known.get(document);
  if (cached) return cached;
  const found: Named[] = [];
  const ofRule = new Map<RuleOutline, readonly NamePart[]>();
  const ofCase = new Map<CaseOutline, readonly NamePart[]>();
  for (const rule of everyRule(document.policy.rule)) {
    const outer = rule.parent ? (ofCase.get(rule.parent) ?? []) : whole(document.policy.name, rule.name);
    const parts = rule.id ? whole(rule.id, rule.name) : outer;
    ofRule.set(rule, parts);
    found.push({ name: rule.name, parts, what: { kind: 'rule', rule } });
    for (const entry of rule.cases) {
      const start = rule.name.length + 1;
      const end = start + (entry.id?.text ?? String(entry.index)).length;
      const own = [...parts, { id: entry.id, start, end }];
      ofCase.set(entry, own);
      found.push({ name: entry.name, parts: own, what: { kind: 'case', case: entry } });
    }
  }
  known.set(document, found);
  return found;
}

function whole(id: PlacedText | null, name: string): NamePart[] {
  return [{ id, start: 0, end: name.length }];
}

/** What a written name means: the rule or case of that name; in tests also a case by its id alone. */
export function findName(document: CelDocument, text: string, byId: boolean): Named | null {
  const names = namesOf(document);
  const found = names.find(({ name }) => name === text);
  if (found || !byId) return found ?? null;
  return names.find(({ what }) => what.kind === 'case' && what.case.id?.text === text) ?? null;
}

/** The parts of a written name in its file, with the ids that they repeat. */
export function partsIn(named: Named, written: PlacedText): readonly NamePart[] {
  if (written.end - written.start !== written.text.length) return [];
  if (written.text !== named.name) {
    const id = named.what.kind === 'case' ? named.what.case.id : null;
    return [{ id, start: written.start, end: written.end }];
  }
  return named.parts.map(({ id, start, end }) => ({
    id,
    start: written.start + start,
    end: written.start + end,
  }));
}

/** A key as text: quotes not included. */
export function keyText(entry: YamlEntry, file: string): PlacedText {
  const { start, end } = entry.keyRange;
  const inset = /["']/.test(file[start] ?? '') ? 1 : 0;
  return { text: entry.key, start: start + inset, end: end - inset };
}

/** Places outside a policy file that repeat names of it: keys of its sidecar, sections of its tests. */
export function namePlaces(document: CelDocument): readonly PlacedText[] {
  if (document.kind === 'controls') {
    const { root } = document;
    return root.kind === 'map' ? root.entries.map((entry) => keyText(entry, document.text)) : [];
  }
  return document.suite.sections.flatMap(({ name }) => name ?? []);
}

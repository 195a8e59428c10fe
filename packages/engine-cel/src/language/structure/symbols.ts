import type { DocumentSymbol } from '@benchbook/model';
import { firstLine } from '../cel/text.ts';
import type { CelDocument } from '../document/document.ts';
import type { CaseOutline, PlacedText, RuleOutline } from '../document/policy.ts';
import { keyText } from '../navigate/names.ts';
import type { LanguageWorkspace } from '../workspace.ts';

/** The policies, rules, variables and tests of a file. */
export function symbols(workspace: LanguageWorkspace, path: string): readonly DocumentSymbol[] {
  const document = workspace.document(path);
  switch (document?.kind) {
    case 'expression':
      return expressionSymbol(document);
    case 'policy':
      return document.policy.rule ? [ruleSymbol(document.policy.rule)] : [];
    case 'tests':
      return suiteSymbols(document);
    case 'controls':
      return sidecarSymbols(document);
    default:
      return [];
  }
}

function expressionSymbol(document: CelDocument): DocumentSymbol[] {
  const [first] = document.sites[0]?.tree.tokens ?? [];
  if (!first) return [];
  const end = document.text.trimEnd().length;
  const range = { start: first.start, end: Math.max(end, first.end) };
  const detail = firstLine(document.text.slice(range.start, range.end));
  return [{ name: document.name, detail, kind: 'policy', range, selection: range, children: [] }];
}

function ruleSymbol(rule: RuleOutline): DocumentSymbol {
  const variables = rule.variables.flatMap(({ name, expression, range }): DocumentSymbol[] =>
    name
      ? [
          {
            name: shown(name.text),
            detail: firstLine(expression?.text ?? ''),
            kind: 'variable',
            range,
            selection: placeOf(name),
            children: [],
          },
        ]
      : [],
  );
  return {
    name: shown(rule.name),
    detail: rule.semantic,
    kind: 'rule',
    range: rule.range,
    selection: rule.id ? placeOf(rule.id) : rule.keyRange,
    children: [...variables, ...rule.cases.map(caseSymbol)].sort((a, b) => a.range.start - b.range.start),
  };
}

function caseSymbol(entry: CaseOutline): DocumentSymbol {
  const { id, range, start, nested, condition } = entry;
  return {
    name: shown(entry.name),
    detail: firstLine(condition?.text ?? 'always'),
    kind: nested ? 'rule' : 'policy',
    range,
    selection: id ? placeOf(id) : { start: Math.min(start, range.end), end: Math.min(start, range.end) },
    children: nested ? [ruleSymbol(nested)] : [],
  };
}

function suiteSymbols(document: CelDocument): DocumentSymbol[] {
  return document.suite.sections.map((section, index) => ({
    name: shown(section.name?.text ?? String(index)),
    detail: section.tests.length === 1 ? '1 test' : `${section.tests.length} tests`,
    kind: 'test',
    range: section.range,
    selection: section.name
      ? placeOf(section.name)
      : { start: section.range.start, end: section.range.start },
    children: section.tests.map((test, place) => ({
      name: shown(test.name?.text ?? String(place)),
      detail: '',
      kind: 'test',
      range: test.range,
      selection: test.name ? placeOf(test.name) : { start: test.range.start, end: test.range.start },
      children: [],
    })),
  }));
}

function sidecarSymbols(document: CelDocument): DocumentSymbol[] {
  const { root, text } = document;
  if (root.kind !== 'map') return [];
  return root.entries.map((entry) => ({
    name: shown(entry.key),
    detail: firstLine(text.slice(entry.value.start, entry.value.end)),
    kind: 'rule',
    range: { start: entry.start, end: entry.end },
    selection: placeOf(keyText(entry, text)),
    children: [],
  }));
}

/** Editors refuse a symbol without a name. */
function shown(name: string): string {
  return firstLine(name) || '-';
}

function placeOf({ start, end }: PlacedText): { start: number; end: number } {
  return { start, end: Math.max(start, end) };
}

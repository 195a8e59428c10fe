import type { DocumentSymbol, SymbolKind } from '@benchbook/model';
import { roleOf } from '../sets/roles.ts';
import type { RegoFile, RuleLine } from './index/file.ts';
import { metadataText } from './syntax/metadata.ts';

/** The package, the imports and the clauses of a file, by place. */
export function symbols(file: RegoFile): readonly DocumentSymbol[] {
  const out: DocumentSymbol[] = [];
  const line = file.statements.find(({ kind }) => kind === 'package');
  if (line && file.package.length > 0) {
    const selection = { start: file.package[0]!.range.start, end: file.package.at(-1)!.range.end };
    const name = file.package.map((part) => part.name).join('.');
    out.push({ name, detail: '', kind: 'package', range: line.range, selection, children: [] });
  }
  for (const { statement, path, alias } of file.imports) {
    if (path.length === 0) continue;
    const name = path.map((part) => part.name).join('.');
    const selection = { start: path[0]!.range.start, end: path.at(-1)!.range.end };
    const detail = alias ? `as ${alias.name}` : '';
    out.push({ name, detail, kind: 'import', range: statement.range, selection, children: [] });
  }
  const seen = new Map<string, number>();
  for (const rule of file.rules) {
    if (rule.name === '' || !rule.rule.head.reference) continue;
    const { range: selection } = rule.rule.head.reference;
    const full = file.text.slice(selection.start, selection.end);
    const number = rule.rule.head.default ? 0 : (seen.get(full) ?? 0) + 1;
    if (number > 0) seen.set(full, number);
    const range = { start: rule.statement.comments.start, end: rule.statement.range.end };
    const name = number > 1 ? `${full}[${number}]` : full;
    out.push({ name, detail: detailOf(rule), kind: kindOf(file, rule), range, selection, children: [] });
  }
  return out.sort((a, b) => a.range.start - b.range.start);
}

/** What a clause says of itself, in one line. */
export function detailOf(line: RuleLine): string {
  if (line.rule.head.default) return 'default';
  const metadata = line.metadata();
  if (!metadata) return '';
  const text = metadataText(metadata, 'title') || metadataText(metadata, 'description');
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

export function kindOf(file: RegoFile, { name, rule }: RuleLine): SymbolKind {
  if (rule.head.arguments) return 'function';
  if (file.test && /^(?:todo_)?test_/.test(name)) return 'test';
  return roleOf(name) && !rule.head.default ? 'policy' : 'rule';
}

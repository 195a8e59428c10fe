import type { TextRange } from '@benchbook/model';
import { toPointer } from '@benchbook/model';
import type { Reference } from '../syntax/rule.ts';
import type { ImportLine, RegoFile, RuleLine } from './file.ts';
import { absoluteOf, meaningOf, ruleOf } from './resolve.ts';
import type { RegoWorkspace } from './workspace.ts';

/** A place where something is named. Two places with the same key name the same thing. */
export interface Occurrence {
  readonly key: string;
  readonly kind: 'local' | 'rule' | 'import' | 'package' | 'builtin' | 'input' | 'data';
  readonly name: string;
  readonly range: TextRange;
  readonly declares: boolean;
  /** Key of what an import brings in. */
  readonly leadsTo?: string;
  /** Of an import without `as`: it takes its name from what it brings in. */
  readonly borrowed?: boolean;
  readonly line?: RuleLine;
}

export function ruleKey(packagePath: readonly string[], name: string): string {
  return `rule:${[...packagePath, name].join('\0')}`;
}

export function packageKey(path: readonly string[]): string {
  return `package:${path.join('\0')}`;
}

/** Everything that a file names, by place; what stands at the same place in order of importance. */
export function occurrencesOf(
  workspace: RegoWorkspace,
  file: RegoFile,
  builtins: ReadonlyMap<string, unknown>,
): Occurrence[] {
  const out: Occurrence[] = [];
  const own = file.package.map(({ name }) => name);
  const last = file.package.at(-1);
  if (last) {
    const range = { start: file.package[0]!.range.start, end: last.range.end };
    out.push({ key: packageKey(own), kind: 'package', name: own.join('.'), range, declares: true });
  }
  for (const line of file.imports) importOccurrences(workspace, file, line, out);
  for (const line of file.rules) ruleOccurrences(workspace, file, own, line, builtins, out);
  return out.sort((a, b) => a.range.start - b.range.start);
}

/** What a path below `data` leads to. */
function targetOf(
  workspace: RegoWorkspace,
  path: readonly (string | null)[],
): Pick<Occurrence, 'key' | 'kind'> {
  const rule = ruleOf(workspace, path);
  if (rule && rule.at === path.length - 1) {
    return { key: ruleKey(rule.group.package, rule.group.name), kind: 'rule' };
  }
  const names = path.map((name) => name ?? '');
  const known = workspace.packages.some(
    (one) => one.length === path.length && one.every((n, i) => n === names[i]),
  );
  if (known) return { key: packageKey(names), kind: 'package' };
  return { key: `data:${toPointer(path.map((name) => name ?? '-'))}`, kind: 'data' };
}

function importOccurrences(
  workspace: RegoWorkspace,
  file: RegoFile,
  line: ImportLine,
  out: Occurrence[],
): void {
  const root = line.path[0]?.name;
  if (line.name === '' || (root !== 'data' && root !== 'input')) return;
  const key = importKey(file, line);
  const path = line.path.slice(1).map(({ name }) => name);
  line.path.slice(1).forEach((part, index) => {
    const found =
      root === 'input'
        ? { key: `input:${toPointer(path.slice(0, index + 1))}`, kind: 'input' as const }
        : targetOf(workspace, path.slice(0, index + 1));
    out.push({ ...found, name: part.name, range: part.range, declares: false });
  });
  if (line.alias) {
    const leadsTo = root === 'data' ? targetOf(workspace, path).key : undefined;
    const { name, range } = line.alias;
    out.push({ key, kind: 'import', name, range, declares: true, ...(leadsTo && { leadsTo }) });
  }
}

function importKey(file: RegoFile, line: ImportLine): string {
  return `import:${file.path}\0${line.name}`;
}

function ruleOccurrences(
  workspace: RegoWorkspace,
  file: RegoFile,
  own: readonly string[],
  line: RuleLine,
  builtins: ReadonlyMap<string, unknown>,
  out: Occurrence[],
): void {
  const { head, scopes, references } = line.rule;
  const localKey = (scope: number, name: string) =>
    `local:${file.path}\0${line.statement.range.start}\0${scope}\0${name}`;
  if (head.reference) {
    const { text: name, start, end } = head.reference.head;
    out.push({ key: ruleKey(own, name), kind: 'rule', name, range: { start, end }, declares: true, line });
  }
  for (const scope of scopes) {
    for (const { name, range } of scope.names.values()) {
      out.push({ key: localKey(scope.id, name), kind: 'local', name, range, declares: true, line });
    }
  }
  for (const reference of references) {
    const { head: token } = reference;
    const range = { start: token.start, end: token.end };
    const meaning = meaningOf(workspace, file, reference, builtins);
    const common = { name: token.text, range, declares: false, line };
    if (meaning.kind === 'local') {
      if (meaning.declaration.range.start !== token.start) {
        out.push({ ...common, key: localKey(meaning.scope.id, token.text), kind: 'local' });
      }
    } else if (meaning.kind === 'free') {
      if (token.text !== '_') out.push({ ...common, key: localKey(0, token.text), kind: 'local' });
    } else if (meaning.kind === 'rule') {
      out.push({ ...common, key: ruleKey(meaning.group.package, meaning.group.name), kind: 'rule' });
    } else if (meaning.kind === 'import') {
      const { path, alias } = meaning.line;
      const root = path[0]?.name;
      const target =
        root === 'data'
          ? targetOf(
              workspace,
              path.slice(1).map(({ name }) => name),
            )
          : undefined;
      if (!alias && target?.kind === 'rule') out.push({ ...common, ...target });
      else {
        const key = importKey(file, meaning.line);
        const more = { ...(target && { leadsTo: target.key }), ...(!alias && { borrowed: true }) };
        out.push({ ...common, key, kind: 'import', ...more });
      }
    } else if (meaning.kind === 'builtin') {
      const end = meaning.to > 0 ? reference.steps[meaning.to - 1]!.range.end : range.end;
      const place = { start: range.start, end };
      out.push({
        ...common,
        key: `builtin:${meaning.name}`,
        kind: 'builtin',
        name: meaning.name,
        range: place,
      });
    }
    stepOccurrences(workspace, file, reference, builtins, line, out);
  }
}

function stepOccurrences(
  workspace: RegoWorkspace,
  file: RegoFile,
  reference: Reference,
  builtins: ReadonlyMap<string, unknown>,
  line: RuleLine,
  out: Occurrence[],
): void {
  const absolute = absoluteOf(workspace, file, reference, builtins);
  if (!absolute) return;
  const before = absolute.prefix.length;
  reference.steps.forEach(({ name, range }, index) => {
    if (name === null || name === '') return;
    const path = absolute.path.slice(0, before + index + 1);
    if (absolute.root === 'input') {
      const key = `input:${toPointer(path.map((part) => part ?? '-'))}`;
      out.push({ key, kind: 'input', name, range, declares: false, line });
    } else out.push({ ...targetOf(workspace, path), name, range, declares: false, line });
  });
}

import type { SourceFile } from '@benchbook/model';
import { type RegoFile, type RuleLine, readFile } from './file.ts';

/** A rule of a package: all its clauses, in every file. */
export interface RuleGroup {
  /** Below `data`. */
  readonly package: readonly string[];
  readonly name: string;
  readonly lines: readonly { readonly file: RegoFile; readonly line: RuleLine }[];
}

/** All Rego of the workspace, by what names mean. */
export interface RegoWorkspace {
  readonly files: readonly RegoFile[];
  file(path: string): RegoFile | undefined;
  /** Rules of a package by first name. */
  rules(packagePath: readonly string[]): ReadonlyMap<string, RuleGroup>;
  /** Paths of packages, sorted. */
  readonly packages: readonly (readonly string[])[];
  /** The longest package that begins a path below `data`. */
  packageOf(path: readonly string[]): readonly string[] | undefined;
}

/** Reads all Rego files; those that did not change since `before` cost nothing. */
export function readWorkspace(
  sources: readonly SourceFile[],
  before: RegoWorkspace | undefined,
): RegoWorkspace {
  const files = sources
    .filter(({ role, path }) => (role === 'policy' || role === 'test') && path.endsWith('.rego'))
    .map((source) => {
      const old = before?.file(source.path);
      return old?.text === source.text ? old : readFile(source, old);
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const byPath = new Map(files.map((file) => [file.path, file]));
  const packages = new Map<string, { path: readonly string[]; rules: Map<string, RuleGroup> }>();
  for (const file of files) {
    const path = file.package.map(({ name }) => name);
    if (path.length === 0) continue;
    let own = packages.get(path.join('\0'));
    if (!own) {
      own = { path, rules: new Map() };
      packages.set(path.join('\0'), own);
    }
    for (const line of file.rules) {
      if (line.name === '') continue;
      const group = own.rules.get(line.name);
      if (group) (group.lines as { file: RegoFile; line: RuleLine }[]).push({ file, line });
      else own.rules.set(line.name, { package: path, name: line.name, lines: [{ file, line }] });
    }
  }
  const none: ReadonlyMap<string, RuleGroup> = new Map();
  return {
    files,
    file: (path) => byPath.get(path),
    rules: (path) => packages.get(path.join('\0'))?.rules ?? none,
    packages: [...packages.keys()].sort().map((key) => packages.get(key)!.path),
    packageOf(path) {
      for (let length = path.length; length > 0; length--) {
        const found = packages.get(path.slice(0, length).join('\0'));
        if (found) return found.path;
      }
      return undefined;
    },
  };
}

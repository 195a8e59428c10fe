import type { ModuleInfo, RuleInfo } from '../toolchain/protocol.ts';
import { type Role, roleOf } from './roles.ts';

/** One clause of a decision rule, as the toolchain described it. */
export interface Clause {
  readonly file: string;
  /** Its index among the rules of the file. */
  readonly index: number;
  readonly info: RuleInfo;
  readonly packagePath: readonly string[];
}

/** A decision rule of a set: all its clauses over all files, without defaults. */
export interface DecisionRule {
  /** Below `data`. */
  readonly path: readonly string[];
  readonly role: Role;
  readonly clauses: readonly Clause[];
  /** The constant of its `default`, if it has one. */
  readonly fallback?: unknown;
}

/** What one set is made of. */
export interface SetChoice {
  /** Below `data`. */
  readonly path: readonly string[];
  readonly rules: readonly DecisionRule[];
}

export interface Choice {
  readonly sets: readonly SetChoice[];
  /** Entrypoints of the settings that name nothing. */
  readonly unknown: readonly string[];
}

/** The sets of a workspace: each entrypoint, else each package with a decision rule. */
export function chooseSets(modules: readonly ModuleInfo[], settings: readonly string[]): Choice {
  const rules = collectRules(modules);
  const packages = new Set(modules.map((module) => key(module.package)));
  const annotated = annotatedEntrypoints(modules);
  if (annotated.length === 0 && settings.length === 0) {
    const sets = distinct(modules.map((module) => module.package)).map((path) => packageSet(path, rules));
    return { sets: sets.filter((set) => set.rules.length > 0), unknown: [] };
  }
  const sets: SetChoice[] = [];
  const unknown: string[] = [];
  const named = settings.map((text) => ({ text, path: entrypointPath(text) }));
  for (const { text, path } of named) {
    if (!rules.has(key(path)) && !packages.has(key(path))) unknown.push(text);
  }
  for (const path of distinct([...annotated, ...named.map((entry) => entry.path)])) {
    const rule = rules.get(key(path));
    const set = rule ? { path, rules: [entryRule(rule)] } : packageSet(path, rules);
    if (set.rules.length > 0) sets.push(set);
    else if (packages.has(key(path))) unknown.push(`data.${path.join('.')}`);
  }
  return { sets, unknown: [...new Set(unknown)].sort() };
}

interface Rule {
  readonly path: readonly string[];
  readonly packagePath: readonly string[];
  readonly name: readonly string[];
  readonly clauses: Clause[];
  fallback?: unknown;
}

function collectRules(modules: readonly ModuleInfo[]): Map<string, Rule> {
  const rules = new Map<string, Rule>();
  for (const module of modules) {
    module.rules.forEach((info, index) => {
      if (info.function || !info.ground) return;
      const path = [...module.package, ...info.path];
      let rule = rules.get(key(path));
      if (!rule) {
        rule = { path, packagePath: module.package, name: info.path, clauses: [] };
        rules.set(key(path), rule);
      }
      if (info.default) rule.fallback = info.value;
      else rule.clauses.push({ file: module.file, index, info, packagePath: module.package });
    });
  }
  return rules;
}

function annotatedEntrypoints(modules: readonly ModuleInfo[]): readonly (readonly string[])[] {
  const paths: (readonly string[])[] = [];
  for (const module of modules) {
    if (module.entrypoint) paths.push(module.package);
    for (const rule of module.rules) {
      const own = rule.notes.filter(({ scope }) => scope === 'rule' || scope === 'document');
      if (own.some(({ entrypoint }) => entrypoint)) paths.push([...module.package, ...rule.path]);
    }
  }
  return paths;
}

function packageSet(path: readonly string[], rules: ReadonlyMap<string, Rule>): SetChoice {
  const own: DecisionRule[] = [];
  for (const rule of rules.values()) {
    const role = rule.name.length === 1 ? roleOf(rule.name[0]!) : undefined;
    if (role && key(rule.packagePath) === key(path)) own.push(decisionRule(rule, role));
  }
  return { path, rules: own.sort((a, b) => order(key(a.path), key(b.path))) };
}

function entryRule(rule: Rule): DecisionRule {
  return decisionRule(rule, roleOf(rule.path.at(-1)!) ?? 'answer');
}

function decisionRule(rule: Rule, role: Role): DecisionRule {
  const { path, clauses, fallback } = rule;
  return fallback === undefined ? { path, role, clauses } : { path, role, clauses, fallback };
}

/** `a/b/allow`, `a.b.allow` and `data.a.b.allow` are the same entrypoint. */
function entrypointPath(text: string): string[] {
  const parts = text.split(text.includes('/') ? '/' : '.').filter((part) => part !== '');
  return parts[0] === 'data' ? parts.slice(1) : parts;
}

function distinct(paths: readonly (readonly string[])[]): (readonly string[])[] {
  const byKey = new Map(paths.map((path) => [key(path), path]));
  return [...byKey.keys()].sort(order).map((name) => byKey.get(name)!);
}

function key(path: readonly string[]): string {
  return path.join('\0');
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

import { type Declaration, lookUp, type Reference, type Scope } from '../syntax/rule.ts';
import type { ImportLine, RegoFile, RuleLine } from './file.ts';
import type { RegoWorkspace, RuleGroup } from './workspace.ts';

/** What the first name of a reference means. */
export type Meaning =
  | { readonly kind: 'local'; readonly declaration: Declaration; readonly scope: Scope }
  | { readonly kind: 'rule'; readonly group: RuleGroup }
  | { readonly kind: 'import'; readonly line: ImportLine }
  | { readonly kind: 'root'; readonly root: 'input' | 'data' }
  /** `to`: steps that belong to the function's name. */
  | { readonly kind: 'builtin'; readonly name: string; readonly to: number }
  /** A variable that nothing declares. */
  | { readonly kind: 'free' };

/** Where a reference leads: a path below `input` or `data`; null in it is any member. */
export interface Absolute {
  readonly root: 'input' | 'data';
  /** What the head stands for. */
  readonly prefix: readonly (string | null)[];
  /** With the steps of the reference. */
  readonly path: readonly (string | null)[];
}

const MAX_ALIASES = 8;

/** What the first name of a reference of a rule means. */
export function meaningOf(
  workspace: RegoWorkspace,
  file: RegoFile,
  reference: Reference,
  builtins: ReadonlyMap<string, unknown>,
): Meaning {
  const name = reference.head.text;
  const local = lookUp(name, reference.scope);
  if (local) return { kind: 'local', ...local };
  if (name === 'input' || name === 'data') return { kind: 'root', root: name };
  const line = file.imports.find((one) => one.name === name);
  if (line) return { kind: 'import', line };
  const group = workspace.rules(file.package.map((part) => part.name)).get(name);
  if (group) return { kind: 'rule', group };
  let dotted = name;
  for (let to = 0; to <= reference.steps.length && to < 4; to++) {
    if (to > 0) {
      const step = reference.steps[to - 1]!;
      if (!step.dotted || step.name === null) break;
      dotted += `.${step.name}`;
    }
    if (builtins.has(dotted)) return { kind: 'builtin', name: dotted, to };
  }
  return { kind: 'free' };
}

/** The path that a reference stands for, through imports and local names; undefined where it cannot be told. */
export function absoluteOf(
  workspace: RegoWorkspace,
  file: RegoFile,
  reference: Reference,
  builtins: ReadonlyMap<string, unknown>,
  depth = 0,
): Absolute | undefined {
  const meaning = meaningOf(workspace, file, reference, builtins);
  const head = headPath(meaning);
  if (!head) return undefined;
  return { ...head, path: [...head.prefix, ...reference.steps.map(({ name }) => name)] };

  function headPath(found: Meaning): Omit<Absolute, 'path'> | undefined {
    switch (found.kind) {
      case 'root':
        return { root: found.root, prefix: [] };
      case 'rule':
        return { root: 'data', prefix: [...found.group.package, found.group.name] };
      case 'import': {
        const root = found.line.path[0]?.name;
        if (root !== 'input' && root !== 'data') return undefined;
        return { root, prefix: found.line.path.slice(1).map(({ name }) => name) };
      }
      case 'local': {
        const value = found.declaration.value;
        if (!value || depth >= MAX_ALIASES || value.reference.call) return undefined;
        const of = absoluteOf(workspace, file, value.reference, builtins, depth + 1);
        return of && { root: of.root, prefix: value.member ? [...of.path, null] : of.path };
      }
      default:
        return undefined;
    }
  }
}

/** The rule that a path below `data` goes through, with the index of its name in the path. */
export function ruleOf(
  workspace: RegoWorkspace,
  path: readonly (string | null)[],
): { readonly group: RuleGroup; readonly at: number } | undefined {
  const names: string[] = [];
  for (const name of path) {
    if (name === null) break;
    names.push(name);
  }
  for (let owner = workspace.packageOf(names); owner; ) {
    const name = names[owner.length];
    const group = name === undefined ? undefined : workspace.rules(owner).get(name);
    if (group) return { group, at: owner.length };
    owner = workspace.packageOf(owner.slice(0, -1));
  }
  return undefined;
}

/** The innermost scope of a rule at an offset; what is written after the rule belongs to its end. */
export function scopeAt(line: RuleLine, offset: number): Scope {
  const scopes = line.rule.scopes;
  const at = Math.min(offset, line.statement.range.end);
  let found = scopes[0]!;
  for (const scope of scopes) {
    const { start, end } = scope.range;
    const inside = start <= at && at <= end;
    if (inside && (scope.parent === found || end - start <= found.range.end - found.range.start))
      found = scope;
  }
  return found;
}

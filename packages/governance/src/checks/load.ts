import type { PolicyLoader, PolicySources } from '@benchbook/core';
import type { Diagnostic, PolicySet } from '@benchbook/model';
import type { Workspace } from '@benchbook/workspace';
import { builtinChecks } from './builtin.ts';

/** The checks of a workspace, ready to be asked. */
export interface LoadedChecks {
  /** In the order of their ids; each policy is a part of one check. */
  readonly sets: readonly PolicySet[];
  /** Errors of the team's own files: a check that does not load must not pass for one that finds nothing. */
  readonly broken: readonly Diagnostic[];
  isBuiltin(file: string): boolean;
}

/** Folder that the built-in checks seem to lie in. */
const BUILTIN = 'benchbook:checks/';

/** Checks are asked with a mapping of their own, not with the workspace's; the budget keeps their engine apart. */
const CHECK_OPTIONS = { budget: 500_000 };
const NONE: readonly never[] = [];

const builtinFiles: PolicySources['files'] = builtinChecks.map(({ file, text }) => ({
  engine: 'cel',
  audit: false,
  file: { path: `${BUILTIN}${file}`, rootPath: file, role: 'policy', language: 'cel-policy', text },
}));

/** Loads the built-in checks and the team's own. A team's check of the same id takes a built-in one's place. */
export async function loadChecks(
  workspace: Pick<Workspace, 'checkFiles'>,
  loader: PolicyLoader,
): Promise<LoadedChecks> {
  const own = workspace.checkFiles.map((file) => ({ engine: file.engine, file, audit: false }));
  const { everything, diagnostics } = await loader.load({
    files: [...builtinFiles, ...own],
    tools: NONE,
    agents: NONE,
    optionsOf: () => CHECK_OPTIONS,
  });
  const isBuiltin = (file: string): boolean => file.startsWith(BUILTIN);
  const ofTeam = (set: PolicySet): boolean => set.policies.some(({ file }) => !isBuiltin(file));
  const overridden = new Set(everything.filter(ofTeam).flatMap(({ policies }) => policies.map(checkIdOf)));
  const sets = everything.filter((set) => ofTeam(set) || !overridden.has(checkIdOf(set.policies[0]!)));
  return {
    sets,
    broken: diagnostics.filter(({ severity }) => severity === 'error'),
    isBuiltin,
  };
}

/**
 * The check that a policy belongs to: its rule or package, else its own name. `owner/missing` (CEL), `checks.owner.deny`
 * (Rego) and `owner` (Cedar's `@id`) are all parts of `owner`.
 */
export function checkIdOf({ name }: { readonly name: string }): string {
  const parts = name.replace(/\[\d+\]$/, '').split(/[/.]/);
  const id = parts.length > 1 ? parts.at(-2)! : parts[0]!;
  return id
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

import type { Workspace } from '@benchbook/workspace';
import type { PolicyLoader, PolicySources } from '../../load/policies.ts';
import type { UsingFile } from './check-tools.ts';

/** Where the policies of a workspace name tools and read facts, as their engines tell it. */
export async function usesOf(
  workspace: Workspace,
  loader: PolicyLoader,
  sources: PolicySources,
  engines: readonly string[] = [...new Set(workspace.policyFiles.map(({ engine }) => engine))],
): Promise<readonly UsingFile[]> {
  const files: UsingFile[] = [];
  for (const engine of engines) {
    const own = workspace.policyFiles.filter((file) => file.engine === engine && file.role === 'policy');
    if (own.length === 0) continue;
    const told = await loader.ask(engine, sources, (features) =>
      own.map(({ path, text }) => ({ path, text, uses: features.uses?.(path) ?? [] })),
    );
    files.push(...(told ?? []));
  }
  return files;
}

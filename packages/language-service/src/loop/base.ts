import {
  assembleWorkspace,
  engineOptions,
  type PolicyLoader,
  type PolicySources,
  type PreparedWorkspace,
  policySources,
} from '@benchbook/core';
import type { EngineManifest, FileTree, ObservedNumber, Refusal } from '@benchbook/model';
import { loadWorkspace } from '@benchbook/workspace';
import type { ServicePorts } from '../api.ts';

/** The version that flips are counted against, loaded. */
export interface LoadedBase {
  readonly name: string;
  readonly tree: FileTree;
  readonly prepared: PreparedWorkspace;
  readonly sources: PolicySources;
}

/** Loads the base with engines of the same settings as the folder's where these are the same. Never rejects. */
export async function loadBase(
  ports: Pick<ServicePorts, 'base' | 'avoidFastLane' | 'pause'>,
  manifests: readonly EngineManifest[],
  loader: PolicyLoader,
  numbers: readonly ObservedNumber[] | undefined,
): Promise<LoadedBase | Refusal> {
  try {
    const base = await ports.base();
    if ('refused' in base) return base;
    const workspace = await loadWorkspace(base.tree, manifests);
    if (!workspace.policyFiles.some(({ role }) => role === 'policy'))
      return { refused: `no policy in ${base.name}` };
    const sources: PolicySources = {
      ...policySources(workspace),
      ...(numbers && { numbers }),
      optionsOf: (engine) => engineOptions(engine, workspace.manifest, ports.avoidFastLane),
    };
    const prepared = assembleWorkspace(workspace, await loader.load(sources, { pause: ports.pause }));
    const fatal = prepared.diagnostics.find((one) => one.fatal);
    if (fatal) return { refused: `${base.name} does not load: ${fatal.file}: ${fatal.message}` };
    return { name: base.name, tree: base.tree, prepared, sources };
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) };
  }
}

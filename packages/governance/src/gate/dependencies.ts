import { digest, type EngineAssets, type EngineManifest, type JsonObject } from '@benchbook/model';
import type { Workspace } from '@benchbook/workspace';

/** What decides beside the files of a workspace: the program, and the engines that its policies need. */
export interface Dependencies {
  readonly benchbook: string;
  readonly engines: readonly {
    readonly name: string;
    /** Of the language's implementation; null where its assets alone tell. */
    readonly version: string | null;
    /** Binary assets with their SHA-256. */
    readonly assets: readonly { readonly name: string; readonly sha256: string }[];
  }[];
}

/** Reads the dependencies of a workspace. Rejects where an asset cannot be had, with a message for the user. */
export async function readDependencies(
  workspace: Pick<Workspace, 'policyFiles'>,
  engines: readonly EngineManifest[],
  assets: EngineAssets,
  benchbook: string,
): Promise<Dependencies> {
  const used = new Set(workspace.policyFiles.map(({ engine }) => engine));
  const needed = engines.filter(({ name }) => used.has(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
  const read: Dependencies['engines'][number][] = [];
  for (const { name, version, assets: names } of needed) {
    const own: { name: string; sha256: string }[] = [];
    for (const asset of [...names].sort())
      own.push({ name: asset, sha256: digest(await assets.read(asset)) });
    read.push({ name, version: version ?? null, assets: own });
  }
  return { benchbook, engines: read };
}

/** As certificates state them. */
export function dependenciesJson({ benchbook, engines }: Dependencies): JsonObject {
  return {
    benchbook,
    engines: engines.map(({ name, version, assets }) => ({
      name,
      version,
      assets: assets.map((asset) => ({ name: asset.name, sha256: asset.sha256 })),
    })),
  };
}

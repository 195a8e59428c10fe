/** The sample workspaces in memory, so that tests can change them and replay them again. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type PolicyLoader,
  policyLoader,
  prepareWorkspace,
  type ReplayOptions,
  replay,
} from '@benchbook/core';
import { engines } from '@benchbook/engines';
import type { ByteSource, EngineOptions, ReplayReport } from '@benchbook/model';
import { memorySource, memoryTree, repositoryRoot, sourceAssets } from '@benchbook/testkit';
import { loadWorkspace, type Workspace } from '@benchbook/workspace';

export const SAMPLES = ['support-desk', 'treasury', 'coding-agent'] as const;

/** Milliseconds that loading the engines may take on a busy machine. */
export const LOADING = 60_000;

export type SampleFiles = Readonly<Record<string, Uint8Array | string>>;

export interface SampleBench {
  /** As they stand on disk, without what is expected of them. */
  readonly files: SampleFiles;
  /** The recordings of `files`, by path. */
  readonly recordings: readonly ByteSource[];
  /**
   * Replays the sample; `files` in place of its own (policies too), `recordings` in place of those that `files`
   * hold. Fails for policies that do not load.
   */
  replay(change?: {
    readonly files?: SampleFiles;
    readonly recordings?: readonly ByteSource[];
    readonly options?: ReplayOptions;
  }): Promise<ReplayReport>;
  close(): void;
}

/** Opens a sample; its engines stay open until `close`. */
export async function sampleBench(sample: string): Promise<SampleBench> {
  const files = await sampleFiles(join(repositoryRoot, 'samples', sample));
  const found = await read(files);
  const loader: PolicyLoader = policyLoader(engines, sourceAssets(), (engine) => optionsOf(engine, found));
  return {
    files,
    recordings: recordingsOf(files, found),
    async replay(change = {}) {
      const changed = change.files ?? files;
      const workspace = await read(changed);
      const recordings = change.recordings ?? recordingsOf(changed, workspace);
      const prepared = await prepareWorkspace(workspace, loader, recordings);
      const fatal = prepared.diagnostics.find((diagnostic) => diagnostic.fatal);
      if (fatal) throw new Error(`${fatal.file}: ${fatal.message}`);
      return (await replay(prepared, recordings, change.options)).report;
    },
    close: () => loader.close(),
  };
}

async function sampleFiles(folder: string): Promise<SampleFiles> {
  const files: Record<string, Uint8Array> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(folder.length + 1);
    if (entry.isFile() && !path.startsWith('expected/')) files[path] = await readFile(join(folder, path));
  }
  return files;
}

function read(files: SampleFiles): Promise<Workspace> {
  return loadWorkspace(
    memoryTree(files),
    engines.map(({ manifest }) => manifest),
  );
}

function recordingsOf(files: SampleFiles, { tracePaths }: Workspace): readonly ByteSource[] {
  return tracePaths.map((path) => memorySource(path, files[path]!));
}

function optionsOf(engine: string, { manifest }: Workspace): EngineOptions {
  const mapping = manifest.mapping[engine];
  const settings = manifest.settings[engine];
  return { ...(mapping && { mapping }), ...(settings && { settings }) };
}

/** The sample workspaces in memory, so that tests can change them and replay them again. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type PolicyLoader,
  policyLoader,
  prepareWorkspace,
  type ReplayOptions,
  replay,
  runTests,
} from '@benchbook/core';
import { engines } from '@benchbook/engines';
import type { ByteSource, EngineOptions, ReplayReport, TestReport } from '@benchbook/model';
import { memorySource, memoryTree, repositoryRoot, sourceAssets } from '@benchbook/testkit';
import { loadWorkspace, type Workspace } from '@benchbook/workspace';

export const SAMPLES = ['support-desk', 'treasury', 'coding-agent'] as const;

/** Tests of the policies in their own language, one file a sample. */
export const OWN_TESTS: Readonly<Record<(typeof SAMPLES)[number], string>> = {
  'support-desk': 'policies/desk.tests.json',
  treasury: 'policies/limits.tests.yaml',
  'coding-agent': 'policies/coding/tools_test.rego',
};

/** Milliseconds that loading the engines may take on a busy machine, and that many replays may. */
export const LOADING = 60_000;
export const MANY_REPLAYS = 300_000;

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
  /** Runs its own tests, and what reviewers said of recorded calls. */
  test(files?: SampleFiles): Promise<TestReport>;
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
    async replay({ files: changed = files, recordings, options } = {}) {
      const { prepared, own } = await prepare(loader, changed, recordings);
      return (await replay(prepared, own, options)).report;
    },
    async test(changed = files) {
      const { prepared, own } = await prepare(loader, changed);
      return runTests(prepared, await loader.test(), own);
    },
    close: () => loader.close(),
  };
}

/** Loads the policies of `files`; `own` are the recordings to be read. */
async function prepare(loader: PolicyLoader, files: SampleFiles, recordings?: readonly ByteSource[]) {
  const workspace = await read(files);
  const own = recordings ?? recordingsOf(files, workspace);
  const prepared = await prepareWorkspace(workspace, loader, own);
  const fatal = prepared.diagnostics.find((diagnostic) => diagnostic.fatal);
  if (fatal) throw new Error(`${fatal.file}: ${fatal.message}`);
  return { prepared, own };
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

/** The files with one text changed; fails where it does not stand in the file exactly once. */
export function edited(files: SampleFiles, path: string, from: string, to: string): SampleFiles {
  const content = files[path]!;
  const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`${path} holds ${JSON.stringify(from)} ${parts.length - 1} times`);
  return { ...files, [path]: parts.join(to) };
}

function recordingsOf(files: SampleFiles, { tracePaths }: Workspace): readonly ByteSource[] {
  return tracePaths.map((path) => memorySource(path, files[path]!));
}

function optionsOf(engine: string, { manifest }: Workspace): EngineOptions {
  const mapping = manifest.mapping[engine];
  const settings = manifest.settings[engine];
  return { ...(mapping && { mapping }), ...(settings && { settings }) };
}

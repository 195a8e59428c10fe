/** A sample workspace under a previewer: policies can be typed in, recordings changed. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PreparedWorkspace, policyLoader, prepareWorkspace } from '@benchbook/core';
import { engines } from '@benchbook/engines';
import type { ByteSource, Preview } from '@benchbook/model';
import { memorySource, memoryTree, repositoryRoot, sourceAssets } from '@benchbook/testkit';
import { loadWorkspace } from '@benchbook/workspace';
import { createPreviewer, type Previewer, type PreviewerOptions } from '../src/preview/previewer.ts';

export const SAMPLES = ['support-desk', 'treasury', 'coding-agent'] as const;

export type Files = Readonly<Record<string, string>>;

/** A sample's files as they stand on disk. */
export async function sampleFiles(sample: string): Promise<Files> {
  const folder = join(repositoryRoot, 'samples', sample);
  const files: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(folder.length + 1);
    if (entry.isFile() && !path.startsWith('expected/'))
      files[path] = await readFile(join(folder, path), 'utf8');
  }
  return files;
}

/** The files with one text changed; fails where it does not stand in the file exactly once. */
export function edited(files: Files, path: string, from: string, to: string): Files {
  const parts = files[path]!.split(from);
  if (parts.length !== 2) throw new Error(`${path} holds ${JSON.stringify(from)} ${parts.length - 1} times`);
  return { ...files, [path]: parts.join(to) };
}

/** Policies of `files`, loaded; call `close` when they are no longer needed. */
export async function load(files: Files): Promise<{
  readonly prepared: PreparedWorkspace;
  readonly recordings: readonly ByteSource[];
  close(): void;
}> {
  const workspace = await loadWorkspace(
    memoryTree(files),
    engines.map(({ manifest }) => manifest),
  );
  const loader = policyLoader(engines, sourceAssets(), (engine) => {
    const mapping = workspace.manifest.mapping[engine];
    const settings = workspace.manifest.settings[engine];
    return { ...(mapping && { mapping }), ...(settings && { settings }) };
  });
  const recordings = workspace.tracePaths.map((path) => memorySource(path, files[path]!));
  const prepared = await prepareWorkspace(workspace, loader, recordings);
  const fatal = prepared.diagnostics.find((diagnostic) => diagnostic.fatal);
  if (fatal) throw new Error(`${fatal.file}: ${fatal.message}`);
  return { prepared, recordings, close: () => loader.close() };
}

export interface Opened {
  readonly previewer: Previewer;
  /** Every state that was told, in order. */
  readonly told: readonly Preview[];
  readonly messages: readonly string[];
}

/** A previewer over recordings; pauses are turns of the event loop. */
export function open(
  recordings: () => readonly ByteSource[],
  options: Partial<PreviewerOptions> = {},
): Opened {
  const told: Preview[] = [];
  const messages: string[] = [];
  const previewer = createPreviewer({
    recordings: async () => recordings(),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    now: () => performance.now(),
    maxCalls: 100_000,
    onPreview: (preview) => told.push(preview),
    onKnowledge: () => {},
    onMessage: (severity, message) => messages.push(`${severity}: ${message}`),
    ...options,
  });
  return { previewer, told, messages };
}

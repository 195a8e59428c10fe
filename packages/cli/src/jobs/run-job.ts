import {
  check,
  engineOptions,
  explain,
  type Guard,
  type PolicyLoader,
  type PreparedWorkspace,
  policyLoader,
  prepareWorkspace,
  type RequestTableOptions,
  replay,
  runTests,
} from '@benchbook/core';
import { engines } from '@benchbook/engines';
import {
  type DigestedSource,
  digestedSource,
  nodeAssets,
  nodeByteSource,
  nodeFileTree,
  systemClock,
} from '@benchbook/host/node';
import { describeLookedFor, loadWorkspace, type Workspace } from '@benchbook/workspace';
import { reportFatal } from './fatal.ts';
import type { Job, JobRefusal, JobResult } from './job.ts';
import { overridesOf } from './open-job.ts';
import { runDiff } from './run-diff.ts';
import { scaffold } from './scaffold.ts';

export interface JobHooks {
  readonly guard: Guard;
  /** Calls and bytes read so far, and bytes in all. */
  readonly onProgress: (calls: number, bytes: number, total: number) => void;
}

/** Does one job from the files on disk. Rejects only for bugs and unreadable recordings. */
export async function runJob(job: Job, hooks: JobHooks): Promise<JobResult | JobRefusal> {
  const tree = nodeFileTree(job.root, {
    also: [...(job.policies ?? []), ...(job.traces ?? [])].filter(isOutside),
  });
  const workspace = await loadWorkspace(
    tree,
    engines.map(({ manifest }) => manifest),
    overridesOf(job),
  );
  if (job.kind === 'scaffold') return { kind: 'scaffold', files: await scaffold(job, workspace) };

  const needsTraces = job.kind !== 'check' && job.kind !== 'test';
  const refusal = nothingFound(workspace, needsTraces);
  if (refusal) return refusal;

  const recordings = workspace.tracePaths.map((path) => digestedSource(nodeByteSource(job.root, path)));
  const loader = policyLoader(engines, nodeAssets(job.assets), (engine) =>
    engineOptions(engine, workspace.manifest, job.avoidFastLane),
  );
  try {
    const prepared = await prepareWorkspace(
      workspace,
      loader,
      recordings,
      job.kind === 'check' ? { tools: 'survey' } : {},
    );
    return await perform(job, prepared, loader, recordings, hooks);
  } finally {
    loader.close();
  }
}

async function perform(
  job: Job,
  prepared: PreparedWorkspace,
  loader: PolicyLoader,
  recordings: readonly DigestedSource[],
  hooks: JobHooks,
): Promise<JobResult | JobRefusal> {
  const report = check(prepared);
  if (job.kind === 'check') return { kind: 'check', report };

  const fatal = reportFatal(prepared);
  if (fatal && !((job.kind === 'replay' || job.kind === 'diff') && job.keepGoing)) return { refused: fatal };
  if (job.kind === 'diff') return runDiff(job, { head: prepared, loader, recordings }, hooks);
  const table: RequestTableOptions = { guard: hooks.guard, poisoned: job.poisoned };
  if (job.kind === 'explain') {
    const result = await explain(prepared, recordings, job.call, table);
    if ('report' in result) return { kind: 'explain', report: result.report };
    const similar = result.similar.length > 0 ? `; similar: ${result.similar.join(', ')}` : '';
    return {
      refused: `no call '${job.call}' among ${result.calls} calls of ${recordings.length} recordings${similar}`,
    };
  }
  if (job.kind === 'test') {
    return { kind: 'test', report: await runTests(prepared, await loader.test(), recordings, table) };
  }
  const total = recordings.reduce((sum, { size }) => sum + size, 0);
  if (job.kind !== 'replay') throw new Error(`unknown job ${job.kind}`);
  const { report: replayed, boundaryTests } = await replay(prepared, recordings, {
    decisions: job.decisions,
    coverage: job.coverage,
    table,
    digestOf: (file) => recordings.find(({ path }) => path === file)?.sha256(),
    ...(job.latency && { clock: systemClock }),
    onProgress: (calls, bytes) => hooks.onProgress(calls, bytes, total),
  });
  return {
    kind: 'replay',
    report: replayed,
    sources: job.sources ? sourcesOf(prepared) : new Map(),
    boundaryTests: job.boundary ? boundaryTests : [],
  };
}

function sourcesOf({ workspace }: PreparedWorkspace): ReadonlyMap<string, string> {
  return new Map(workspace.policyFiles.map(({ path, text }) => [path, text]));
}

function nothingFound(workspace: Workspace, needsTraces: boolean): JobRefusal | undefined {
  const unreadable = workspace.diagnostics.find(({ code }) => code === 'workspace-unreadable');
  if (unreadable) return { refused: unreadable.message };
  if (!workspace.policyFiles.some(({ role }) => role === 'policy')) {
    return { refused: describeLookedFor('policy', workspace.lookedFor.policies) };
  }
  if (needsTraces && workspace.tracePaths.length === 0) {
    return { refused: describeLookedFor('trace', workspace.lookedFor.traces) };
  }
  return undefined;
}

function isOutside(path: string): boolean {
  return path.startsWith('..') || path.startsWith('/');
}

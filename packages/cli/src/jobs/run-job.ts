import {
  check,
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
import { describeFatal, type Job, type JobRefusal, type JobResult } from './job.ts';
import { scaffold } from './scaffold.ts';

export interface JobHooks {
  readonly guard: Guard;
  /** Calls and bytes read so far, and bytes in all. */
  readonly onProgress: (calls: number, bytes: number, total: number) => void;
}

/** Does one job from the files on disk. Rejects only for bugs and unreadable recordings. */
export async function runJob(job: Job, hooks: JobHooks): Promise<JobResult | JobRefusal> {
  const overrides = {
    ...(job.policies && { policies: job.policies }),
    ...(job.traces && { traces: job.traces }),
  };
  const tree = nodeFileTree(job.root, {
    also: [...(job.policies ?? []), ...(job.traces ?? [])].filter(isOutside),
  });
  const workspace = await loadWorkspace(
    tree,
    engines.map(({ manifest }) => manifest),
    overrides,
  );
  if (job.kind === 'scaffold') return { kind: 'scaffold', files: await scaffold(job, workspace) };

  const needsTraces = job.kind !== 'check' && job.kind !== 'test';
  const refusal = nothingFound(workspace, needsTraces);
  if (refusal) return refusal;

  const recordings = workspace.tracePaths.map((path) => digestedSource(nodeByteSource(job.root, path)));
  const loader = policyLoader(engines, nodeAssets(job.assets), (engine) =>
    engineOptions(engine, job, workspace),
  );
  try {
    const prepared = await prepareWorkspace(workspace, loader, recordings);
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

  const fatal = prepared.diagnostics.filter((diagnostic) => diagnostic.fatal);
  if (fatal.length > 0 && !(job.kind === 'replay' && job.keepGoing)) {
    const places = new Set(fatal.map(({ code, file, message }) => `${code} ${file} ${message}`));
    const shown = report.diagnostics.filter(({ code, file, message }) =>
      places.has(`${code} ${file} ${message}`),
    );
    return { refused: describeFatal(shown) };
  }
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

function engineOptions(engine: string, job: Job, { manifest }: Workspace) {
  const mapping = Object.hasOwn(manifest.mapping, engine) ? manifest.mapping[engine] : undefined;
  const settings = Object.hasOwn(manifest.settings, engine) ? manifest.settings[engine] : undefined;
  const budget = Object.hasOwn(manifest.budget, engine) ? manifest.budget[engine] : undefined;
  return {
    ...(mapping && { mapping }),
    ...(settings && { settings }),
    ...(budget !== undefined && { budget }),
    avoidFastLane: job.avoidFastLane.map((set) => ({ set, key: null })),
  };
}

function isOutside(path: string): boolean {
  return path.startsWith('..') || path.startsWith('/');
}

import {
  check,
  engineOptions,
  explain,
  type Guard,
  type PreparedWorkspace,
  policyLoader,
  prepareWorkspace,
  type RequestTableOptions,
  replay,
  runTests,
} from '@benchbook/core';
import { engines } from '@benchbook/engines';
import { digestedSource, nodeAssets, nodeByteSource, nodeFileTree, systemClock } from '@benchbook/host/node';
import { describeLookedFor, loadWorkspace, type Workspace } from '@benchbook/workspace';
import { reportFatal } from './fatal.ts';
import type { Job, JobRefusal, JobResult } from './job.ts';
import { overridesOf } from './open-job.ts';
import { type AgentsStart, agentDiagnostics, runAgents } from './run-agents.ts';
import { runDiff } from './run-diff.ts';
import { gateJob, signOffJob, verifyJob } from './run-gate.ts';
import { runSimulation } from './run-simulation.ts';
import { scaffold } from './scaffold.ts';

export interface JobHooks {
  readonly guard: Guard;
  /** Calls and bytes read so far, and bytes in all. */
  readonly onProgress: (calls: number, bytes: number, total: number) => void;
}

/** What says something of policies that decided nothing yet. */
const NEEDS_NO_TRACES: readonly Job['kind'][] = ['check', 'test', 'agents', 'gate'];

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

  const recordings = workspace.tracePaths.map((path) => digestedSource(nodeByteSource(job.root, path)));
  const files = { workspace, tree, recordings, assets: job.assets };
  if (job.kind === 'gate-verify' || job.kind === 'sign-off') {
    const unreadable = unreadableWorkspace(workspace);
    if (unreadable) return unreadable;
    return job.kind === 'sign-off' ? signOffJob(job, files) : verifyJob(job, files);
  }
  const refusal = nothingFound(workspace, !NEEDS_NO_TRACES.includes(job.kind));
  if (refusal) return refusal;

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
    return await perform(job, { prepared, loader, recordings, tree }, hooks);
  } finally {
    loader.close();
  }
}

async function perform(job: Job, start: AgentsStart, hooks: JobHooks): Promise<JobResult | JobRefusal> {
  const { prepared, loader, recordings } = start;
  if (job.kind === 'check') {
    const diagnostics = prepared.diagnoseWith(await agentDiagnostics(job, start, hooks));
    return { kind: 'check', report: check({ ...prepared, diagnostics }) };
  }

  const fatal = reportFatal(prepared);
  if (fatal && !((job.kind === 'replay' || job.kind === 'diff') && job.keepGoing)) return { refused: fatal };
  if (job.kind === 'agents') return runAgents(job, start, hooks);
  if (job.kind === 'diff') return runDiff(job, { head: prepared, loader, recordings }, hooks);
  const table: RequestTableOptions = { guard: hooks.guard, poisoned: job.poisoned };
  if (job.kind === 'gate') {
    const files = { workspace: prepared.workspace, tree: start.tree, recordings, assets: job.assets };
    const size = recordings.reduce((sum, one) => sum + one.size, 0);
    return gateJob(job, files, prepared, loader, table, (calls, bytes) =>
      hooks.onProgress(calls, bytes, size),
    );
  }
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
  if (job.kind === 'simulate')
    return runSimulation(job, start, table, (calls, bytes) => hooks.onProgress(calls, bytes, total));
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
  const unreadable = unreadableWorkspace(workspace);
  if (unreadable) return unreadable;
  if (!workspace.policyFiles.some(({ role }) => role === 'policy')) {
    return { refused: describeLookedFor('policy', workspace.lookedFor.policies) };
  }
  if (needsTraces && workspace.tracePaths.length === 0) {
    return { refused: describeLookedFor('trace', workspace.lookedFor.traces) };
  }
  return undefined;
}

function unreadableWorkspace({ diagnostics }: Workspace): JobRefusal | undefined {
  const unreadable = diagnostics.find(({ code }) => code === 'workspace-unreadable');
  return unreadable && { refused: unreadable.message };
}

function isOutside(path: string): boolean {
  return path.startsWith('..') || path.startsWith('/');
}

import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type Approvals,
  diff,
  engineOptions,
  type PolicyLoader,
  type PreparedWorkspace,
  policyLoader,
  prepareWorkspace,
  readApprovals,
} from '@benchbook/core';
import { engines } from '@benchbook/engines';
import { type DigestedSource, gitTree, nodeAssets, nodeFileTree, systemClock } from '@benchbook/host/node';
import { loadWorkspace, type Workspace } from '@benchbook/workspace';
import { reportFatal } from './fatal.ts';
import type { JobKind, JobRefusal, JobResult, Place } from './job.ts';
import { type OpenJob, overridesOf } from './open-job.ts';
import type { JobHooks } from './run-job.ts';

type DiffJob = OpenJob & Place & Extract<JobKind, { kind: 'diff' }>;

/** What a diff starts from: head, ready, and the loader that loaded it. */
export interface DiffStart {
  readonly head: PreparedWorkspace;
  readonly loader: PolicyLoader;
  readonly recordings: readonly DigestedSource[];
}

/** Loads the policies of base beside those of head, and compares them. */
export async function runDiff(
  job: DiffJob,
  { head, loader, recordings }: DiffStart,
  hooks: JobHooks,
): Promise<JobResult | JobRefusal> {
  const approvals = job.approve === undefined ? undefined : readApprovals(job.approve.file, job.approve.text);
  if (approvals && 'error' in approvals) return { refused: approvals.error };
  const opened = await openBase(job, head.workspace);
  if ('refused' in opened) return opened;
  const own = ownLoader(job, opened.workspace, head.workspace);
  try {
    const base = await prepareWorkspace(opened.workspace, own ?? loader, recordings);
    const fatal = reportFatal(base);
    if (fatal && !job.keepGoing) return { refused: `${job.base}: ${fatal}` };
    return { kind: 'diff', report: await compare(job, { base, head }, recordings, approvals, hooks) };
  } finally {
    own?.close();
  }
}

function compare(
  job: DiffJob,
  versions: Parameters<typeof diff>[0],
  recordings: readonly DigestedSource[],
  approvals: { readonly approvals: Approvals } | undefined,
  hooks: JobHooks,
) {
  const total = recordings.reduce((sum, { size }) => sum + size, 0);
  return diff(versions, recordings, {
    name: job.base,
    coverage: job.coverage,
    ...(approvals && { approvals: approvals.approvals }),
    ...(job.latency && { clock: systemClock }),
    table: { guard: hooks.guard, poisoned: job.poisoned },
    onProgress: (calls, bytes) => hooks.onProgress(calls, bytes, total),
  });
}

/** A folder, else a revision of the repository that the workspace lies in. */
async function openBase(
  job: DiffJob,
  head: Workspace,
): Promise<{ readonly workspace: Workspace } | JobRefusal> {
  const folder = resolve(job.base);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return openFolder(folder, job, head);
  try {
    const tree = await gitTree(job.root, job.base);
    try {
      const workspace = await loadWorkspace(tree, manifests(), overridesOf(job));
      return hasPolicies(workspace) ? { workspace } : { refused: `no policy in ${job.base}` };
    } finally {
      await tree.close();
    }
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) };
  }
}

/** A workspace of its own, or a folder of policies alone: then everything else is as in head. */
async function openFolder(
  folder: string,
  job: DiffJob,
  head: Workspace,
): Promise<{ readonly workspace: Workspace } | JobRefusal> {
  const tree = nodeFileTree(folder);
  const workspace = await loadWorkspace(tree, manifests());
  if (hasPolicies(workspace)) return { workspace };
  if (workspace.manifestPath === null) {
    const { policyFiles, diagnostics } = await loadWorkspace(tree, manifests(), { policies: ['**'] });
    const alone = { ...head, policyFiles, diagnostics };
    if (hasPolicies(alone)) return { workspace: alone };
  }
  return { refused: `no policy in ${job.base}` };
}

/** Engines are shared between the versions unless their settings differ. */
function ownLoader(job: DiffJob, base: Workspace, head: Workspace): PolicyLoader | undefined {
  const optionsOf = (engine: string, { manifest }: Workspace) =>
    engineOptions(engine, manifest, job.avoidFastLane);
  const differs = engines.some(
    ({ manifest: { name } }) =>
      JSON.stringify(optionsOf(name, base)) !== JSON.stringify(optionsOf(name, head)),
  );
  return differs
    ? policyLoader(engines, nodeAssets(job.assets), (engine) => optionsOf(engine, base))
    : undefined;
}

function hasPolicies({ policyFiles }: Workspace): boolean {
  return policyFiles.some(({ role }) => role === 'policy');
}

function manifests() {
  return engines.map(({ manifest }) => manifest);
}

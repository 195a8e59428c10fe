import type { PreparedWorkspace, RequestTableOptions } from '@benchbook/core';
import {
  certificatePath,
  fileText,
  MAX_ENVELOPE,
  readRegistry,
  type SimulationOptions,
  simulate,
  type TrailItem,
  trailHooks,
} from '@benchbook/governance';
import type { AgentRecord, ByteSource, FileTree } from '@benchbook/model';
import { digest } from '@benchbook/model';
import type { Workspace } from '@benchbook/workspace';
import type { JobResult } from './job.ts';

/** What a simulation is asked for; plain data. */
export interface SimulateJob {
  readonly options: SimulationOptions;
  /** Hand back the entries of an audit trail; `withCalls` with the calls that they are about. */
  readonly trail: { readonly withCalls: boolean } | null;
}

/** Plays the recordings over policies that are loaded. */
export async function runSimulation(
  job: SimulateJob,
  start: {
    readonly prepared: PreparedWorkspace;
    readonly recordings: readonly ByteSource[];
    readonly tree: FileTree;
  },
  table: RequestTableOptions,
  onProgress: (calls: number, bytes: number) => void,
): Promise<JobResult> {
  const { prepared, recordings, tree } = start;
  const { workspace } = prepared;
  const { agents } = readRegistry(workspace);
  const trail: TrailItem[] = [];
  const certificates = job.trail ? await certificatesOf(agents, workspace, tree) : undefined;
  const hooks = certificates && {
    ...trailHooks({
      certificateOf: (agent) => (agent === null ? null : (certificates.get(agent) ?? null)),
      withCalls: job.trail?.withCalls === true,
      take: (item) => void trail.push(item),
    }),
  };
  const { report, after, read } = await simulate(
    prepared,
    agents,
    recordings,
    job.options,
    { ...hooks, onProgress },
    table,
  );
  return { kind: 'simulate', report, after, read, trail, governance: workspace.manifest.governance };
}

/** SHA-256 of each agent's certificate, as it lies in its file. */
async function certificatesOf(
  agents: readonly AgentRecord[],
  workspace: Workspace,
  tree: FileTree,
): Promise<ReadonlyMap<string, string>> {
  const paths = new Set(await tree.list());
  const found = new Map<string, string>();
  for (const { id } of agents) {
    const path = certificatePath(workspace.manifest.governance, id);
    const read = paths.has(path) ? await fileText(tree, path, MAX_ENVELOPE) : undefined;
    if (read && 'text' in read) found.set(id, digest(read.text));
  }
  return found;
}

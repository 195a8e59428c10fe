import type { PolicyLoader, PreparedWorkspace } from '@benchbook/core';
import { engines } from '@benchbook/engines';
import {
  checkDiagnostics,
  decideBuildChecks,
  gateStatus,
  isUngoverned,
  readDependencies,
  readRegistry,
  readSuite,
  withoutSilenced,
} from '@benchbook/governance';
import { type DigestedSource, nodeAssets } from '@benchbook/host/node';
import type { AgentsReport, Diagnostic, FileTree, GateStatus } from '@benchbook/model';
import { version } from '../version.ts';
import { reportFatal } from './fatal.ts';
import type { JobRefusal, JobResult } from './job.ts';
import type { OpenJob } from './open-job.ts';
import type { JobHooks } from './run-job.ts';

/** What the build checks are run on. */
export interface AgentsStart {
  readonly prepared: PreparedWorkspace;
  readonly loader: PolicyLoader;
  readonly recordings: readonly DigestedSource[];
  readonly tree: FileTree;
}

/** Reads the registry and checks every agent in it. */
export async function runAgents(
  job: OpenJob & { readonly now: string },
  start: AgentsStart,
  { guard }: JobHooks,
): Promise<JobResult | JobRefusal> {
  const { prepared, loader, recordings, tree } = start;
  const { workspace, texts } = prepared;
  const registry = readRegistry(workspace);
  if (registry.agents.length === 0) {
    const patterns = workspace.manifest.agents.join(', ');
    return { refused: `no agent card found: looked for ${patterns}` };
  }
  const { findings, agents } = await decideBuildChecks(prepared, registry, recordings, {
    now: job.now,
    loader,
    tree,
    table: { guard, poisoned: job.poisoned },
  });
  const statuses = await gateStatuses(job, start, registry.agents);
  const cards = registry.diagnostics.map(({ code, ...diagnostic }) => ({
    agent: agentAt(registry.agents, diagnostic),
    check: code,
    controls: [],
    ...diagnostic,
  }));
  const report: AgentsReport = {
    schema: 'benchbook.agents/v1',
    agents: registry.agents.map((agent) => {
      const counted = agents.get(agent.id);
      return {
        id: agent.id,
        name: agent.name,
        owner: agent.owner,
        tier: agent.tier.effective,
        derivedTier: agent.tier.derived,
        file: agent.file,
        range: texts(agent.file).range(agent.range),
        calls: counted?.calls ?? 0,
        checks: { passed: counted?.passed ?? 0, failed: counted?.failed ?? 0 },
        gate: statuses.get(agent.id) ?? { state: 'none', reasons: [], expires: null },
      };
    }),
    findings: [...cards, ...withoutSilenced(findings, workspace)].map(({ range, ...one }) => ({
      ...one,
      range: range && texts(one.file).range(range),
    })),
  };
  return { kind: 'agents', report };
}

/** What `check` tells of agents: their cards always, the build checks where somebody asked for governance. */
export async function agentDiagnostics(
  job: OpenJob & { readonly now: string },
  { prepared, loader, recordings, tree }: AgentsStart,
  { guard }: JobHooks,
): Promise<readonly Diagnostic[]> {
  const registry = readRegistry(prepared.workspace);
  // Policies that do not load grant nothing, so that every grant would look wrong.
  if (isUngoverned(registry, prepared.workspace) || reportFatal(prepared)) return registry.diagnostics;
  const { findings } = await decideBuildChecks(prepared, registry, recordings, {
    now: job.now,
    loader,
    tree,
    table: { guard, poisoned: job.poisoned },
  });
  return [...registry.diagnostics, ...checkDiagnostics(findings)];
}

async function gateStatuses(
  job: OpenJob & { readonly now: string },
  { prepared: { workspace }, recordings, tree }: AgentsStart,
  agents: Parameters<typeof agentAt>[0],
): Promise<ReadonlyMap<string, GateStatus>> {
  const statuses = new Map<string, GateStatus>();
  if (!workspace.manifest.governance) return statuses;
  const manifests = engines.map(({ manifest }) => manifest);
  const suite = await readSuite(recordings);
  const dependencies = await readDependencies(workspace, manifests, nodeAssets(job.assets), version);
  for (const agent of agents) {
    const sources = { workspace, tree, agent, suite, dependencies };
    statuses.set(agent.id, await gateStatus(sources, Date.parse(job.now)));
  }
  return statuses;
}

/** The agent whose card a finding stands in. */
function agentAt(
  agents: ReturnType<typeof readRegistry>['agents'],
  { file, range }: Pick<Diagnostic, 'file' | 'range'>,
): string {
  const start = range?.start ?? 0;
  const own = agents.filter((agent) => agent.file === file);
  const inside = own.find((agent) => agent.range.start <= start && start <= agent.range.end);
  return (inside ?? own[0])?.id ?? '';
}

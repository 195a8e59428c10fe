import type { EngineOptions } from '@benchbook/model';
import type { Workspace, WorkspaceOverrides } from '@benchbook/workspace';
import type { Place } from './job.ts';

/** What every job brings beside its place. */
export interface OpenJob {
  readonly avoidFastLane: readonly string[];
  readonly poisoned: readonly { readonly set: string; readonly request: number }[];
  readonly assets: readonly string[];
}

/** The patterns that a job puts in place of the manifest's. */
export function overridesOf({ policies, traces }: Place): WorkspaceOverrides {
  return { ...(policies && { policies }), ...(traces && { traces }) };
}

/** What an engine is opened with. */
export function engineOptions(engine: string, job: OpenJob, { manifest }: Workspace): EngineOptions {
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

import type { WorkspaceOverrides } from '@benchbook/workspace';
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

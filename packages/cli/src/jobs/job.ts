/** What the worker is asked and what it answers; plain data, fit for `structuredClone`. */
import type { PoisonedRequest } from '@benchbook/core';
import type { SimulationState, TrailItem } from '@benchbook/governance';
import type {
  AgentsReport,
  Call,
  CheckReport,
  DiagnosticReport,
  DiffReport,
  ExplainReport,
  GateReport,
  ReplayReport,
  SimulationReport,
  TestReport,
  ToolDefinition,
  VerifyReport,
} from '@benchbook/model';
import type { GovernanceSettings } from '@benchbook/workspace';
import type { SimulateJob } from './run-simulation.ts';

/** Where to work: absolute root, and paths relative to it. */
export interface Place {
  readonly root: string;
  readonly policies?: readonly string[];
  readonly traces?: readonly string[];
}

export type Job = Place & {
  /** Sets that got stuck in their fast lane in an earlier attempt at this job. */
  readonly avoidFastLane: readonly string[];
  /** Requests that ended an earlier worker even so. */
  readonly poisoned: readonly PoisonedRequest[];
  readonly assets: readonly string[];
} & JobKind;

export type JobKind =
  /** `now`: ISO time that ages of reviews are counted to. */
  | { readonly kind: 'check'; readonly now: string }
  | { readonly kind: 'agents'; readonly now: string }
  | {
      readonly kind: 'replay';
      readonly decisions: boolean;
      readonly latency: boolean;
      readonly keepGoing: boolean;
      readonly coverage: boolean;
      /** Hand back the texts of policy files and the boundary calls. */
      readonly sources: boolean;
      readonly boundary: boolean;
    }
  | { readonly kind: 'explain'; readonly call: string }
  | { readonly kind: 'test' }
  | {
      readonly kind: 'diff';
      /** A folder, else a git revision. */
      readonly base: string;
      readonly approve?: { readonly file: string; readonly text: string };
      readonly latency: boolean;
      readonly keepGoing: boolean;
      readonly coverage: boolean;
    }
  /** `now` in milliseconds since 1970; `key` the text of a private key. */
  | {
      readonly kind: 'gate';
      readonly agent: string;
      readonly now: number;
      readonly key?: string;
      readonly validDays?: number;
    }
  /** `certificate`: its text; absent: the one that lies where the manifest keeps them. */
  | {
      readonly kind: 'gate-verify';
      readonly agent: string;
      readonly now: number;
      readonly certificate?: string;
    }
  | {
      readonly kind: 'sign-off';
      readonly agent: string;
      readonly role: string;
      readonly now: number;
      readonly key: string;
    }
  | ({ readonly kind: 'simulate' } & SimulateJob)
  /** `tools` are those seen in recordings, for where no file declares any. */
  | { readonly kind: 'scaffold'; readonly engine: string; readonly tools: readonly ToolDefinition[] };

/** Why a job could not be done; `message` is for the user. */
export interface JobRefusal {
  readonly refused: string;
}

export type JobResult =
  | {
      readonly kind: 'simulate';
      readonly report: SimulationReport;
      readonly after: SimulationState;
      readonly read: Pick<ReplayReport, 'recordings' | 'unreadable'>;
      /** Empty unless it was asked for. */
      readonly trail: readonly TrailItem[];
      readonly governance: GovernanceSettings | null;
    }
  | { readonly kind: 'check'; readonly report: CheckReport }
  | { readonly kind: 'agents'; readonly report: AgentsReport }
  | {
      readonly kind: 'replay';
      readonly report: ReplayReport;
      /** Texts of policy files by path. */
      readonly sources: ReadonlyMap<string, string>;
      readonly boundaryTests: readonly Call[];
    }
  | { readonly kind: 'explain'; readonly report: ExplainReport }
  | { readonly kind: 'test'; readonly report: TestReport }
  | { readonly kind: 'diff'; readonly report: DiffReport }
  | {
      readonly kind: 'gate';
      readonly report: GateReport;
      /** Text of the certificate, null where nothing was issued, and the file of the workspace it belongs in. */
      readonly certificate: string | null;
      readonly path: string;
    }
  | { readonly kind: 'gate-verify'; readonly report: VerifyReport }
  | {
      readonly kind: 'sign-off';
      readonly envelope: string;
      readonly path: string;
      readonly role: string;
      readonly by: string;
      readonly date: string;
    }
  | { readonly kind: 'scaffold'; readonly files: readonly { path: string; text: string }[] };

/** Fatal diagnostics in one line: the first, and how many more there are. */
export function describeFatal(fatal: readonly DiagnosticReport[]): string {
  const first = fatal[0]!;
  const at = first.range ? `:${first.range.start.line}:${first.range.start.column}` : '';
  const more = fatal.length > 1 ? `; and ${fatal.length - 1} more: run \`benchbook check\`` : '';
  return `${first.file}${at}: ${first.message} (${first.code})${more}`;
}

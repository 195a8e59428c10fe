/** What the worker is asked and what it answers; plain data, fit for `structuredClone`. */
import type { PoisonedRequest } from '@benchbook/core';
import type {
  Call,
  CheckReport,
  DiagnosticReport,
  DiffReport,
  ExplainReport,
  ReplayReport,
  TestReport,
  ToolDefinition,
} from '@benchbook/model';

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
  | { readonly kind: 'check' }
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
  /** `tools` are those seen in recordings, for where no file declares any. */
  | { readonly kind: 'scaffold'; readonly engine: string; readonly tools: readonly ToolDefinition[] };

/** Why a job could not be done; `message` is for the user. */
export interface JobRefusal {
  readonly refused: string;
}

export type JobResult =
  | { readonly kind: 'check'; readonly report: CheckReport }
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
  | { readonly kind: 'scaffold'; readonly files: readonly { path: string; text: string }[] };

/** Fatal diagnostics in one line: the first, and how many more there are. */
export function describeFatal(fatal: readonly DiagnosticReport[]): string {
  const first = fatal[0]!;
  const at = first.range ? `:${first.range.start.line}:${first.range.start.column}` : '';
  const more = fatal.length > 1 ? `; and ${fatal.length - 1} more: run \`benchbook check\`` : '';
  return `${first.file}${at}: ${first.message} (${first.code})${more}`;
}

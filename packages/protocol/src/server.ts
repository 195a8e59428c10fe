/**
 * What a client may ask the language server beside LSP. `folder` is the URI of a workspace, as `folders` gives it (a
 * folder of the editor may hold several); the URI of an editor's folder stands for the first workspace in it.
 */
import type {
  AgentEntry,
  CallEntry,
  CallFilter,
  Evaluation,
  Outcome,
  OutcomeCounts,
  PdpState,
  RecordingEntry,
  Refusal,
  ReplayReport,
  SessionEntry,
  TestReport,
} from '@benchbook/model';

export const METHODS = {
  /** Nothing -> URIs of all workspaces ({@link FoldersResult}). */
  folders: 'benchbook/folders',
  /** {@link StatusParams}, from the server: the preview changed. */
  status: 'benchbook/status',
  /** {@link FolderParams} -> {@link StatusParams} or null. */
  getStatus: 'benchbook/getStatus',
  replay: 'benchbook/replay',
  recordings: 'benchbook/recordings',
  sessions: 'benchbook/sessions',
  calls: 'benchbook/calls',
  chooseCall: 'benchbook/chooseCall',
  callText: 'benchbook/callText',
  evaluate: 'benchbook/evaluate',
  callLine: 'benchbook/callLine',
  report: 'benchbook/report',
  baseText: 'benchbook/baseText',
  tests: 'benchbook/tests',
  /** {@link FolderParams} -> {@link CoverageResult}: what the recordings exercise, for native coverage. */
  coverage: 'benchbook/coverage',
  scaffold: 'benchbook/scaffold',
  /** {@link FolderParams} -> {@link AgentsResult}: the registry, with how each agent stands with the gate. */
  agents: 'benchbook/agents',
  /** {@link SimulateParams} -> {@link ReportResult}: an outage played over the recordings, for the report panel. */
  simulate: 'benchbook/simulate',
  /** From the server: {@link ListFilesParams} -> paths. Only where the server cannot read the folder itself. */
  listFiles: 'benchbook/listFiles',
  /** From the server: {@link ReadFileParams} -> base64 text. */
  readFile: 'benchbook/readFile',
} as const;

export interface FolderParams {
  readonly folder: string;
}
export type FoldersResult = readonly string[];

export interface StatusParams extends FolderParams {
  readonly decided: number;
  readonly total: number;
  readonly leftOut: number;
  readonly stale: boolean;
  readonly outcomes: OutcomeCounts;
  /** null while base is not known; `baseReason` says why there is none. */
  readonly flips: number | null;
  readonly base: string | null;
  readonly baseReason?: string;
  readonly policies: number;
  readonly neverExercised: number;
  readonly chosen: CallEntry | null;
}

export interface CallsParams extends FolderParams {
  readonly filter: CallFilter;
  readonly from?: number;
}
export interface CallsResult {
  readonly total: number;
  readonly calls: readonly CallEntry[];
}
export interface RecordingsParams extends FolderParams {
  readonly filter: CallFilter;
}
export interface SessionsParams extends RecordingsParams {
  readonly file: string;
}
export type RecordingsResult = readonly RecordingEntry[];
export type SessionsResult = readonly SessionEntry[];

/** `call` null: none is chosen any more. */
export interface ChooseCallParams extends FolderParams {
  readonly call: string | null;
}
export interface CallTextParams extends FolderParams {
  readonly call: string;
}

export type EvaluateParams = FolderParams &
  ({ readonly call: string } | { readonly text: string; readonly after?: string });
/** The evaluation, and the same told as Markdown. */
export type EvaluateResult = { readonly evaluation: Evaluation; readonly markdown: string } | Refusal;

export interface CallLineParams extends FolderParams {
  readonly text: string;
  readonly expect: Outcome;
}
export type CallLineResult = { readonly line: string } | Refusal;

export interface ReportParams extends FolderParams {
  readonly latency: boolean;
}
/**
 * The report panel: `html` goes inside `<main>`, `css` into a `<style nonce>` of the page. No scripts,
 * no `style` attributes, no remote content; colours are VS Code's theme variables. A link with `data-file` (a path in the
 * folder) and perhaps `data-line`, `data-column` (from 1) opens that place, one with `data-call` (an id) that call.
 */
export type ReportResult = { readonly css: string; readonly html: string } | Refusal;

export type AgentsResult = readonly AgentEntry[];
/** What the PDP is like in the outage. */
export interface SimulateParams extends FolderParams {
  readonly state: PdpState;
}

/** A policy file in base. */
export interface BaseTextParams extends FolderParams {
  readonly path: string;
}
export type BaseTextResult = { readonly text: string } | Refusal;
export type TestsResult = { readonly report: TestReport } | Refusal;
/** Over all recordings, counted in calls. */
export type CoverageResult =
  | { readonly report: Pick<ReplayReport, 'policies' | 'helpers' | 'lines'> }
  | Refusal;
export type ScaffoldResult = readonly { readonly path: string; readonly text: string }[];

export interface ListFilesParams extends FolderParams {}
export interface ReadFileParams extends FolderParams {
  readonly path: string;
}

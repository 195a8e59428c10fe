/** The results of commands as data: what `--format json` prints and every reporter reads. */
import type { Basis, Effect, EvaluationError, Mode, Obligation, Outcome } from './decision.ts';
import type { Severity } from './diagnostic.ts';
import type { HistoryEntry } from './governance/history.ts';
import type { LineColumnRange } from './text.ts';

export interface Ratio {
  readonly covered: number;
  readonly total: number;
}

export interface ConditionReport {
  readonly range: LineColumnRange;
  /** Its source on one line, cut to 200 UTF-16 units. */
  readonly text: string;
  /** Index, in the same list, of the whole clause whose operand it is; null for a clause of its own. */
  readonly parent: number | null;
  readonly true: number;
  readonly false: number;
  readonly error: number;
  readonly unreached: number;
}

export interface PolicyReport {
  readonly id: string;
  readonly file: string;
  readonly language: string;
  readonly effect: Effect;
  readonly mode: Mode;
  readonly range: LineColumnRange;
  /** Calls for which it was satisfied, even where another policy decided. */
  readonly applied: number;
  /** Calls that reached it without its applying. */
  readonly silent: number;
  /** Calls whose `determining` names it. */
  readonly determined: number;
  /** Calls on which it erred. */
  readonly errors: number;
  /** Calls that `audit` mode kept it from changing. */
  readonly wouldDetermine: number;
  /** `framework@edition:id`, sorted. */
  readonly controls: readonly string[];
  readonly conditions: readonly ConditionReport[];
}

export interface ControlReport {
  readonly ref: string;
  readonly title: string;
  readonly grade: 'direct' | 'partial' | 'context' | 'unknown';
  readonly policies: readonly string[];
  readonly determined: number;
  /** A policy that serves it is enforced and was exercised on both sides, and the grade is not `context`. */
  readonly evidenced: boolean;
  /** Parts of `ref`; `edition` null where none can be told. */
  readonly framework: string;
  readonly edition: string | null;
  readonly id: string;
  /** Of the framework, for people. */
  readonly frameworkTitle: string;
  /** ISO date from which it applies (under the manifest's profile); null where the catalog tells none. */
  readonly appliesFrom: string | null;
  /** `build`, `deploy`, `runtime`. */
  readonly layers: readonly string[];
  /** Calls with a known outcome for which an enforced policy that serves it applied, or was reached without applying. */
  readonly applied: number;
  readonly silent: number;
  /** Outside the manifest's profile: why, in a few words; null where it is inside. */
  readonly folded: string | null;
  /** What evidence is still missing, a sentence each. */
  readonly missing: readonly string[];
}

/** A clause of the company's own catalogs that no policy serves. */
export interface UnexecutedClause {
  readonly ref: string;
  readonly title: string;
  /** The document that the clause comes from, and its digest, where the catalog tells them. */
  readonly document?: string;
  readonly sha256?: string;
}

/** A condition on one call. */
export interface ConditionOnCall {
  readonly policy: string | null;
  readonly file: string;
  readonly range: LineColumnRange;
  readonly text: string;
  readonly parent: number | null;
  readonly state: 'true' | 'false' | 'error' | 'unreached';
}

/** What the recordings show of the policies that may be worth a change. Never a proof. */
export interface GapReport {
  readonly code: GapCode;
  /** A sentence that says what was seen and what to do. */
  readonly message: string;
  readonly policy?: string;
  readonly tool?: string;
  readonly file?: string;
  readonly range?: LineColumnRange;
}

export type GapCode =
  | 'policy-never-applies'
  | 'condition-never-true'
  | 'condition-never-false'
  | 'policy-shadowed'
  | 'permit-not-needed'
  | 'tool-not-mentioned'
  | 'tool-not-used'
  | 'ALLOW_ALL'
  | 'ALLOW_NONE'
  | 'DENY_ALL'
  | 'DENY_NONE';

/** A recorded call varied to just below, at or above a literal that a condition compares with. */
export interface BoundaryReport {
  /** The recorded call it was made from. */
  readonly call: string;
  readonly tool: string;
  readonly pointer: string;
  readonly value: string | number | boolean;
  /** The comparison, as written, and where. */
  readonly text: string;
  readonly file: string;
  readonly range: LineColumnRange;
  readonly policy: string | null;
  /** What the policies decide on it, and on the recorded call. */
  readonly outcome: Outcome;
  readonly from: Outcome;
}

/** Lines of one policy file that can be reached, ascending, with the number of calls that reached each. */
export interface LineCoverage {
  readonly file: string;
  readonly language: string;
  readonly lines: readonly { readonly line: number; readonly hits: number }[];
}

export interface DecisionReport {
  readonly call: string;
  readonly session: string;
  readonly tool: string;
  readonly outcome: Outcome;
  readonly basis: Basis;
  readonly determining: readonly string[];
  readonly reasons: readonly string[];
  readonly obligations: readonly Obligation[];
  readonly errors: readonly EvaluationError[];
  readonly missing: readonly string[];
  readonly afterDivergence: boolean;
  /** With every audit policy applied. */
  readonly wouldBe: Outcome;
  readonly expect?: Outcome;
  /** The conditions of the determining policies that were reached. Absent without coverage. */
  readonly conditions?: readonly ConditionOnCall[];
  /** `file` and, for line formats, `line` of the recording. */
  readonly source: { readonly file: string; readonly line?: number };
}

/** Milliseconds; nearest-rank percentiles. */
export interface LatencyFigures {
  readonly n: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export interface LatencyReport extends LatencyFigures {
  readonly unit: 'ms';
  /** The same measure over an empty set. */
  readonly floor: number;
  readonly perLanguage: { readonly [language: string]: LatencyFigures };
  /** Reading recordings, in megabytes (10^6 bytes) a second. */
  readonly readMBps?: number;
}

/** A diagnostic with its place in lines and columns. */
export interface DiagnosticReport {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly range: LineColumnRange | null;
}

/** One unreadable place of a recording. */
export interface UnreadableReport {
  readonly file: string;
  readonly line?: number;
  readonly message: string;
}

/** What was missed: a reviewer's `expect`, or a threshold of the manifest. */
export type ReplayFinding =
  | {
      readonly kind: 'expectation';
      readonly call: string;
      readonly expected: Outcome;
      readonly actual: Outcome;
      readonly message: string;
      readonly tool?: string;
      /** Ids of the policies that made the outcome what it is. */
      readonly determining?: readonly string[];
      /** Where the call was recorded. */
      readonly source?: { readonly file: string; readonly line?: number };
    }
  | {
      readonly kind: 'threshold';
      readonly threshold: string;
      readonly limit: number;
      readonly actual: number;
      readonly message: string;
    };

export interface ReplaySummary {
  readonly calls: number;
  readonly sessions: number;
  readonly outcomes: { readonly [outcome in Outcome]: number };
  /** Calls with at least one entry in `errors`. */
  readonly withErrors: number;
  readonly unreadable: number;
  readonly firstDivergences: number;
  readonly expectations: { readonly met: number; readonly missed: number };
}

export interface ReplayReport {
  readonly schema: 'benchbook.replay/v1';
  readonly summary: ReplaySummary;
  readonly policies: readonly PolicyReport[];
  /** Conditions that belong to no single policy, by file. */
  readonly helpers: readonly {
    readonly file: string;
    readonly language: string;
    readonly conditions: readonly ConditionReport[];
  }[];
  readonly coverage: { readonly policies: Ratio; readonly conditions: Ratio };
  readonly lines: readonly LineCoverage[];
  readonly gaps: readonly GapReport[];
  /** At most 200. */
  readonly boundaries: readonly BoundaryReport[];
  readonly unexecuted: readonly UnexecutedClause[];
  readonly controls: readonly ControlReport[];
  readonly latency?: LatencyReport;
  /** With `--decisions` alone. */
  readonly decisions?: readonly DecisionReport[];
  readonly findings: readonly ReplayFinding[];
  /** The first unreadable places (at most 100); `summary.unreadable` counts all. */
  readonly unreadable: readonly UnreadableReport[];
  /** Distinct error messages with their policy and count, most frequent first (at most 100). */
  readonly errors: readonly {
    readonly policy: string | null;
    readonly kind: EvaluationError['kind'];
    readonly message: string;
    readonly count: number;
    readonly firstCall: string;
  }[];
  readonly tools: readonly {
    readonly name: string;
    readonly calls: number;
    readonly outcomes: { readonly [outcome in Outcome]: number };
  }[];
  /** Calls whose outcome `audit` policies would have changed, by kind (`allow->deny`). */
  readonly wouldChange: { readonly [kind: string]: number };
  readonly diagnostics: readonly DiagnosticReport[];
  /** Files left out under `--keep-going` because they do not load. */
  readonly skippedFiles: readonly string[];
  readonly recordings: readonly {
    readonly file: string;
    readonly format: string;
    readonly calls: number;
    /** Of the bytes as stored. Absent where nobody computed it. */
    readonly sha256?: string;
  }[];
  /** What decided: every file that the engines were given, by path. */
  readonly files: readonly { readonly path: string; readonly role: string; readonly sha256: string }[];
  /** Times of the first and last recorded call, ISO 8601 in UTC; null where no call has one. */
  readonly period: { readonly from: string; readonly to: string } | null;
  /** Where a history was asked for: its last 100 entries, oldest first, this replay among them. */
  readonly history?: readonly HistoryEntry[];
}

/** One test of `benchbook test`. */
export interface TestCaseReport {
  /** `expect`: a recorded call with a reviewer's word; else the language id of the test file. */
  readonly kind: string;
  readonly name: string;
  readonly file: string;
  readonly range: LineColumnRange | null;
  readonly state: 'passed' | 'failed' | 'error' | 'skipped';
  readonly message: string;
}

export interface TestReport {
  readonly schema: 'benchbook.test/v1';
  readonly summary: {
    readonly tests: number;
    readonly passed: number;
    readonly failed: number;
    readonly errors: number;
    readonly skipped: number;
  };
  readonly tests: readonly TestCaseReport[];
  /** What the tests exercised, counted in tests. */
  readonly policies: readonly PolicyReport[];
  readonly helpers: ReplayReport['helpers'];
  readonly coverage: { readonly policies: Ratio; readonly conditions: Ratio };
  readonly lines: readonly LineCoverage[];
  readonly unreadable: readonly UnreadableReport[];
  readonly diagnostics: readonly DiagnosticReport[];
}

export interface CheckReport {
  readonly schema: 'benchbook.check/v1';
  readonly summary: {
    readonly files: number;
    readonly policies: number;
    readonly errors: number;
    readonly warnings: number;
  };
  readonly diagnostics: readonly DiagnosticReport[];
}

/** What one set said of one call, for `explain`. */
export interface SetExplanation {
  readonly set: string;
  readonly language: string;
  readonly outcome: Outcome | null;
  readonly basis: Basis;
  readonly policies: readonly {
    readonly id: string;
    readonly effect: Effect;
    readonly mode: Mode;
    readonly state: 'applied' | 'silent' | 'error' | 'unreached';
    readonly determining: boolean;
    readonly range: LineColumnRange;
  }[];
  /** By place; `policy` null for helpers. */
  readonly conditions: readonly ConditionOnCall[];
  readonly reasons: readonly string[];
  readonly errors: readonly EvaluationError[];
}

export interface ExplainReport {
  readonly schema: 'benchbook.explain/v1';
  readonly decision: DecisionReport;
  /** The call itself as policies see it, as JSON text. */
  readonly facts: string;
  readonly sets: readonly SetExplanation[];
}

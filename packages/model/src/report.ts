/** The results of commands as data: what `--format json` prints and every reporter reads. */
import type { Basis, Effect, EvaluationError, Mode, Obligation, Outcome } from './decision.ts';
import type { Severity } from './diagnostic.ts';
import type { LineColumnRange } from './text.ts';

export interface Ratio {
  readonly covered: number;
  readonly total: number;
}

export interface ConditionReport {
  readonly range: LineColumnRange;
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
  readonly evidenced: boolean;
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
  readonly coverage: { readonly policies: Ratio; readonly conditions: Ratio };
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
  readonly recordings: readonly { readonly file: string; readonly format: string; readonly calls: number }[];
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

/** What the recordings show of policies while they are edited: plain data, ranges as UTF-16 offsets. */
import type { Basis, Effect, EvaluationError, Mode, Outcome } from './decision.ts';
import type { TextRange } from './text.ts';

export type OutcomeCounts = { readonly [outcome in Outcome]: number };

export interface ConditionPreview {
  readonly range: TextRange;
  /** Index in the same list of the whole clause whose operand it is; null for a clause of its own. */
  readonly parent: number | null;
  readonly true: number;
  readonly false: number;
  readonly error: number;
}

export interface PolicyPreview {
  /** `file#name`. */
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly range: TextRange;
  readonly effect: Effect;
  readonly mode: Mode;
  /** Calls that it determined (in audit mode: would determine), by their outcome. */
  readonly outcomes: OutcomeCounts;
  /** Calls for which it was satisfied, even where another policy decided. */
  readonly applied: number;
  /** Calls on which it erred; `firstError` says how it first did. */
  readonly errors: number;
  readonly firstError?: { readonly call: string; readonly message: string };
  readonly conditions: readonly ConditionPreview[];
  /** Calls whose outcome differs from base and that are laid to it; null while base is not known. */
  readonly flips: number | null;
}

/** One state of the preview. It may stand for an older text than the one in the editor: see `texts`. */
export interface Preview {
  /** Grows with every change. */
  readonly serial: number;
  /** Calls decided so far, and calls there are; equal when it is complete. */
  readonly decided: number;
  readonly total: number;
  /** Calls that are left out, since there are more than are held in memory. */
  readonly leftOut: number;
  readonly outcomes: OutcomeCounts;
  readonly policies: readonly PolicyPreview[];
  /** Conditions that belong to no single policy. */
  readonly helpers: readonly { readonly file: string; readonly conditions: readonly ConditionPreview[] }[];
  /** The texts that were decided with, by path: where ranges belong. */
  readonly texts: ReadonlyMap<string, string>;
  /** The policies do not load as they stand: this is what the last ones that did came to. */
  readonly stale: boolean;
  /** Against what flips are counted, e.g. `HEAD`; null with a reason where there is nothing to compare with. */
  readonly base: { readonly name: string } | { readonly name: null; readonly reason: string };
  /** Calls whose outcome differs from base; null while base is not known. */
  readonly flips: number | null;
}

/** Which calls are meant; every part given must hold. */
export interface CallFilter {
  readonly outcome?: Outcome;
  readonly tool?: string;
  readonly agent?: string;
  /** Id of a policy that determined it, or to which its flip is laid (with `flipped`). */
  readonly policy?: string;
  /** Only those whose outcome differs from base. */
  readonly flipped?: boolean;
  /** Recording's path. */
  readonly file?: string;
  readonly session?: string;
}

/** One recorded call with what is decided on it now. */
export interface CallEntry {
  readonly id: string;
  readonly session: string;
  readonly tool: string;
  readonly agent: string | null;
  readonly outcome: Outcome;
  readonly basis: Basis;
  /** With every audit policy applied. */
  readonly wouldBe: Outcome;
  readonly determining: readonly string[];
  /** The outcome under base, where it differs. */
  readonly was?: Outcome;
  /** Policies to which that is laid. */
  readonly because?: readonly string[];
  readonly expect?: Outcome;
  readonly ts?: string;
  /** Arguments on one line, cut to 120 UTF-16 units. */
  readonly summary: string;
  readonly source: { readonly file: string; readonly line?: number };
}

/** Recordings and sessions with what their calls came to; `calls` counts those that the filter lets through. */
export interface RecordingEntry {
  readonly file: string;
  readonly format: string;
  readonly calls: number;
  readonly outcomes: OutcomeCounts;
  readonly sessions: number;
}
export interface SessionEntry {
  readonly file: string;
  readonly session: string;
  readonly calls: number;
  readonly outcomes: OutcomeCounts;
}

/** A condition's value on the chosen call. */
export interface ConditionValue {
  readonly file: string;
  readonly range: TextRange;
  readonly policy: string | null;
  readonly state: 'true' | 'false' | 'error' | 'unreached';
  /** What its operands came to (`context.input.amount` is 4800), where the engine can tell; one line. */
  readonly operands?: string;
}

/** One call under the policies as they stand. */
export interface Evaluation {
  readonly outcome: Outcome;
  readonly basis: Basis;
  readonly determining: readonly string[];
  readonly reasons: readonly string[];
  readonly errors: readonly EvaluationError[];
  readonly missing: readonly string[];
  readonly policies: readonly {
    readonly id: string;
    readonly state: 'applied' | 'silent' | 'error' | 'unreached';
  }[];
  readonly conditions: readonly ConditionValue[];
}

/** The figures of replays over time. */
import type { Outcome } from '../decision.ts';

/** One line of a history file: a replay's figures. */
export interface HistoryEntry {
  readonly schema: 'benchbook.history/v1';
  /** ISO time. */
  readonly at: string;
  /** Revision or name of the version that was replayed; null: unknown. */
  readonly version: string | null;
  /** SHA-256 over the policies, and over the recordings. */
  readonly policies: string;
  readonly recordings: string;
  readonly calls: number;
  readonly outcomes: { readonly [outcome in Outcome]: number };
  readonly coverage: { readonly policies: number; readonly conditions: number };
  readonly expectations: { readonly met: number; readonly missed: number };
  readonly p99Ms: number | null;
}

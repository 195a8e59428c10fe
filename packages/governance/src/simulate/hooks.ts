import type { Call, Decision, EnforcedCall, Facts, Incident } from '@benchbook/model';
import type { Reset } from './options.ts';
import type { Review } from './reviews.ts';

/** What stands behind an enforced call: for an audit trail. */
export interface EnforcedEntry {
  readonly call: Call;
  /** What the PDP is told of it. */
  facts(): Facts;
  /** What the policies say, also where the PDP gave no answer. */
  readonly policies: Decision;
  /** Of an escalated call; null: none was asked for. */
  readonly review: Review | null;
  /** Why it was not as the policies say, in one line; null: it was. */
  readonly note: string | null;
}

/** A reset that was carried out. */
export interface ResetDone extends Reset {
  /** The call that tripped the breaker, its session and tool where this run saw it. */
  readonly call: string;
  readonly agent: string | null;
}

/** Told in the order of the virtual clock; what returns a promise is waited for. */
export interface SimulationHooks {
  /** Every call, when it was made; what a later review makes of it is known already. */
  readonly onEnforced?: (enforced: EnforcedCall, entry: EnforcedEntry) => void | Promise<void>;
  /** When a review ends. */
  readonly onReview?: (enforced: EnforcedCall, entry: EnforcedEntry) => void | Promise<void>;
  readonly onReset?: (reset: ResetDone) => void | Promise<void>;
  /** Once for each incident, when it begins. */
  readonly onIncident?: (incident: Incident) => void | Promise<void>;
  /** Told after every step of reading: calls and stored bytes so far. */
  readonly onProgress?: (calls: number, bytes: number) => void;
}

import type { AgentRecord, CheckFinding, Diagnostic, GateCheck, ReplayReport } from '@benchbook/model';
import type { KeyRing } from '../dsse/key-ring.ts';
import type { CheckedSignOff } from '../signoffs/verify.ts';
import type { CheckedEvidence } from './evidence.ts';
import type { TierRules } from './rules.ts';
import type { TestSuite } from './suite.ts';

/** All that the conditions of the gate look at. */
export interface GateFacts {
  readonly agent: AgentRecord;
  readonly rules: TierRules;
  /** Of the build checks, on this agent. */
  readonly findings: readonly CheckFinding[];
  /** Of the workspace, as `check` tells them. */
  readonly diagnostics: readonly Diagnostic[];
  /** Null where the recordings cannot be replayed. */
  readonly replay: ReplayReport | null;
  readonly suite: TestSuite;
  readonly evidence: readonly CheckedEvidence[];
  readonly signOffs: readonly CheckedSignOff[];
  readonly ring: KeyRing;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What was seen of one condition. */
export type Seen = Pick<GateCheck, 'state' | 'message'>;

/** One condition of the gate. */
export interface Condition {
  readonly title: string;
  /** Provisions it serves, `framework:id`; the edition is the manifest's. */
  readonly serves: readonly string[];
  /** Where the tier does not ask for it, it is told all the same if the card states something of it. */
  readonly stated?: (facts: GateFacts) => boolean;
  readonly look: (facts: GateFacts) => Seen;
}

export const passed = (message: string): Seen => ({ state: 'passed', message });
export const failed = (message: string): Seen => ({ state: 'failed', message });
export const unverified = (message: string): Seen => ({ state: 'unverified', message });

/** Most items of a list that a message names. */
const LISTED = 5;

/** The first items of a list, and how many more there are. */
export function listed(items: readonly string[]): string {
  const shown = items.slice(0, LISTED).join('; ');
  return items.length > LISTED ? `${shown}; and ${items.length - LISTED} more` : shown;
}

/** `1 call`, `2 calls`. */
export function counted(value: number, singular: string, plural = `${singular}s`): string {
  return `${value} ${value === 1 ? singular : plural}`;
}

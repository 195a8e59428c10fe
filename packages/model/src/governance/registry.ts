/** The registry of agents and what build checks say of it. */
import type { Severity } from '../diagnostic.ts';
import type { LineColumnRange, TextRange } from '../text.ts';

export type RiskTier = 'low' | 'medium' | 'high' | 'critical';
export const RISK_TIERS: readonly RiskTier[] = ['low', 'medium', 'high', 'critical'];

export type DataSensitivity = 'public' | 'internal' | 'confidential' | 'restricted';
export type DecisionAuthority = 'informs' | 'recommends' | 'acts-with-approval' | 'acts-alone';
export type BlastRadius = 'one-record' | 'one-team' | 'organisation' | 'third-parties';
export type FailMode = 'closed' | 'open';

/** A file that shows something, with the digest it had when it was referred to. */
export interface EvidenceFile {
  /** Relative to the workspace. */
  readonly file: string;
  readonly sha256: string;
}

/** One review of an agent. Dates are ISO days (`2026-05-01`). */
export interface Review {
  readonly date: string;
  readonly by: string;
  readonly evidence?: EvidenceFile;
}

/** A person's word for one state of an agent. `envelope`: a DSSE file that holds the signature; else it is a bare name. */
export interface SignOff extends Review {
  readonly role: string;
  readonly envelope?: string;
}

/** Counts over a sliding window that trip a circuit breaker. */
export interface BreakerRule {
  readonly id: string;
  /** `violations`: calls not allowed; `calls`: all that match; `sum`: of the number at `pointer`. */
  readonly count: 'violations' | 'calls' | 'sum';
  readonly pointer?: string;
  /** Tool names with `*`; absent: every tool. */
  readonly tools?: readonly string[];
  readonly per: 'agent' | 'user' | 'tool';
  readonly limit: number;
  readonly windowMinutes: number;
}

export interface Deployment {
  readonly environment: string | null;
  /** Absent: by tier (critical and high closed, medium and low open). */
  readonly failMode: FailMode | null;
  readonly breakers: readonly BreakerRule[];
  /** Who may approve escalated calls and reset breakers. */
  readonly approvers: readonly string[];
  /** Minutes in which an escalated call must be reviewed; null: by tier. */
  readonly reviewMinutes: number | null;
  /** Months that the audit trail is kept. */
  readonly retentionMonths: number | null;
}

/** One agent's card, read. What is not stated, or not rightly, is null. */
export interface AgentRecord {
  readonly id: string;
  readonly name: string | null;
  readonly owner: string | null;
  /** The person who answers for it. */
  readonly accountable: { readonly name: string; readonly role: string | null } | null;
  readonly purpose: string | null;
  readonly risk: {
    readonly dataSensitivity: DataSensitivity | null;
    readonly decisionAuthority: DecisionAuthority | null;
    readonly blastRadius: BlastRadius | null;
  };
  readonly tier: {
    /** What the table says; null where a part is not stated. */
    readonly derived: RiskTier | null;
    readonly stated: RiskTier | null;
    /** Why the stated one is lower than the derived one. */
    readonly reason: string | null;
    /** The one that holds: the stated one if it is not lower, or lower with a reason; `critical` where nothing is known. */
    readonly effective: RiskTier;
  };
  readonly tools: readonly { readonly name: string; readonly scopes: readonly string[] }[];
  readonly model: string | null;
  readonly deployment: Deployment;
  readonly reviews: {
    readonly impactAssessment: Review | null;
    readonly adversarialTest: Review | null;
    readonly signOffs: readonly SignOff[];
  };
  readonly file: string;
  /** Of the card in `file`, and of its members by their name with dots (`risk.blastRadius`); null: not written. */
  readonly range: TextRange;
  at(member: string): TextRange | null;
}

/** One build check on one agent. */
export interface CheckFinding {
  readonly agent: string;
  /** Id of the policy that says so: a built-in one, overridden, or the team's own. */
  readonly check: string;
  readonly severity: Severity;
  /** What is wrong, and how to mend it. */
  readonly message: string;
  /** Provisions it serves, `framework@edition:id`. */
  readonly controls: readonly string[];
  readonly file: string;
  readonly range: TextRange | null;
}

/** `benchbook agents --format json`. */
export interface AgentsReport {
  readonly schema: 'benchbook.agents/v1';
  readonly agents: readonly {
    readonly id: string;
    readonly name: string | null;
    readonly owner: string | null;
    readonly tier: RiskTier;
    readonly derivedTier: RiskTier | null;
    readonly file: string;
    readonly range: LineColumnRange;
    /** Calls of the recordings by it. */
    readonly calls: number;
    readonly checks: { readonly passed: number; readonly failed: number };
    readonly gate: GateStatus;
  }[];
  readonly findings: readonly (Omit<CheckFinding, 'range'> & { readonly range: LineColumnRange | null })[];
}

/** `none`: never gated; `valid`: a certificate that holds; `invalid`: one that does not, with why. */
export interface GateStatus {
  readonly state: 'none' | 'valid' | 'invalid';
  readonly reasons: readonly string[];
  /** ISO time. */
  readonly expires: string | null;
}

/** One agent of the registry as an editor lists it. */
export interface AgentEntry {
  readonly id: string;
  readonly name: string | null;
  readonly tier: RiskTier;
  readonly file: string;
  /** Of its card in `file`, from 1. */
  readonly line: number;
  readonly gate: GateStatus;
}

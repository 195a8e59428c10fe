/** Governance as plain data: the registry, its checks, the gate, the simulation, the audit trail. */
import type { Basis, Effect, Outcome } from './decision.ts';
import type { Severity } from './diagnostic.ts';
import type { JsonObject } from './json.ts';
import type { LineColumnRange, TextRange } from './text.ts';

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

/** One condition of the gate. */
export interface GateCheck {
  readonly id: string;
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'unverified';
  /** What was seen, and how to mend it. */
  readonly message: string;
  readonly controls: readonly string[];
}

/** `benchbook gate --format json`. */
export interface GateReport {
  readonly schema: 'benchbook.gate/v1';
  readonly agent: string;
  readonly tier: RiskTier;
  /** `passed`: nothing blocks, but there was no key, so nothing was issued (tiers low and medium alone). */
  readonly outcome: 'certified' | 'passed' | 'refused';
  readonly checks: readonly GateCheck[];
  /** Where the manifest asks for more or less than the tier's defaults: a sentence each. */
  readonly notes: readonly string[];
  /** What the certificate is over: name and SHA-256, sorted. */
  readonly subjects: readonly { readonly name: string; readonly sha256: string }[];
  /** ISO times; null where nothing was issued. */
  readonly issued: string | null;
  readonly expires: string | null;
  /** The file that the certificate was written to; null where nothing was issued. */
  readonly certificate: string | null;
}

/** `benchbook gate --verify --format json`. */
export interface VerifyReport {
  readonly schema: 'benchbook.verify/v1';
  readonly agent: string;
  readonly state: 'valid' | 'invalid';
  /** Each a sentence: what changed, expired, is unknown or revoked. */
  readonly reasons: readonly string[];
  readonly issued: string | null;
  readonly expires: string | null;
  readonly key: string | null;
}

export type PdpState = 'up' | 'slow' | 'timing-out' | 'crashing' | 'erroring' | 'flapping';

/** One thing that happened in a simulation, on its time line. `ts` ISO; calls without times stand one second apart. */
export interface SimulationEvent {
  readonly ts: string;
  readonly kind:
    | 'outage-begins'
    | 'outage-ends'
    | 'passed-unvalidated'
    | 'blocked-by-fail-mode'
    | 'breaker-tripped'
    | 'breaker-blocked'
    | 'breaker-reset'
    | 'review-requested'
    | 'review-granted'
    | 'review-rejected'
    | 'review-expired'
    | 'incident';
  readonly agent: string | null;
  readonly call: string | null;
  /** One line. */
  readonly message: string;
}

/** What the PEP did with one call. */
export interface EnforcedCall {
  readonly call: string;
  readonly session: string;
  readonly tool: string;
  readonly agent: string | null;
  readonly ts: string;
  /** What the policies decide; null where the PDP gave no answer. */
  readonly decision: Outcome | null;
  readonly basis: Basis | null;
  readonly determining: readonly string[];
  /** What was let through, and by what it was decided. */
  readonly action: 'permitted' | 'blocked';
  readonly by: 'policy' | 'fail-mode' | 'breaker' | 'review';
  /** Let through without a decision. */
  readonly unvalidated: boolean;
  readonly latencyMs: number;
}

/** A policy in audit mode: what it would have done, and whether it can be enforced. */
export interface AuditPolicyReport {
  readonly policy: string;
  readonly effect: Effect;
  readonly wouldBlock: number;
  readonly wouldEscalate: number;
  /** Of them calls that `expect` or `labels` say are right as they were. */
  readonly falseAlarms: number;
  /** Of them calls that `expect` or `labels` say are wrong. */
  readonly confirmed: number;
  readonly unlabelled: number;
  readonly recommendation: 'enforce' | 'wait' | 'mend';
  readonly why: string;
}

/** `benchbook simulate --format json`. */
export interface SimulationReport {
  readonly schema: 'benchbook.simulate/v1';
  readonly pdp: { readonly state: PdpState; readonly description: string };
  readonly summary: {
    readonly calls: number;
    readonly permitted: number;
    readonly blocked: number;
    readonly unvalidated: number;
    readonly blockedByFailMode: number;
    readonly blockedByBreaker: number;
    readonly reviews: {
      readonly requested: number;
      readonly granted: number;
      readonly rejected: number;
      readonly expired: number;
    };
    readonly incidents: number;
  };
  readonly agents: readonly {
    readonly agent: string | null;
    readonly tier: RiskTier;
    readonly failMode: FailMode;
    /** The fail mode is not that of the tier. */
    readonly overridden: boolean;
    readonly calls: number;
    readonly unvalidated: number;
    readonly blocked: number;
  }[];
  readonly outages: readonly {
    readonly from: string;
    readonly to: string;
    readonly calls: number;
    readonly unvalidated: number;
    readonly blocked: number;
  }[];
  readonly breakers: readonly {
    readonly rule: string;
    readonly key: string;
    readonly trippedAt: string;
    readonly call: string;
    readonly count: number;
    readonly limit: number;
    readonly blocked: number;
    readonly reset: { readonly at: string; readonly by: string; readonly reason: string } | null;
  }[];
  /** Minutes from request to answer; nearest-rank. */
  readonly reviewMinutes: {
    readonly n: number;
    readonly p50: number;
    readonly p95: number;
    readonly max: number;
  } | null;
  readonly audit: readonly AuditPolicyReport[];
  /** At most 1,000; `eventsLeftOut` counts the rest. */
  readonly events: readonly SimulationEvent[];
  readonly eventsLeftOut: number;
  readonly incidents: readonly Incident[];
  readonly findings: readonly {
    readonly code: string;
    readonly severity: Severity;
    readonly message: string;
  }[];
}

/** Something that a person must look at. The same key stands once. */
export interface Incident {
  /** Deduplicates: what, which agent, which policy or breaker. */
  readonly key: string;
  readonly kind: 'violation' | 'breaker';
  readonly severity: 'critical' | 'error' | 'warning';
  readonly summary: string;
  readonly agent: string | null;
  readonly policy: string | null;
  readonly firstCall: string;
  readonly first: string;
  readonly last: string;
  readonly count: number;
}

/** One decision or act in an audit trail. */
export interface AuditEntry {
  /** ISO time of the decision. */
  readonly ts: string;
  readonly kind: 'decision' | 'reset' | 'review';
  /** `user` is a keyed digest (`hmac-sha256:...`) unless the trail is asked to keep it. */
  readonly actor: { readonly agent: string | null; readonly user: string | null };
  readonly action: {
    readonly tool: string;
    readonly server: string | null;
    readonly call: string;
    readonly session: string;
  };
  readonly outcome: Outcome | null;
  readonly enforced: 'permitted' | 'blocked';
  readonly by: EnforcedCall['by'];
  readonly determining: readonly string[];
  /** SHA-256 of the canonical JSON of the facts that were decided on. */
  readonly context: string;
  /** SHA-256 of the certificate that the agent ran under; null: none. */
  readonly certificate: string | null;
  readonly note?: string;
  /** What of the call the trail was asked to keep, redacted. */
  readonly facts?: JsonObject;
}

/** What a trail says about itself: how it began, that it was taken up again, that its head is signed here. */
export type TrailMark =
  | (TrailTerms & {
      readonly kind: 'opened';
      readonly schema: 'benchbook.trail/v1';
      readonly ts: string;
      /** Random; the signed heads name it, so that they belong to no other trail. */
      readonly trail: string;
    })
  | (TrailTerms & {
      readonly kind: 'continued';
      readonly ts: string;
      /** What stood after the last whole line and was set aside: its bytes and their SHA-256. */
      readonly torn: { readonly bytes: number; readonly sha256: string } | null;
    })
  /** The head signed over this very record follows outside the trail. */
  | { readonly kind: 'signed-head'; readonly ts: string; readonly key: string };

/** How the records that follow are written and kept. */
export interface TrailTerms {
  /** Months that the trail is kept; null: not stated. */
  readonly retentionMonths: number | null;
  readonly redact: readonly RedactRule[];
  /** JSON Pointers into the call: what was asked to be kept of it. */
  readonly keep: readonly string[];
  /** Tells which key hashed texts, without telling the key. */
  readonly hashKey: string;
}

/** What happens to the part of a call at a JSON Pointer before it is written to a trail. */
export interface RedactRule {
  readonly pointer: string;
  readonly how: 'drop' | 'hash' | 'mask';
}

/** One line of an audit trail. `hash`: SHA-256 over the canonical JSON of `entry`, `prev` and `seq`. */
export interface TrailRecord {
  /** From 1: also the number of its line. */
  readonly seq: number;
  /** Hash of the record before it; 64 zeros in the first. */
  readonly prev: string;
  readonly entry: AuditEntry | TrailMark;
  readonly hash: string;
}

/** `benchbook audit verify --format json`. */
export interface TrailReport {
  readonly schema: 'benchbook.audit/v1';
  readonly file: string;
  /** Whole records. */
  readonly records: number;
  /** `intact`: signed to its end; `unanchored`: sound, but what follows the last signed head is not signed; `broken`. */
  readonly state: 'intact' | 'unanchored' | 'broken';
  readonly signedRecords: number;
  /** In the order of the records; `problemsLeftOut` counts the rest. */
  readonly problems: readonly TrailProblem[];
  readonly problemsLeftOut: number;
  /** Earliest and latest time of a decision or act. */
  readonly firstTs: string | null;
  readonly lastTs: string | null;
  /** What the trail states; `required` months are asked for. */
  readonly retention: {
    readonly months: number | null;
    readonly required: number;
    readonly enough: boolean | null;
  };
}

/** Something that is not as it was written. `record`: number of the record, 0 for the file of heads as a whole. */
export interface TrailProblem {
  readonly record: number;
  readonly kind:
    | 'changed'
    | 'removed'
    | 'reordered'
    | 'inserted'
    | 'unlinked'
    | 'torn'
    | 'cut'
    | 'head-changed'
    | 'head-missing'
    | 'head-mismatch'
    | 'head-unverified';
  readonly message: string;
}

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

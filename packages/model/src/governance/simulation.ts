/** What a simulation shows of the PEP, and the incidents that come of it. */
import type { Basis, Effect, Outcome } from '../decision.ts';
import type { Severity } from '../diagnostic.ts';
import type { FailMode, RiskTier } from './registry.ts';

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

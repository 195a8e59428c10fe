import type { BreakerRule, FailMode, PdpState } from '@benchbook/model';
import type { LatencyDistribution } from './latency.ts';
import type { OutageSpec } from './outages.ts';
import type { SimulationState } from './state.ts';

/** A person's word that a tripped breaker may close again. */
export interface Reset {
  /** ISO time with zone. */
  readonly at: string;
  /** `AGENT/ID` of a card's rule, or its bare id; the id of a rule of the command line. */
  readonly rule: string;
  readonly key: string;
  readonly by: string;
  readonly reason: string;
}

/** How much must be known of a policy in audit mode before it may be enforced. */
export interface Evidence {
  /** Labelled calls in the recordings. */
  readonly labelled: number;
  /** Days from the first to the last recorded call. */
  readonly days: number;
}

/** Labels by which a recording says that a call was right or wrong: `key`, or `key=value`. */
export interface LabelNames {
  readonly benign: readonly string[];
  readonly malicious: readonly string[];
}

/** What a simulation plays. Plain data; what is absent has the default that docs/simulation.md states. */
export interface SimulationOptions {
  readonly state?: PdpState;
  readonly latency?: LatencyDistribution;
  /** Milliseconds that the PEP waits for the PDP. */
  readonly timeoutMs?: number;
  /** Milliseconds that a flapping PDP is down, and then up. */
  readonly flapMs?: number;
  readonly outages?: readonly OutageSpec[];
  /** For every agent, whatever its card says. */
  readonly failMode?: FailMode;
  /** Beside those of the cards; they count the calls of all agents. */
  readonly breakers?: readonly BreakerRule[];
  readonly resets?: readonly Reset[];
  /** What an earlier run left behind. */
  readonly before?: SimulationState;
  /** Ids of policies, with `*`, whose violation is an incident. */
  readonly critical?: readonly string[];
  readonly labels?: LabelNames;
  readonly evidence?: Evidence;
  readonly seed?: number;
}

export const DEFAULT_TIMEOUT_MS = 1_000;
export const DEFAULT_FLAP_MS = 30_000;
export const DEFAULT_EVIDENCE: Evidence = { labelled: 20, days: 7 };
export const DEFAULT_LABELS: LabelNames = {
  benign: ['benign', 'kind=benign'],
  malicious: ['malicious', 'kind=malicious', 'kind=attacked'],
};

import type { PolicySet, PreparedRequests, Sides } from '@benchbook/model';
import type { ClusterCounts } from './clusters.ts';

/** A request of one set, ready to be decided. */
export interface ReadyRequest {
  readonly set: PolicySet;
  readonly prepared: PreparedRequests;
}

/** Calls that are the same to all sets of both versions. */
export interface ComparedSample {
  /** The first of the calls. */
  readonly call: string;
  readonly tool: string;
  readonly requests: Sides<readonly ReadyRequest[]>;
  readonly clusters: ClusterCounts;
}

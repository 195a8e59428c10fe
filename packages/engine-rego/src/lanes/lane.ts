import type { Json } from '@benchbook/model';
import type { RegoRequest } from '../request/requests.ts';
import type { ToolchainError } from '../toolchain/protocol.ts';

/** What was asked of a lane; a failed evaluation has no value. */
export interface Asked {
  readonly value: Json | undefined;
  readonly failed?: LaneError;
  /** Errors that OPA absorbed: the expression was undefined. */
  readonly errors: readonly LaneError[];
}

export interface LaneError extends Omit<ToolchainError, 'kind'> {
  readonly kind: ToolchainError['kind'] | 'crash';
}

/** Evaluates an entrypoint (a slash path below `data`) for one request. Never throws. */
export interface Lane {
  ask(entrypoint: string, request: RegoRequest): Asked;
}

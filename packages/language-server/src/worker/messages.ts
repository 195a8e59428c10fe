/** What supervisor and worker say to each other; plain data, fit for `structuredClone`. */
import type { PoisonedRequest } from '@benchbook/core';
import type { Message } from 'vscode-languageserver';

/** What earlier workers were lost over, by the workspace's place. */
export interface LostWork {
  /** Sets to be kept off their fast lane. */
  readonly avoidFastLane: readonly { readonly place: string; readonly set: string }[];
  /** Requests that ended a worker even so. */
  readonly poisoned: readonly (PoisonedRequest & { readonly place: string })[];
}

export type ToWorker =
  /** First of all. */
  | { readonly kind: 'start'; readonly lost: LostWork; readonly assets: readonly string[] }
  | { readonly kind: 'message'; readonly message: Message };

export type FromWorker =
  | { readonly kind: 'message'; readonly message: Message }
  /** Names the set that the heartbeat will call by its index. */
  | { readonly kind: 'set'; readonly index: number; readonly place: string; readonly set: string };

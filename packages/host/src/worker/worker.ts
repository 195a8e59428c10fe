import type { Heartbeat, UnitDescriptor } from './heartbeat.ts';

/** How a worker came to its end. `descriptor`: what it was at, or null between units of work. */
export type WorkerEnd =
  /** It closed its port or was stopped by the caller. */
  | { readonly kind: 'finished' }
  /** One unit of work took longer, or more memory, than allowed, or its loop stood still; the worker is gone. */
  | {
      readonly kind: 'stalled';
      readonly cause: 'time' | 'memory';
      readonly descriptor: UnitDescriptor | null;
    }
  /** An exception that nothing caught, an exit code, no memory left. */
  | { readonly kind: 'crashed'; readonly message: string; readonly descriptor: UnitDescriptor | null };

/** A running worker, seen from the host. */
export interface WorkerHandle<Request> {
  /** Sends a message; after the end it goes nowhere. `transfer`: buffers that are moved, not copied. */
  send(request: Request, transfer?: readonly ArrayBuffer[]): void;
  /** Ends it, whatever it is doing. */
  stop(): Promise<void>;
  /** Resolves once, after the last event has been handed on. Never rejects. */
  readonly ended: Promise<WorkerEnd>;
}

/** What code inside a worker sees of its host. */
export interface WorkerPort<Request, Event> {
  readonly heartbeat: Heartbeat;
  post(event: Event, transfer?: readonly ArrayBuffer[]): void;
  /** Called for each request, one after the other; what it rejects with ends the worker as a crash. */
  onRequest(handle: (request: Request) => void | Promise<void>): void;
  /** Lets the worker end once nothing is left to do. */
  close(): void;
}

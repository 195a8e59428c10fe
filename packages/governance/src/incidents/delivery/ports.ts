import type { SinkRequest } from '../payload/request.ts';

/** What came back of a request: an answer, or that there was none. */
export type Exchanged =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** The header `Retry-After`, as it was sent. */
      readonly retryAfter: string | null;
      /** Its first part. */
      readonly body: string;
    }
  | { readonly kind: 'none'; readonly message: string };

/** Small texts in named boxes that survive a crash: a write is whole or not there. */
export interface Records {
  /** Names in a box, sorted. */
  list(box: string): Promise<readonly string[]>;
  read(box: string, name: string): Promise<string | undefined>;
  write(box: string, name: string, text: string): Promise<void>;
  remove(box: string, name: string): Promise<void>;
}

/** What a delivery needs of the outside. */
export interface DeliveryPorts {
  readonly records: Records;
  exchange(request: SinkRequest): Promise<Exchanged>;
  /** Appends a line to a file of the workspace; a message where that fails. */
  append(path: string, line: string): Promise<string | null>;
  /** The value of an environment variable; undefined where it is not set or empty. */
  secret(name: string): string | undefined;
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** From 0 to below 1. */
  random(): number;
}

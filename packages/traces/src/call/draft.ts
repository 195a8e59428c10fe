import type { Call, CallAgent, CallResult, CallUser, Json, JsonObject } from '@benchbook/model';

/** Where a value stood. */
export interface Place {
  /** 1-based line, in line formats. */
  readonly line?: number;
  /** What may be wrong with the value (see `Doubt`). */
  readonly doubts: number;
  /** The session of calls that name none: the path, with line or index where each is a session of its own. */
  readonly session: string;
}

/**
 * Arguments as recorded: a value, JSON text, text that may be Python's notation instead (`str()` of a dict), text
 * that is meant as such, or nothing.
 */
export type Arguments =
  | { readonly value: Json }
  | { readonly text: string }
  | { readonly python: string }
  | { readonly raw: string }
  | 'unrecorded';

/** What a reader knows of a call; it may learn more until the call goes out. */
export interface Draft {
  place: Place;
  /** Doubts of values that came from elsewhere than `place`. */
  doubts?: number;
  session?: string | undefined;
  seq?: number | undefined;
  id?: string | undefined;
  /** As {@link Call.ts}; anything else is dropped. */
  ts?: string | undefined;
  durationMs?: number | undefined;
  agent?: CallAgent | undefined;
  user?: CallUser | undefined;
  /** The tool's name as recorded, prefix included. */
  tool: string;
  server?: string | undefined;
  /** A name that is not to be split, with this as what was recorded. */
  rawName?: string | undefined;
  toolDetails?: JsonObject | undefined;
  callId?: string | undefined;
  args: Arguments;
  argsRaw?: string | undefined;
  context?: JsonObject | undefined;
  input?: Json | undefined;
  result?: CallResult | undefined;
  approval?: Call['approval'] | undefined;
  recorded?: Call['recorded'] | undefined;
  expect?: Call['expect'] | undefined;
  labels?: JsonObject | undefined;
  missing?: readonly string[];
  origin?: Call['src']['origin'] | undefined;
}

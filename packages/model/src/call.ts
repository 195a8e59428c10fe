import type { Outcome } from './decision.ts';
import type { Json, JsonObject } from './json.ts';

export interface CallAgent {
  readonly id: string;
  readonly name?: string;
  readonly version?: string;
  readonly model?: string;
  readonly parentAgentId?: string;
}

export interface CallUser {
  readonly id: string;
  readonly roles?: readonly string[];
  readonly [attribute: string]: Json | undefined;
}

export interface CallTool {
  /** Without prefixes such as `mcp__server__`. */
  readonly name: string;
  readonly server?: string;
  /** The name as recorded, where it differs. */
  readonly rawName?: string;
  readonly [attribute: string]: Json | undefined;
}

export interface CallResult {
  readonly status: 'ok' | 'error' | 'denied' | 'pending';
  readonly content?: Json;
}

export interface CallApproval {
  readonly state: 'none' | 'requested' | 'granted' | 'rejected';
  readonly by?: string;
  readonly [detail: string]: Json | undefined;
}

/** Where a call was read. */
export interface CallSource {
  readonly format: string;
  readonly file: string;
  /** 1-based; absent for single JSON documents. */
  readonly line?: number;
  /** Where a call of a native recording was read before it was imported, as its line says. */
  readonly origin?: { readonly format: string; readonly file: string; readonly line?: number };
}

/** One tool call that an agent made or asked to make (design section 4). */
export interface Call {
  readonly v: 1;
  readonly kind: 'tool';
  /** Unique in a report: `session#seq` unless recorded. */
  readonly id: string;
  readonly session: string;
  /** Total order inside a session, from 0. */
  readonly seq: number;
  /** ISO 8601 with zone. */
  readonly ts?: string;
  /** Milliseconds the tool took. */
  readonly durationMs?: number;
  readonly agent?: CallAgent;
  readonly user?: CallUser;
  readonly tool: CallTool;
  readonly callId?: string;
  /** null where the recorded arguments were no object; `argsRaw` then holds their text. */
  readonly args: JsonObject | null;
  readonly argsRaw?: string;
  readonly context?: JsonObject;
  /** The `input` of an OPA decision log, verbatim: given to Rego as it is. */
  readonly input?: Json;
  readonly result?: CallResult;
  readonly approval?: CallApproval;
  readonly recorded?: {
    readonly outcome?: Outcome;
    readonly policies?: readonly string[];
    readonly [detail: string]: Json | undefined;
  };
  readonly expect?: Outcome;
  readonly labels?: JsonObject;
  /** JSON Pointers into the call of facts that were not recorded (readers normalise bare names to pointers). */
  readonly missing: readonly string[];
  readonly src: CallSource;
}

/** The audit trail. */
import type { Outcome } from '../decision.ts';
import type { JsonObject } from '../json.ts';
import type { EnforcedCall } from './simulation.ts';

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

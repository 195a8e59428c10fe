import type { Json } from '@benchbook/model';
import type { Place } from '../call/draft.ts';
import type { Output } from '../call/output.ts';
import type { Limits } from '../limits.ts';

/** Reads the values of one recording: its lines, or its one document. */
export interface Reader {
  /**
   * A first pass, for formats in which what comes later tells of what came before: called for every value before
   * the first {@link read}. Keeps ids and names, no arguments.
   */
  survey?(value: Json, place: Place): void;
  read(value: Json, place: Place): void;
  /** No more values: everything held goes out. */
  end(): void;
}

/** Whether the same session id in two recordings is one session (`global`) or two. */
export type SessionScope = 'recording' | 'global';

/** A recorded format. */
export interface Format {
  /** As `src.format` and reports say it. */
  readonly name: string;
  /** What a message calls it. */
  readonly title: string;
  /** True for a line or document that only this format has. Given whole or cut values; never throws. */
  detect(value: Json): boolean;
  /** Each line, or item of a list, is a session of its own unless it names one. Else they are all of one. */
  readonly separate?: true;
  /** Default `recording`. */
  readonly sessionScope?: SessionScope;
  open(output: Output, limits: Limits): Reader;
}

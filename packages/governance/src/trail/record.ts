import {
  type AuditEntry,
  canonicalJson,
  digest,
  isObject,
  type Json,
  type JsonObject,
  type TrailMark,
  type TrailRecord,
} from '@benchbook/model';
import { isTrailEntry } from './entry-shape.ts';

/** What the first record of a trail follows. */
export const GENESIS = '0'.repeat(64);

/** Longest line that is read; a longer one was not written by us. Characters. */
export const MAX_LINE = 1 << 20;

/** A record and its line, without line feed. */
export interface SealedRecord {
  readonly record: TrailRecord;
  readonly line: string;
}

/** Chains an entry to the record before it. */
export function sealRecord(seq: number, prev: string, entry: AuditEntry | TrailMark): SealedRecord {
  const { hash, line } = seal(seq, prev, canonicalJson(entry as unknown as Json));
  return { record: { seq, prev, entry, hash }, line };
}

/** What one line turned out to be. `misread`: no record of ours, or not in the very bytes that we write. */
export type ReadLine =
  | { readonly kind: 'record'; readonly record: TrailRecord; readonly sound: boolean }
  | { readonly kind: 'misread'; readonly why: string };

const HASH = /^[0-9a-f]{64}$/;

/**
 * Reads a line. A record is written in one way only, so that any other byte, even between tokens, shows.
 * `sound`: its hash is that of its content.
 */
export function readLine(line: string): ReadLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { kind: 'misread', why: 'it is no JSON' };
  }
  if (!isObject(value)) return { kind: 'misread', why: 'it is no object' };
  const { seq, prev, hash, entry } = value;
  if (
    typeof seq !== 'number' ||
    !Number.isSafeInteger(seq) ||
    seq < 1 ||
    typeof prev !== 'string' ||
    !HASH.test(prev) ||
    typeof hash !== 'string' ||
    !HASH.test(hash) ||
    !isObject(entry) ||
    !isTrailEntry(entry)
  ) {
    return { kind: 'misread', why: 'it has not the members of a record' };
  }
  const body = bodyOf(entry);
  if (body === undefined || line !== lineOf(seq, prev, body, hash))
    return { kind: 'misread', why: 'it is not written as records are' };
  const sound = seal(seq, prev, body).hash === hash;
  return { kind: 'record', record: value as unknown as TrailRecord, sound };
}

/** Undefined where it is nested so deep that no writer of ours wrote it. */
function bodyOf(entry: JsonObject): string | undefined {
  try {
    return canonicalJson(entry);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function seal(seq: number, prev: string, body: string): { hash: string; line: string } {
  const hash = digest(`{"entry":${body},"prev":"${prev}","seq":${seq}}`);
  return { hash, line: lineOf(seq, prev, body, hash) };
}

function lineOf(seq: number, prev: string, body: string, hash: string): string {
  return `{"entry":${body},"hash":"${hash}","prev":"${prev}","seq":${seq}}`;
}

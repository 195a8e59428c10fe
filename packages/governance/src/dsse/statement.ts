import { canonicalJson, getOwn, isObject, type Json, type JsonObject } from '@benchbook/model';
import type { Subject } from './subjects.ts';

export const PAYLOAD_TYPE = 'application/vnd.in-toto+json';
const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
/** More than a workspace may have files. */
const MAX_SUBJECTS = 50_000;

/** An in-toto Statement v1 whose subjects are told by SHA-256. */
export interface Statement {
  readonly subjects: readonly Subject[];
  readonly predicateType: string;
  readonly predicate: JsonObject;
}

/** The payload of an envelope: equal statements give equal bytes. */
export function writeStatement({ subjects, predicateType, predicate }: Statement): Uint8Array {
  return new TextEncoder().encode(
    canonicalJson({
      _type: STATEMENT_TYPE,
      subject: subjects.map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
      predicateType,
      predicate,
    }),
  );
}

/** Reads the payload of an envelope whose signature was verified. Never throws. */
export function readStatement(payload: Uint8Array): Statement | { readonly error: string } {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    return { error: 'what was signed is no JSON' };
  }
  if (!isObject(value) || getOwn(value, '_type') !== STATEMENT_TYPE)
    return { error: 'what was signed is no in-toto Statement v1' };
  const listed = getOwn(value, 'subject');
  const predicateType = getOwn(value, 'predicateType');
  const predicate = getOwn(value, 'predicate') ?? {};
  if (!Array.isArray(listed) || listed.length > MAX_SUBJECTS)
    return { error: `the statement has no list of subjects, or one of more than ${MAX_SUBJECTS}` };
  const subjects = listed.map(subjectOf);
  const whole = subjects.filter((one) => one !== undefined);
  if (whole.length < subjects.length)
    return { error: 'a subject of the statement has no name or no SHA-256' };
  if (new Set(whole.map(({ name }) => name)).size < whole.length)
    return { error: 'a subject of the statement stands there twice' };
  if (typeof predicateType !== 'string' || !isObject(predicate))
    return { error: 'the statement says nothing of its subjects' };
  return { subjects: whole, predicateType, predicate };
}

/** A member that is a text, or undefined. */
export function textMember(object: JsonObject, key: string): string | undefined {
  const value = getOwn(object, key);
  return typeof value === 'string' ? value : undefined;
}

function subjectOf(entry: Json): Subject | undefined {
  if (!isObject(entry)) return undefined;
  const name = textMember(entry, 'name');
  const digests = getOwn(entry, 'digest');
  const sha256 = isObject(digests) ? textMember(digests, 'sha256') : undefined;
  if (name === undefined || name === '' || sha256 === undefined) return undefined;
  return /^[0-9a-f]{64}$/.test(sha256) ? { name, sha256 } : undefined;
}

import { canonicalJson, digest, isObject } from '@benchbook/model';
import { type Envelope, envelopeJson, readEnvelope } from '../dsse/envelope.ts';
import type { SigningKey } from '../dsse/keys.ts';
import { signEnvelope } from '../dsse/sign.ts';

/** What a signed head states: that `trail` had record `seq` with this hash. */
export interface HeadStatement {
  readonly trail: string;
  /** Number of this head, from 1. */
  readonly head: number;
  readonly seq: number;
  readonly hash: string;
  /** ISO time of signing. */
  readonly time: string;
  /** SHA-256 of the line of the head before it; null in the first. */
  readonly previous: string | null;
}

/** Who signs heads. */
export interface HeadSigner {
  /** What key rings call the key. */
  readonly id: string;
  readonly key: SigningKey;
}

/** Payload type of a head in its DSSE envelope. */
const HEAD_TYPE = 'application/vnd.benchbook.trail-head+json';

/** The line of a head, without line feed: a DSSE envelope, written in one way only. */
export async function headLine(statement: HeadStatement, { id, key }: HeadSigner): Promise<string> {
  const payload = new TextEncoder().encode(canonicalJson({ ...statement }));
  return canonicalJson(envelopeJson(await signEnvelope(HEAD_TYPE, payload, key, id)));
}

/** What a line of heads says, signature aside. */
export type ReadHead =
  | { readonly statement: HeadStatement; readonly envelope: Envelope }
  | { readonly error: string };

/** Reads a line of heads; any other spelling of the same head is none of ours. */
export function readHead(line: string): ReadHead {
  const read = readEnvelope(line);
  if ('error' in read) return { error: read.error };
  const { envelope } = read;
  if (canonicalJson(envelopeJson(envelope)) !== line) return { error: 'is not written as heads are' };
  if (envelope.payloadType !== HEAD_TYPE) return { error: 'is no head of a trail' };
  const statement = readStatement(envelope.payload);
  return statement ? { statement, envelope } : { error: 'does not state a head' };
}

/** Digest by which the next head names this one. */
export function headDigest(line: string): string {
  return digest(line);
}

function readStatement(payload: Uint8Array): HeadStatement | undefined {
  const text = new TextDecoder().decode(payload);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const { trail, head, seq, hash, time, previous } = value;
  const right =
    typeof trail === 'string' &&
    Number.isSafeInteger(head) &&
    Number.isSafeInteger(seq) &&
    typeof hash === 'string' &&
    typeof time === 'string' &&
    (previous === null || typeof previous === 'string');
  return right ? (value as unknown as HeadStatement) : undefined;
}

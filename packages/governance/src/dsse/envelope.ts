import { getOwn, isObject, type Json, type JsonObject } from '@benchbook/model';
import { decodeBase64, encodeBase64 } from './base64.ts';

/** Longest envelope that is read, in UTF-16 units. */
export const MAX_ENVELOPE = 8 * 1024 * 1024;
/** Most signatures that are looked at: each costs a verification. */
const MAX_SIGNATURES = 32;

export interface EnvelopeSignature {
  /** A hint, not signed; empty where there is none. */
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/** A DSSE envelope, decoded. */
export interface Envelope {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  readonly signatures: readonly EnvelopeSignature[];
}

/** Reads the JSON form of an envelope. Members that are not of the format are passed over. Never throws. */
export function readEnvelope(text: string): { readonly envelope: Envelope } | { readonly error: string } {
  if (text.length > MAX_ENVELOPE)
    return { error: `is larger than ${MAX_ENVELOPE / 1024 / 1024} MB: no envelope` };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { error: 'is no JSON, so no DSSE envelope' };
  }
  if (!isObject(value)) return { error: 'is no DSSE envelope: expected an object' };
  const payloadType = getOwn(value, 'payloadType');
  const payload = bytesOf(getOwn(value, 'payload'));
  const listed = getOwn(value, 'signatures');
  if (typeof payloadType !== 'string' || payloadType === '')
    return { error: 'is no DSSE envelope: `payloadType` is missing' };
  if (!payload) return { error: 'is no DSSE envelope: `payload` is not base64' };
  if (!Array.isArray(listed) || listed.length === 0)
    return { error: 'is no DSSE envelope: it holds no signature' };
  if (listed.length > MAX_SIGNATURES)
    return { error: `holds ${listed.length} signatures; at most ${MAX_SIGNATURES} are looked at` };
  const signatures = listed.map(signatureOf);
  const whole = signatures.filter((one) => one !== undefined);
  if (whole.length < signatures.length) return { error: 'is no DSSE envelope: a signature is not base64' };
  return { envelope: { payloadType, payload, signatures: whole } };
}

/** The JSON form, as {@link readEnvelope} reads it; ends in a line feed. */
export function writeEnvelope(envelope: Envelope): string {
  return `${JSON.stringify(envelopeJson(envelope), null, 2)}\n`;
}

/** The members of the JSON form in the one spelling that {@link writeEnvelope} gives them. */
export function envelopeJson({ payloadType, payload, signatures }: Envelope): JsonObject {
  return {
    payloadType,
    payload: encodeBase64(payload),
    signatures: signatures.map(({ keyId, signature }) => ({
      ...(keyId !== '' && { keyid: keyId }),
      sig: encodeBase64(signature),
    })),
  };
}

function signatureOf(entry: Json): EnvelopeSignature | undefined {
  if (!isObject(entry)) return undefined;
  const signature = bytesOf(getOwn(entry, 'sig'));
  const keyId = getOwn(entry, 'keyid') ?? '';
  return signature && typeof keyId === 'string' ? { keyId, signature } : undefined;
}

function bytesOf(value: Json | undefined): Uint8Array | undefined {
  return typeof value === 'string' ? decodeBase64(value) : undefined;
}

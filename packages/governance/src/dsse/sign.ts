import type { Envelope } from './envelope.ts';
import type { SigningKey } from './keys.ts';
import { preAuthEncoding } from './pae.ts';

/** An envelope with one signature. `keyId` is what key rings call the key. */
export async function signEnvelope(
  payloadType: string,
  payload: Uint8Array,
  key: SigningKey,
  keyId: string,
): Promise<Envelope> {
  const signature = await key.sign(preAuthEncoding(payloadType, payload));
  return { payloadType, payload, signatures: [{ keyId, signature }] };
}

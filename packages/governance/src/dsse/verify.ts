import type { Envelope } from './envelope.ts';
import type { KeyRing, TrustedKey } from './key-ring.ts';
import { verifies } from './keys.ts';
import { preAuthEncoding } from './pae.ts';

/** Why a signature is not taken. */
export type Refusal = 'unknown-key' | 'wrong-signature';

/** One signature of an envelope, looked at. Nothing is said here of revocation: see {@link revocationOf}. */
export type SignatureCheck =
  | { readonly state: 'verified'; readonly key: TrustedKey }
  | { readonly state: Refusal; readonly message: string };

/**
 * Verifies each signature of an envelope against the ring. A key id only narrows which keys are tried: what a
 * signature is worth is told by the key that verifies it.
 */
export async function verifyEnvelope(envelope: Envelope, ring: KeyRing): Promise<readonly SignatureCheck[]> {
  const signed = preAuthEncoding(envelope.payloadType, envelope.payload);
  const checks: SignatureCheck[] = [];
  for (const { keyId, signature } of envelope.signatures) {
    const candidates = keyId === '' ? ring.keys : ring.keys.filter(({ id }) => id === keyId);
    if (candidates.length === 0) {
      const named = keyId === '' ? 'no key is known to verify it with' : `the key \`${keyId}\` is unknown`;
      checks.push({ state: 'unknown-key', message: `${named}: add it to governance.keys` });
      continue;
    }
    const key = await firstThatVerifies(candidates, signature, signed);
    checks.push(
      key
        ? { state: 'verified', key }
        : {
            state: 'wrong-signature',
            message: `the signature is not that of ${keyId === '' ? 'any known key' : `\`${keyId}\``} over this content: one of them was changed`,
          },
    );
  }
  return checks;
}

async function firstThatVerifies(
  keys: readonly TrustedKey[],
  signature: Uint8Array,
  signed: Uint8Array<ArrayBuffer>,
): Promise<TrustedKey | undefined> {
  for (const key of keys) if (await verifies(key.publicKey, signature, signed)) return key;
  return undefined;
}

/**
 * What the revocation of a key means for what it signed at a time (the last millisecond that the date may mean):
 * `refused` from the revocation on, `told` before it, since the date is the signer's own word.
 */
export function revocationOf(key: TrustedKey, signedAt: number): 'none' | 'told' | 'refused' {
  if (key.revokedAt === null) return 'none';
  return signedAt >= key.revokedAt ? 'refused' : 'told';
}

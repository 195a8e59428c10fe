/** Ed25519 keys as files hold them. The raw 32 bytes are what is held; `crypto.subtle` does the arithmetic. */
import { decodeBase64, encodeBase64 } from './base64.ts';

/** What a key comes to, or why it is none; `error` goes after the name of the file. */
export type KeyResult<Key> = { readonly key: Key } | { readonly error: string };

export interface SigningKey {
  readonly sign: (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;
  /** Raw, 32 bytes. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
}

const ALGORITHM = 'Ed25519';
/** DER up to the 32 bytes that differ from key to key: SubjectPublicKeyInfo, and PKCS #8. */
const SPKI = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
const PKCS8 = [
  0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];
/** A key's text is far shorter. */
const MAX_KEY = 10_000;

/** A public key from PEM (SPKI) or the base64 of its 32 bytes. */
export function readPublicKey(text: string): KeyResult<Uint8Array<ArrayBuffer>> {
  const bytes = bytesOf(text, 'PUBLIC KEY');
  if ('error' in bytes) return bytes;
  if (bytes.label === undefined)
    return bytes.der.length === 32 ? { key: bytes.der } : { error: wrongLength(bytes.der) };
  const raw = after(SPKI, bytes.der);
  return raw ? { key: raw } : { error: 'holds no Ed25519 key: only that algorithm is taken' };
}

/** A private key from PEM (PKCS #8, not encrypted) or the base64 of its 32 bytes. */
export async function readSigningKey(text: string): Promise<KeyResult<SigningKey>> {
  const bytes = bytesOf(text, 'PRIVATE KEY');
  if ('error' in bytes) return bytes;
  if (bytes.label !== undefined) return signingKey(bytes.der);
  return bytes.der.length === 32 ? signingKeyOf(bytes.der) : { error: wrongLength(bytes.der) };
}

/** The key that 32 random bytes make. */
export function signingKeyOf(seed: Uint8Array): Promise<KeyResult<SigningKey>> {
  return signingKey(Uint8Array.from([...PKCS8, ...seed]));
}

/** PEM (PKCS #8) of the private key that 32 random bytes make. */
export function privateKeyPem(seed: Uint8Array): string {
  const lines = encodeBase64(Uint8Array.from([...PKCS8, ...seed])).match(/.{1,64}/g) ?? [];
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n');
}

/** True where the signature is the key's over these bytes. Never rejects. */
export async function verifies(
  publicKey: Uint8Array<ArrayBuffer>,
  signature: Uint8Array,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  try {
    const { subtle } = globalThis.crypto;
    const key = await subtle.importKey('raw', publicKey, ALGORITHM, false, ['verify']);
    return await subtle.verify(ALGORITHM, key, Uint8Array.from(signature), bytes);
  } catch {
    return false;
  }
}

async function signingKey(der: Uint8Array<ArrayBuffer>): Promise<KeyResult<SigningKey>> {
  const { subtle } = globalThis.crypto;
  try {
    const key = await subtle.importKey('pkcs8', der, ALGORITHM, true, ['sign']);
    const publicKey = decodeBase64((await subtle.exportKey('jwk', key)).x ?? '');
    if (publicKey?.length !== 32) return { error: 'holds no Ed25519 key' };
    return {
      key: {
        sign: async (bytes) => new Uint8Array(await subtle.sign(ALGORITHM, key, bytes)),
        publicKey: Uint8Array.from(publicKey),
      },
    };
  } catch {
    return { error: 'holds no Ed25519 private key in PKCS #8: only that algorithm is taken' };
  }
}

function bytesOf(
  text: string,
  expected: string,
):
  | { readonly label: string | undefined; readonly der: Uint8Array<ArrayBuffer> }
  | { readonly error: string } {
  if (text.length > MAX_KEY) return { error: 'is too long for a key' };
  const pem = /-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \1-----/.exec(text);
  if (pem && pem[1] !== expected)
    return {
      error: `holds: ${pem[1]!.toLowerCase()}; expected: ${expected.toLowerCase()}${pem[1] === 'ENCRYPTED PRIVATE KEY' ? ' that is not encrypted' : ''}`,
    };
  const der = decodeBase64((pem ? pem[2]! : text).replace(/\s+/g, ''));
  if (!der || der.length === 0) return { error: 'holds no key: expected PEM, or base64 of 32 bytes' };
  return { label: pem?.[1], der: Uint8Array.from(der) };
}

function after(head: readonly number[], der: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  if (der.length !== head.length + 32 || head.some((byte, at) => der[at] !== byte)) return undefined;
  return Uint8Array.from(der.subarray(head.length));
}

function wrongLength(bytes: Uint8Array): string {
  return `holds ${bytes.length} bytes; an Ed25519 key has 32`;
}

import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** Namespace of every UUID of ours: the version 5 UUID of `benchbook` in RFC 9562's URL namespace. */
const namespace = nameUuid('6ba7b811-9dad-11d1-80b4-00c04fd430c8', 'benchbook');

/** The version 5 UUID (RFC 9562) of `name` in the namespace `within`. */
export function nameUuid(within: string, name: string): string {
  const space = hexToBytes(within.replaceAll('-', ''));
  const hash = sha1(new Uint8Array([...space, ...utf8ToBytes(name)])).slice(0, 16);
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  return bytesToHex(hash).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** A UUID that depends on `parts` alone: the same content has the same one wherever it is written. */
export function contentUuid(...parts: readonly (string | number)[]): string {
  return nameUuid(namespace, JSON.stringify(parts));
}

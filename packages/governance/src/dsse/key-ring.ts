import { getOwn, isObject, type Json, type JsonObject } from '@benchbook/model';
import { encodeBase64 } from './base64.ts';
import { instantsOf } from './dates.ts';
import { readPublicKey } from './keys.ts';

/** Most keys that are read. */
const MAX_KEYS = 1_000;

/** A public key that the workspace trusts. */
export interface TrustedKey {
  readonly id: string;
  /** The person who alone can sign with it. */
  readonly holder: string;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** Roles that the holder may sign in; null where the ring leaves it to the signer's word. */
  readonly roles: readonly string[] | null;
  /** Milliseconds since 1970 from which it is revoked; null: not revoked. */
  readonly revokedAt: number | null;
}

/** The keys of `governance.keys`. */
export interface KeyRing {
  readonly keys: readonly TrustedKey[];
  /** What is wrong with the file; keys that it is about are left out. */
  readonly problems: readonly string[];
}

export const EMPTY_RING: KeyRing = { keys: [], problems: [] };

/** Reads a key ring: a list of keys, or `{ keys: [...] }`. Never throws. */
export function readKeyRing(value: Json): KeyRing {
  const listed = isObject(value) ? getOwn(value, 'keys') : value;
  if (!Array.isArray(listed))
    return { keys: [], problems: ['expected a list of keys: { id, holder, publicKey }'] };
  const problems: string[] = [];
  const keys: TrustedKey[] = [];
  if (listed.length > MAX_KEYS) problems.push(`${listed.length} keys; only the first ${MAX_KEYS} are read`);
  for (const [index, entry] of (listed as readonly Json[]).slice(0, MAX_KEYS).entries()) {
    const read = readKey(entry);
    if (typeof read === 'string') problems.push(`key ${index + 1}: ${read}`);
    else keys.push(read);
  }
  const unclear = new Set([...repeated(keys, ({ id }) => id), ...repeated(keys, ringName)]);
  for (const { id } of unclear)
    problems.push(`the id or the public key of \`${id}\` stands here twice: whose it is cannot be told`);
  return { keys: keys.filter((key) => !unclear.has(key)), problems };
}

/** The entry of a ring for a public key, as YAML. */
export function keyRingEntry(id: string, holder: string, publicKey: Uint8Array): string {
  return [
    `- id: ${JSON.stringify(id)}`,
    `  holder: ${JSON.stringify(holder)}`,
    `  publicKey: ${encodeBase64(publicKey)}`,
    '',
  ].join('\n');
}

/** The key of the ring with these bytes. */
export function keyWith(ring: KeyRing, publicKey: Uint8Array): TrustedKey | undefined {
  const wanted = encodeBase64(publicKey);
  return ring.keys.find((key) => ringName(key) === wanted);
}

function ringName({ publicKey }: TrustedKey): string {
  return encodeBase64(publicKey);
}

function readKey(entry: Json): TrustedKey | string {
  if (!isObject(entry)) return 'expected { id, holder, publicKey }';
  const id = textOf(entry, 'id');
  const holder = textOf(entry, 'holder');
  const written = textOf(entry, 'publicKey');
  if (id === undefined) return 'it has no `id`';
  if (holder === undefined) return `\`${id}\` has no \`holder\``;
  if (written === undefined) return `\`${id}\` has no \`publicKey\``;
  const read = readPublicKey(written);
  if ('error' in read) return `\`${id}\` ${read.error}`;
  const revoked = getOwn(entry, 'revoked') ?? null;
  const roles = getOwn(entry, 'roles') ?? null;
  return { id, holder, publicKey: read.key, roles: rolesOf(roles), revokedAt: revocation(revoked) };
}

/** A revocation that names no readable date is taken as one from the beginning: never as none. */
function revocation(value: Json): number | null {
  if (value === null || value === false) return null;
  return (typeof value === 'string' ? instantsOf(value)?.first : undefined) ?? Number.NEGATIVE_INFINITY;
}

/** What is no list of words grants no role. */
function rolesOf(value: Json): readonly string[] | null {
  if (value === null) return null;
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function textOf(entry: JsonObject, key: string): string | undefined {
  const value = getOwn(entry, key);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function repeated<Item>(items: readonly Item[], nameOf: (item: Item) => string): Item[] {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(nameOf(item), (counts.get(nameOf(item)) ?? 0) + 1);
  return items.filter((item) => counts.get(nameOf(item))! > 1);
}

import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readKeyRing } from '../../src/dsse/key-ring.ts';
import { privateKeyPem, readPublicKey, readSigningKey, signingKeyOf } from '../../src/dsse/keys.ts';
import { revocationOf } from '../../src/dsse/verify.ts';

const seed = Uint8Array.from({ length: 32 }, (_, at) => at);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const publicOf = async (text: string) => {
  const read = await readSigningKey(text);
  return 'error' in read ? read.error : hex(read.key.publicKey);
};

describe('keys', () => {
  test('one key, however it is written', async () => {
    const made = await signingKeyOf(seed);
    if ('error' in made) throw new Error(made.error);
    const expected = hex(made.key.publicKey);
    expect(await publicOf(privateKeyPem(seed))).toBe(expected);
    expect(await publicOf(Buffer.from(seed).toString('base64'))).toBe(expected);
  });

  test('those that another tool makes are read', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const read = readPublicKey(publicKey.export({ type: 'spki', format: 'pem' }).toString());
    const expected = publicKey.export({ format: 'jwk' }).x;
    expect('key' in read && Buffer.from(read.key).toString('base64url')).toBe(expected);
    const secret = await readSigningKey(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    expect('key' in secret && Buffer.from(secret.key.publicKey).toString('base64url')).toBe(expected);
  });

  test('another algorithm is refused by name', async () => {
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const x = generateKeyPairSync('x25519');
    for (const { publicKey, privateKey } of [ec, x]) {
      expect(readPublicKey(publicKey.export({ type: 'spki', format: 'pem' }).toString())).toEqual({
        error: 'holds no Ed25519 key: only that algorithm is taken',
      });
      expect(await publicOf(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())).toBe(
        'holds no Ed25519 private key in PKCS #8: only that algorithm is taken',
      );
    }
  });

  test('an encrypted key, a public key in place of a private one, and what is no key', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const encrypted = privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'x',
    });
    expect(await publicOf(encrypted.toString())).toBe(
      'holds: encrypted private key; expected: private key that is not encrypted',
    );
    expect(await publicOf(publicKey.export({ type: 'spki', format: 'pem' }).toString())).toBe(
      'holds: public key; expected: private key',
    );
    expect(await publicOf('hunter2 !')).toBe('holds no key: expected PEM, or base64 of 32 bytes');
    expect(await publicOf('aGVsbG8=')).toBe('holds 5 bytes; an Ed25519 key has 32');
    expect(await publicOf('A'.repeat(20_000))).toBe('is too long for a key');
  });
});

describe('key ring', () => {
  const key = (at: number) => Buffer.alloc(32, at).toString('base64');

  test('what is wrong is told, and left out', () => {
    const ring = readKeyRing([
      { id: 'a', holder: 'Ann', publicKey: key(1) },
      { id: 'b', holder: 'Ben' },
      { id: 'c', holder: 'Cleo', publicKey: 'AAAA' },
      'd',
      { holder: 'Eve', publicKey: key(5) },
    ]);
    expect(ring.keys.map(({ id }) => id)).toEqual(['a']);
    expect(ring.problems).toEqual([
      'key 2: `b` has no `publicKey`',
      'key 3: `c` holds 3 bytes; an Ed25519 key has 32',
      'key 4: expected { id, holder, publicKey }',
      'key 5: it has no `id`',
    ]);
  });

  test('one key under two names belongs to nobody', () => {
    const ring = readKeyRing([
      { id: 'a', holder: 'Ann', publicKey: key(1) },
      { id: 'b', holder: 'Ben', publicKey: key(1) },
      { id: 'c', holder: 'Cleo', publicKey: key(3) },
      { id: 'c', holder: 'Carl', publicKey: key(4) },
    ]);
    expect(ring.keys).toEqual([]);
    expect(ring.problems).toHaveLength(4);
  });

  test('a key is refused from the day of its revocation on, and one whose date nobody can read always', () => {
    const revoked = (date: unknown) => {
      const { keys } = readKeyRing([{ id: 'a', holder: 'Ann', publicKey: key(1), revoked: date as string }]);
      return (at: string) => revocationOf(keys[0]!, Date.parse(at));
    };
    expect(revoked('2026-05-02')('2026-05-01T23:59:59.999Z')).toBe('told');
    expect(revoked('2026-05-02')('2026-05-02T00:00:00Z')).toBe('refused');
    expect(revoked('yes')('1990-01-01T00:00:00Z')).toBe('refused');
    expect(revoked(true)('1990-01-01T00:00:00Z')).toBe('refused');
    expect(revoked('2026-02-31')('1990-01-01T00:00:00Z')).toBe('refused');
    expect(revoked(false)('2026-05-02T00:00:00Z')).toBe('none');
    expect(revoked(null)('2026-05-02T00:00:00Z')).toBe('none');
  });
});

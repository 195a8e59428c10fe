/** Vectors over the two keys of RFC 8032, section 7.1, as the DSSE project publishes them. */
import { describe, expect, test } from 'vitest';
import { readEnvelope } from '../../src/dsse/envelope.ts';
import { readKeyRing } from '../../src/dsse/key-ring.ts';
import { readSigningKey } from '../../src/dsse/keys.ts';
import { preAuthEncoding } from '../../src/dsse/pae.ts';
import { signEnvelope } from '../../src/dsse/sign.ts';
import { verifyEnvelope } from '../../src/dsse/verify.ts';

const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');
const KEYS = {
  A: {
    seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    public: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
  },
  B: {
    seed: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    public: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
  },
};
const ring = readKeyRing(
  Object.entries(KEYS).map(([id, key]) => ({ id, holder: id, publicKey: base64(key.public) })),
);
const IN_TOTO = 'application/vnd.in-toto+json';
const STATEMENT = 'eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjEifQ==';
const BY_A = '2WAfaHm5jluo0w+0rk8uVkluELJYWjSmU9x7EUzx+AyteDGJ4/nqyJXfmAUVFIAoQafWm7AxBZNw5M9ixNHiCA==';
const BY_B = 'c1+67/aT0yqEpwx8PsVY3MLHsj9D0CZ014/Fv/QlG59P+9CobUZ7xECJ/V3USG0Ob9CiE5LjReEZUzNF2l7eBw==';

const verify = async (
  payloadType: string,
  payload: string,
  signatures: { keyid?: string; sig: string }[],
) => {
  const read = readEnvelope(JSON.stringify({ payloadType, payload, signatures }));
  if ('error' in read) return read.error;
  const checks = await verifyEnvelope(read.envelope, ring);
  return checks.map((check) => (check.state === 'verified' ? check.key.id : check.state));
};

describe('published vectors', () => {
  test('one signature', async () => {
    expect(await verify(IN_TOTO, STATEMENT, [{ keyid: 'A', sig: BY_A }])).toEqual(['A']);
  });

  test('URL-safe base64', async () => {
    const sig = 'P-_KHICeR7tI6S_YyejJTRtrXhcQyQ2LYPaL8h90KjC9qN8HU_svOQ6TuDOT1HIrsGW886DbWNWcCmX5twLrAw==';
    expect(await verify(IN_TOTO, '-_-_Pj8=', [{ keyid: 'A', sig }])).toEqual(['A']);
  });

  test('a swapped payload type', async () => {
    expect(
      await verify('application/vnd.example.other+json', STATEMENT, [{ keyid: 'A', sig: BY_A }]),
    ).toEqual(['wrong-signature']);
  });

  test('a payload type that is not ASCII', async () => {
    const sig = 'xmSk/ug66ysT7ayhkCIjhAq42zgZXSsEWuzUaNL7w2eGAdF/NU6/fRXPtmfN+5DNSAs5/i2lUnHjbbjPsu0tAw==';
    expect(await verify('application/vnd.exämple+json', STATEMENT, [{ keyid: 'A', sig }])).toEqual(['A']);
  });

  test('an empty payload', async () => {
    const sig = 'gSggCAaTLTYyRH6FIDBem6meyIynsYy8RTHVzwx9tnTb7Bg/1jMWnuVgI/gffqmbsC2VX5/jHfkkDqsj7CDbDg==';
    expect(await verify(IN_TOTO, '', [{ keyid: 'A', sig }])).toEqual(['A']);
  });

  test('an empty payload type, rightly signed', async () => {
    const sig = 'iC3q/+3Rm0+lpAJRueDmDh15PnwCfxKmS0NAfKsbv+zgulXQC/WM9trc+j1XEqlwDIg/vf/uNfebeD6sxInrDg==';
    expect(await verify('', STATEMENT, [{ keyid: 'A', sig }])).toBe(
      'is no DSSE envelope: `payloadType` is missing',
    );
  });

  test('two keys, with and without key ids', async () => {
    expect(
      await verify(IN_TOTO, STATEMENT, [
        { keyid: 'A', sig: BY_A },
        { keyid: 'B', sig: BY_B },
      ]),
    ).toEqual(['A', 'B']);
    expect(await verify(IN_TOTO, STATEMENT, [{ sig: BY_A }, { sig: BY_B }])).toEqual(['A', 'B']);
  });

  test('the key id of another', async () => {
    expect(await verify(IN_TOTO, STATEMENT, [{ keyid: 'B', sig: BY_A }])).toEqual(['wrong-signature']);
    expect(await verify(IN_TOTO, STATEMENT, [{ keyid: 'C', sig: BY_A }])).toEqual(['unknown-key']);
  });

  test('signing gives the same bytes', async () => {
    const read = await readSigningKey(base64(KEYS.A.seed));
    if ('error' in read) throw new Error(read.error);
    const payload = Buffer.from(STATEMENT, 'base64');
    const { signatures } = await signEnvelope(IN_TOTO, payload, read.key, 'A');
    expect(Buffer.from(signatures[0]!.signature).toString('base64')).toBe(BY_A);
    expect(Buffer.from(read.key.publicKey).toString('hex')).toBe(KEYS.A.public);
    expect(Buffer.from(preAuthEncoding(IN_TOTO, payload)).toString('hex')).toBe(
      '445353457631203238206170706c69636174696f6e2f766e642e696e2d746f746f2b6a736f6e203433207b225f74797065223a2268747470733a2f2f696e2d746f746f2e696f2f53746174656d656e742f7631227d',
    );
  });
});

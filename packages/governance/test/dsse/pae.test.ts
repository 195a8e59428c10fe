import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBase64, encodeBase64 } from '../../src/dsse/base64.ts';
import { preAuthEncoding } from '../../src/dsse/pae.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('pre-authentication encoding', () => {
  test('is that of the published example', () => {
    expect(text(preAuthEncoding('http://example.com/HelloWorld', utf8('hello world')))).toBe(
      'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
    );
  });

  test('counts bytes, not characters', () => {
    expect(text(preAuthEncoding('ä', utf8('ö')))).toBe('DSSEv1 2 ä 2 ö');
  });

  test('of an empty payload ends in a space', () => {
    expect(text(preAuthEncoding('t', utf8('')))).toBe('DSSEv1 1 t 0 ');
  });

  test('is another for another type or payload', () => {
    const pair = fc.tuple(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }));
    fc.assert(
      fc.property(pair, pair, (a, b) => {
        const same = text(preAuthEncoding(a[0], utf8(a[1]))) === text(preAuthEncoding(b[0], utf8(b[1])));
        expect(same).toBe(a[0] === b[0] && a[1] === b[1]);
      }),
    );
  });
});

describe('base64', () => {
  test('gives back what went in, in both alphabets, padded or not', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const encoded = encodeBase64(bytes);
        expect(encoded).toBe(Buffer.from(bytes).toString('base64'));
        const urlSafe = encoded.replaceAll('+', '-').replaceAll('/', '_');
        for (const one of [encoded, urlSafe, encoded.replaceAll('=', ''), urlSafe.replaceAll('=', '')])
          expect(decodeBase64(one)).toEqual(bytes);
      }),
    );
  });

  test.each([
    ['a foreign character', 'aGVs bG8='],
    ['mixed alphabets', '+_+_'],
    ['bits that no byte holds', 'aGVsbG9='],
    ['one digit over', 'aGVsb'],
    ['padding where none belongs', 'aGVs='],
    ['padding inside', 'aG=s'],
    ['too much padding', 'aGU==='],
  ])('refuses %s', (_, encoded) => {
    expect(decodeBase64(encoded)).toBeUndefined();
  });
});

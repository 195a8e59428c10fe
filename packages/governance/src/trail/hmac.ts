import { digest } from '@benchbook/model';

const BLOCK = 64;

/** HMAC-SHA256 (RFC 2104) of a text's UTF-8, as 64 lower-case hex digits. */
export function hmac(key: Uint8Array, text: string): string {
  const block = new Uint8Array(BLOCK);
  block.set(key.length > BLOCK ? fromHex(digest(key)) : key);
  const inner = digest(concat(xor(block, 0x36), new TextEncoder().encode(text)));
  return digest(concat(xor(block, 0x5c), fromHex(inner)));
}

/** Tells keys apart without telling the key. */
export function keyMark(key: Uint8Array): string {
  return hmac(key, 'benchbook trail hash key').slice(0, 16);
}

function xor(block: Uint8Array, mask: number): Uint8Array {
  return block.map((byte) => byte ^ mask);
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) =>
    Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16),
  );
}

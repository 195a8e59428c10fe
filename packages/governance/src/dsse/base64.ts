const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Map([...DIGITS].map((digit, value) => [digit, value]));

/** Standard base64 with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.subarray(at, at + 3);
    text += DIGITS[a >> 2]! + DIGITS[((a & 3) << 4) | ((b ?? 0) >> 4)]!;
    text += b === undefined ? '=' : DIGITS[((b & 15) << 2) | ((c ?? 0) >> 6)]!;
    text += c === undefined ? '=' : DIGITS[c & 63]!;
  }
  return text;
}

/**
 * The bytes of standard or URL-safe base64, padded or not; undefined for anything else. Each byte sequence has one
 * spelling per alphabet: alphabets are not mixed, and bits that no byte holds must be zero.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const urlSafe = /[-_]/.test(text);
  if (urlSafe && /[+/]/.test(text)) return undefined;
  const digits = text.replace(/={1,2}$/, '');
  if (digits.length !== text.length && text.length % 4 !== 0) return undefined;
  if (digits.length % 4 === 1) return undefined;
  const plain = urlSafe ? digits.replaceAll('-', '+').replaceAll('_', '/') : digits;
  const bytes = new Uint8Array(Math.floor((plain.length * 3) / 4));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const digit of plain) {
    const value = values.get(digit);
    if (value === undefined) return undefined;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = held >> bits;
    held &= (1 << bits) - 1;
  }
  return held === 0 ? bytes : undefined;
}

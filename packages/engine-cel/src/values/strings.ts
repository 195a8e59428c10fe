/** Strings as CEL counts them: in code points. */

const SURROGATE = /[\ud800-\udfff]/;

/** True where code points and UTF-16 units are the same thing. */
export function isUnitWise(text: string): boolean {
  return !SURROGATE.test(text);
}

/** Number of code points. */
export function codePointCount(text: string): number {
  if (isUnitWise(text)) return text.length;
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** The text's code points, each as a string. */
export function codePoints(text: string): string[] {
  return isUnitWise(text) ? text.split('') : Array.from(text);
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** UTF-8 of a text. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Text of UTF-8, or null where it is none. */
export function fromUtf8(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

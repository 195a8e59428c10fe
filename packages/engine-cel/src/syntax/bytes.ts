import { utf8 } from '../values/index.ts';

const SIMPLE: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 };

/**
 * The bytes a bytes literal denotes: `\xHH` and `\OOO` are bytes, every other character is its UTF-8. The escapes
 * were checked by the parser before.
 */
export function decodeBytes(content: string, raw: boolean): Uint8Array {
  if (raw || !content.includes('\\')) return utf8(content);
  const bytes: number[] = [];
  for (let at = 0; at < content.length; ) {
    if (content[at] !== '\\') {
      const character = String.fromCodePoint(content.codePointAt(at) ?? 0);
      bytes.push(...utf8(character));
      at += character.length;
      continue;
    }
    const letter = content[at + 1] ?? '';
    if (/[xX]/.test(letter)) {
      bytes.push(Number.parseInt(content.slice(at + 2, at + 4), 16));
      at += 4;
    } else if (/[0-7]/.test(letter)) {
      bytes.push(Number.parseInt(content.slice(at + 1, at + 4), 8));
      at += 4;
    } else {
      bytes.push(SIMPLE[letter] ?? letter.charCodeAt(0));
      at += 2;
    }
  }
  return Uint8Array.from(bytes);
}

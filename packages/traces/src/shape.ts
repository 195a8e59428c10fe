import { lineBlocks } from './bytes/lines.ts';
import type { Limits } from './limits.ts';

/** How a recording is laid out: JSON Lines, one JSON document over many lines, or neither. */
export type Shape = 'lines' | 'document' | 'empty';

const OPEN = new Set([0x7b, 0x5b]);
const CLOSE = new Set([0x7d, 0x5d]);
const SPACE = new Set([0x20, 0x09, 0x0d, 0x0a]);

/**
 * Tells from the first line that holds anything: whole JSON on it means lines, an open bracket at its end one
 * document. A line that does not end within the limit of lines can only be a document.
 */
export async function shapeOf(chunks: AsyncIterable<Uint8Array>, limits: Limits): Promise<Shape> {
  let depth = 0;
  let size = 0;
  let inString = false;
  let escaped = false;
  let lead = 0;
  for await (const chunk of chunks) {
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (size === 0) {
        if (SPACE.has(byte)) continue;
        // A byte-order mark is not content.
        if (lead < 3 && byte === [0xef, 0xbb, 0xbf][lead]) {
          lead++;
          continue;
        }
      }
      size++;
      if (byte === 0x0a) return depth > 0 && !inString ? 'document' : 'lines';
      if (escaped) escaped = false;
      else if (inString) {
        if (byte === 0x5c) escaped = true;
        else if (byte === 0x22) inString = false;
      } else if (byte === 0x22) inString = true;
      else if (OPEN.has(byte)) depth++;
      else if (CLOSE.has(byte)) depth--;
    }
    if (size > limits.line) return 'document';
  }
  return size === 0 ? 'empty' : 'lines';
}

/** True where some of the first lines holds a JSON object of its own: what looked like a document may be lines. */
export async function hasWholeLines(chunks: AsyncIterable<Uint8Array>, limits: Limits): Promise<boolean> {
  let seen = 0;
  for await (const block of lineBlocks(chunks, limits.line)) {
    for (const { text } of block) {
      if (text !== null && /^\{.*\}\s*$/s.test(text) && isObjectText(text)) return true;
      seen += text?.length ?? limits.line;
    }
    if (seen > 1024 * 1024) return false;
  }
  return false;
}

function isObjectText(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

import type { Json } from '@benchbook/model';
import { concat } from './bytes/gzip.ts';
import { decodeStrictly, lineBlocks } from './bytes/lines.ts';
import { Doubt, isFailure, parseJson } from './json/parse.ts';
import type { Limits } from './limits.ts';

/** One line's or document's value, or why there is none. */
export interface ReadValue {
  /** 1-based; absent for a document. */
  readonly line?: number;
  readonly doubts: number;
  /** In characters. */
  readonly size: number;
  readonly value?: Json;
  readonly problem?: string;
}

const MEGABYTE = 1024 * 1024;

/** The values of JSON Lines, in blocks. Blank lines are none. */
export async function* lineValues(
  chunks: AsyncIterable<Uint8Array>,
  limits: Limits,
): AsyncGenerator<ReadValue[]> {
  for await (const block of lineBlocks(chunks, limits.line)) {
    const values: ReadValue[] = [];
    for (const { number, text, sound } of block) {
      if (text === null)
        values.push({
          line: number,
          doubts: 0,
          size: 0,
          problem: `line longer than ${limits.line / MEGABYTE} MB`,
        });
      else if (text.trim() !== '') values.push({ line: number, ...readText(text, sound) });
    }
    yield values;
  }
}

/** The value of a recording that is one JSON document. */
export async function documentValue(chunks: AsyncIterable<Uint8Array>, limits: Limits): Promise<ReadValue> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > limits.document)
      return {
        doubts: 0,
        size: 0,
        problem: `one JSON document larger than ${limits.document / MEGABYTE} MB`,
      };
    parts.push(chunk.slice());
  }
  const bytes = concat(parts);
  const strict = decodeStrictly(new TextDecoder('utf-8', { fatal: true }), bytes);
  return readText(strict ?? new TextDecoder().decode(bytes), strict !== undefined);
}

function readText(text: string, sound: boolean): Omit<ReadValue, 'line'> {
  const parsed = parseJson(text);
  const size = text.length;
  if (isFailure(parsed)) return { doubts: 0, size, problem: parsed.error };
  return { value: parsed.value, doubts: parsed.doubts | (sound ? 0 : Doubt.encoding), size };
}

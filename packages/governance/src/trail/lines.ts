import { MAX_LINE } from './record.ts';

/** A line of a file; `whole` false: the file ends within it. `text` is null where it is no UTF-8 or too long. */
export interface Line {
  readonly text: string | null;
  readonly whole: boolean;
  readonly bytes: number;
}

/** Splits bytes at line feeds. Holds one line at most, and of a line that is too long only its length. */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest: Uint8Array[] = [];
  let length = 0;
  const take = (part: Uint8Array, whole: boolean): Line => {
    const bytes = length + part.length;
    const text =
      bytes > MAX_LINE ? null : decode(decoder, rest.length === 0 ? part : join([...rest, part], bytes));
    rest = [];
    length = 0;
    return { text, whole, bytes };
  };
  for await (const chunk of chunks) {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      lines.push(take(chunk.subarray(start, end), true));
      start = end + 1;
    }
    const left = chunk.subarray(start);
    length += left.length;
    if (length > MAX_LINE) rest = [];
    else if (left.length > 0) rest.push(left.slice());
    if (lines.length > 0) yield lines;
  }
  if (length > 0) yield [take(new Uint8Array(0), false)];
}

function decode(decoder: TextDecoder, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

function join(parts: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

import { concat } from './gzip.ts';

/** One line without its end. `text` is null where it was longer than the limit: it was never held. */
export interface Line {
  /** 1-based. */
  readonly number: number;
  readonly text: string | null;
  /** False where the bytes were not UTF-8; U+FFFD stands for what was lost. */
  readonly sound: boolean;
}

const LF = 10;

/**
 * Splits bytes into lines, block by block: what each chunk completes. Never holds more than one line of `limit`
 * bytes and one chunk. Lines end at LF; a CR before it, and a byte-order mark at the start, are dropped.
 */
export async function* lineBlocks(chunks: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Line[]> {
  const decode = decoder();
  let rest: Uint8Array[] = [];
  let held = 0;
  let skipping = false;
  let number = 0;
  for await (const chunk of chunks) {
    const last = chunk.lastIndexOf(LF);
    let from = 0;
    const lines: Line[] = [];
    if (last >= 0 && (held > 0 || skipping)) {
      from = chunk.indexOf(LF) + 1;
      const tooLong = skipping || held + from - 1 > limit;
      if (tooLong) lines.push({ number: number + 1, text: null, sound: true });
      else lines.push(...decode(concat([...rest, chunk.subarray(0, from - 1)]), number, limit));
      number++;
      rest = [];
      held = 0;
      skipping = false;
    }
    if (last >= from) {
      const block = decode(chunk.subarray(from, last), number, limit);
      number += block.length;
      lines.push(...block);
      from = last + 1;
    }
    if (from < chunk.length && !skipping) {
      held += chunk.length - from;
      if (held > limit) {
        skipping = true;
        rest = [];
      } else rest.push(chunk.slice(from));
    }
    if (lines.length > 0) yield lines;
  }
  if (skipping) yield [{ number: number + 1, text: null, sound: true }];
  else if (held > 0) yield decode(concat(rest), number, limit);
}

function decoder(): (bytes: Uint8Array, before: number, limit: number) => Line[] {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
  const line = (raw: string, number: number, sound: boolean): Line => {
    let text = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (number === 1 && text.startsWith('\ufeff')) text = text.slice(1);
    return { number, text, sound };
  };
  const split = (bytes: Uint8Array, before: number, limit: number): Line[] => {
    const lines: Line[] = [];
    for (let from = 0; from <= bytes.length; ) {
      const to = bytes.indexOf(LF, from);
      const end = to < 0 ? bytes.length : to;
      const part = bytes.subarray(from, end);
      const number = before + lines.length + 1;
      if (part.length > limit) lines.push({ number, text: null, sound: true });
      else {
        const raw = decodeStrictly(strict, part);
        lines.push(line(raw ?? lenient.decode(part), number, raw !== undefined));
      }
      from = end + 1;
    }
    return lines;
  };
  return (bytes, before, limit) => {
    const whole = bytes.length <= limit ? decodeStrictly(strict, bytes) : undefined;
    if (whole === undefined) return split(bytes, before, limit);
    return whole.split('\n').map((raw, index) => line(raw, before + index + 1, true));
  };
}

/** The text, or undefined where the bytes are not UTF-8. */
export function decodeStrictly(strict: TextDecoder, bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

import type { Json } from '@benchbook/model';
import type { Format } from './formats/format.ts';
import { FORMATS } from './formats/table.ts';
import { array } from './json/access.ts';
import { isFailure, parseJson } from './json/parse.ts';

/** The format of a value, or of the first item where it is a list of such values. */
export function formatOf(value: Json): Format | undefined {
  const direct = FORMATS.find((format) => format.detect(value));
  if (direct) return direct;
  const first = array(value)?.find((item) => typeof item === 'object' && item !== null);
  return first === undefined ? undefined : FORMATS.find((format) => format.detect(first));
}

/**
 * The name of the format that a recording's first bytes (unpacked, some 100 KB are plenty) show, or null.
 * A cut document is taken as if it ended where the sample does.
 */
export function detectFormat(sample: Uint8Array | string): string | null {
  const text = (typeof sample === 'string' ? sample : new TextDecoder().decode(sample)).replace(
    /^\ufeff/,
    '',
  );
  const whole = parseJson(text);
  if (!isFailure(whole)) return formatOf(whole.value)?.name ?? null;
  for (const line of text.split('\n')) {
    const parsed = line.trim() === '' ? undefined : parseJson(line);
    if (!parsed || isFailure(parsed)) continue;
    const format = formatOf(parsed.value);
    if (format) return format.name;
  }
  const closed = parseJson(closeCut(text));
  return isFailure(closed) ? null : (formatOf(closed.value)?.name ?? null);
}

/** The titles of all formats, for messages. */
export function formatTitles(): string[] {
  return FORMATS.map(({ title }) => title);
}

/** The text of a cut JSON document up to its last whole value, with its brackets closed. */
export function closeCut(text: string): string {
  const open: string[] = [];
  let inString = false;
  let cut = 0;
  let closers = '';
  const settle = (end: number): void => {
    cut = end;
    closers = [...open].reverse().join('');
  };
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') {
      open.push(char === '{' ? '}' : ']');
    } else if (char === '}' || char === ']') {
      open.pop();
      settle(i + 1);
    } else if (char === ',') settle(i);
  }
  return text.slice(0, cut) + closers;
}

import type { Json } from '@benchbook/model';

const TIMESTAMP =
  /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,18})?)?)\s?(Z|z|[+-]\d{2}:?\d{2})?$/;

/**
 * An ISO 8601 time with zone, or undefined where the text is none. A text without a zone is one only where the
 * format says which it means (`zone`, e.g. `Z`). Fractions of a second stay as they are.
 */
export function isoTime(value: Json | undefined, zone?: string): string | undefined {
  if (typeof value !== 'string') return undefined;
  const match = TIMESTAMP.exec(value.trim());
  if (!match) return undefined;
  const [, date, time = '', recorded] = match;
  let offset = recorded?.toUpperCase() ?? zone;
  if (offset === undefined) return undefined;
  if (/^[+-]\d{4}$/.test(offset)) offset = `${offset.slice(0, 3)}:${offset.slice(3)}`;
  if (offset === '+00:00') offset = 'Z';
  const text = `${date}T${time.replace(',', '.')}${time.length === 5 ? ':00' : ''}${offset}`;
  return Number.isNaN(Date.parse(text.replace(/(\.\d{3})\d+/, '$1'))) ? undefined : text;
}

/** Nanoseconds since 1970 (string of digits, number or bigint), or undefined where there are none or 0. */
export function nanoseconds(value: Json | undefined): bigint | undefined {
  if (typeof value === 'bigint') return value > 0n ? value : undefined;
  if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0 ? BigInt(value) : undefined;
  if (typeof value !== 'string' || !/^\d{1,20}$/.test(value)) return undefined;
  const nanos = BigInt(value);
  return nanos > 0n ? nanos : undefined;
}

/** The last nanosecond a JavaScript date reaches. */
const LAST = 8_640_000_000_000_000n * 1_000_000n;

/** ISO 8601 in UTC, exact to the nanosecond: the fraction has 0, 3, 6 or 9 digits, as many as are needed. */
export function isoOfNanoseconds(nanos: bigint): string | undefined {
  if (nanos > LAST) return undefined;
  const seconds = new Date(Number(nanos / 1_000_000_000n) * 1_000).toISOString().slice(0, -5);
  const fraction = String(nanos % 1_000_000_000n)
    .padStart(9, '0')
    .replace(/(000){1,3}$/, '');
  return `${seconds}${fraction ? `.${fraction}` : ''}Z`;
}

/** Milliseconds from one ISO time to a later one, to the microsecond; undefined where one is missing. */
export function elapsed(from: string | undefined, to: string | undefined): number | undefined {
  if (from === undefined || to === undefined) return undefined;
  const microseconds = microsecondsOf(to) - microsecondsOf(from);
  return microseconds >= 0n ? Number(microseconds) / 1_000 : undefined;
}

/** Microseconds since 1970 of a time as {@link isoTime} gives it. */
export function microsecondsOf(time: string): bigint {
  const fraction = /\.(\d+)/.exec(time)?.[1] ?? '';
  const whole = Date.parse(time.replace(/\.\d+/, ''));
  return BigInt(whole) * 1_000n + BigInt(fraction.padEnd(6, '0').slice(0, 6));
}

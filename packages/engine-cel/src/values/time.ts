import { fail } from './fault.ts';
import { fitsInt } from './numbers.ts';
import { CelDuration, CelTimestamp } from './value.ts';

export const NANOS_PER_SECOND = 1_000_000_000n;
/** 0001-01-01T00:00:00Z, Go's zero time. */
export const FIRST_NANO = -62_135_596_800n * NANOS_PER_SECOND;
/** The last nanosecond of the year 9999. */
const LAST = 253_402_300_800n * NANOS_PER_SECOND - 1n;

/** A timestamp; fails outside the years 1 to 9999. */
export function timestampOf(nanos: bigint, zoned = false): CelTimestamp {
  return nanos >= FIRST_NANO && nanos <= LAST ? new CelTimestamp(nanos, zoned) : fail('timestamp overflow');
}

/** A duration; fails beyond 64 bits of nanoseconds (some 292 years), as in cel-go. */
export function durationOf(nanos: bigint): CelDuration {
  return fitsInt(nanos) ? new CelDuration(nanos) : fail('duration overflow');
}

const RFC3339 =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9})\d*)?(?:Z|([+-])(\d{2}):(\d{2}))$/;

/** Reads RFC 3339; null where the text is none. */
export function parseTimestamp(text: string): bigint | null {
  if (text.length > 64) return null;
  const parts = RFC3339.exec(text);
  if (!parts) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  if (hour > 23 || minute > 59 || second > 59) return null;
  const offset = parts[8] === undefined ? 0 : offsetSeconds(parts[8], parts[9] ?? '', parts[10] ?? '');
  if (offset === null) return null;
  const seconds = BigInt(epochSeconds(year, month, day, hour, minute, second) - offset);
  return seconds * NANOS_PER_SECOND + BigInt((parts[7] ?? '').padEnd(9, '0'));
}

function offsetSeconds(sign: string, hours: string, minutes: string): number | null {
  if (Number(hours) > 23 || Number(minutes) > 59) return null;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}

/** `Date.UTC` that does not take the years 0 to 99 for 1900 to 1999. */
export function epochSeconds(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, 0);
  return date.getTime() / 1000;
}

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

/** True where RFC 3339 text gives an offset other than UTC's. */
export function hasOffset(text: string): boolean {
  return !/(?:Z|[+-]00:00)$/.test(text);
}

/** Splits nanoseconds into whole seconds, rounded down, and what is left. */
export function splitSeconds(nanos: bigint): { seconds: bigint; rest: bigint } {
  const rest = ((nanos % NANOS_PER_SECOND) + NANOS_PER_SECOND) % NANOS_PER_SECOND;
  return { seconds: (nanos - rest) / NANOS_PER_SECOND, rest };
}

/** RFC 3339 in UTC, with as many digits of a second as there are. */
export function formatTimestamp(value: CelTimestamp): string {
  const { seconds, rest } = splitSeconds(value.nanos);
  const text = new Date(Number(seconds) * 1000).toISOString();
  return `${text.slice(0, 19)}${fraction(rest)}Z`;
}

/** Seconds with a unit, e.g. `1.5s`. */
export function formatDuration(value: CelDuration): string {
  const size = value.nanos < 0n ? -value.nanos : value.nanos;
  const sign = value.nanos < 0n ? '-' : '';
  return `${sign}${size / NANOS_PER_SECOND}${fraction(size % NANOS_PER_SECOND)}s`;
}

function fraction(nanos: bigint): string {
  return nanos === 0n ? '' : `.${nanos.toString().padStart(9, '0').replace(/0+$/, '')}`;
}

const UNIT: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: NANOS_PER_SECOND,
  m: 60n * NANOS_PER_SECOND,
  h: 3600n * NANOS_PER_SECOND,
};

const DURATION = /^[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;
const DURATION_PART = /(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/g;

/** Reads a duration such as `-1h30m` or `1.5s`; null where the text is none. Not range checked. */
export function parseDuration(text: string): bigint | null {
  if (text.length > 100 || !DURATION.test(text)) return null;
  let nanos = 0n;
  for (const [, whole = '', fractionText = '', unit = ''] of text.matchAll(DURATION_PART)) {
    const size = UNIT[unit] ?? 0n;
    nanos += BigInt(whole || '0') * size;
    const digits = fractionText.slice(0, 18);
    if (digits) nanos += (BigInt(digits) * size) / 10n ** BigInt(digits.length);
  }
  return text.startsWith('-') ? -nanos : nanos;
}

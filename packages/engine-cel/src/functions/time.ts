import {
  CelDuration,
  CelTimestamp,
  epochSeconds,
  fail,
  type Meter,
  NANOS_PER_SECOND,
  noOverload,
  splitSeconds,
  type Value,
} from '../values/index.ts';
import type { Apply, FunctionGroup } from './group.ts';

const DAY_MS = 86_400_000;

/** What each method reads off a date whose UTC fields are the local time asked for. */
const FIELDS: Readonly<Record<string, (date: Date) => number>> = {
  getFullYear: (date) => date.getUTCFullYear(),
  getMonth: (date) => date.getUTCMonth(),
  getDayOfYear: (date) => {
    const first = epochSeconds(date.getUTCFullYear(), 1, 1, 0, 0, 0) * 1000;
    return Math.floor((date.getTime() - first) / DAY_MS);
  },
  getDayOfMonth: (date) => date.getUTCDate() - 1,
  getDate: (date) => date.getUTCDate(),
  getDayOfWeek: (date) => date.getUTCDay(),
  getHours: (date) => date.getUTCHours(),
  getMinutes: (date) => date.getUTCMinutes(),
  getSeconds: (date) => date.getUTCSeconds(),
  getMilliseconds: (date) => date.getUTCMilliseconds(),
};

/** The parts that durations have too. */
const OF_DURATION: Readonly<Record<string, (nanos: bigint) => bigint>> = {
  getHours: (nanos) => nanos / (3600n * NANOS_PER_SECOND),
  getMinutes: (nanos) => nanos / (60n * NANOS_PER_SECOND),
  getSeconds: (nanos) => nanos / NANOS_PER_SECOND,
  // CEL's definition asks for the part within the second, cel-go gives the whole: only where both agree.
  getMilliseconds: (nanos) =>
    nanos > -NANOS_PER_SECOND && nanos < NANOS_PER_SECOND
      ? nanos / 1_000_000n
      : fail('getMilliseconds() of a second or more differs between implementations of CEL'),
};

/** The accessors of timestamps (in UTC, or in a named zone or a fixed offset) and durations. */
export const time: FunctionGroup = {
  functions: Object.fromEntries(
    Object.entries(FIELDS).flatMap(([name, read]): [string, Apply][] => [
      [`.${name}/0`, (_meter, value) => field(name, read, value)],
      [`.${name}/1`, (meter, value, zone) => fieldInZone(meter, name, read, value, zone)],
    ]),
  ),
  signatures: [],
};

function field(name: string, read: (date: Date) => number, value: Value): Value {
  if (value instanceof CelTimestamp) return BigInt(read(dateOf(value)));
  const ofDuration = OF_DURATION[name];
  return value instanceof CelDuration && ofDuration ? ofDuration(value.nanos) : noOverload(name, value);
}

function fieldInZone(
  meter: Meter,
  name: string,
  read: (date: Date) => number,
  value: Value,
  zone: Value,
): Value {
  if (!(value instanceof CelTimestamp) || typeof zone !== 'string') return noOverload(name, value, zone);
  meter.charge(10);
  const date = dateOf(value);
  return BigInt(read(new Date(date.getTime() + offsetOf(zone, date))));
}

function dateOf(value: CelTimestamp): Date {
  const { seconds, rest } = splitSeconds(value.nanos);
  return new Date(Number(seconds) * 1000 + Number(rest / 1_000_000n));
}

const OFFSET = /^([+-]?)(\d{1,2}):(\d{2})$/;
/** As tzdata spells zones; Intl takes any case, production does not. */
const ZONE = /^[A-Z][A-Za-z0-9_+-]*(?:\/[A-Z][A-Za-z0-9_+-]*)*$/;

/** Milliseconds that the zone is ahead of UTC at `date`. */
function offsetOf(zone: string, date: Date): number {
  if (zone === '' || zone === 'UTC') return 0;
  const fixed = OFFSET.exec(zone);
  if (fixed) {
    if (Number(fixed[2]) > 23 || Number(fixed[3]) > 59) return fail(`unknown time zone ${zone}`);
    const size = (Number(fixed[2]) * 60 + Number(fixed[3])) * 60_000;
    return fixed[1] === '-' ? -size : size;
  }
  if (!ZONE.test(zone) || zone === 'Local') return fail(`unknown time zone ${zone}`);
  // Editions of the time zone database differ before 1970.
  if (date.getTime() < 0) return fail('the time zone database says nothing certain before 1970');
  const parts = formatter(zone).formatToParts(date);
  const read = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const local = epochSeconds(
    read('year'),
    read('month'),
    read('day'),
    read('hour'),
    read('minute'),
    read('second'),
  );
  return (local - Math.floor(date.getTime() / 1000)) * 1000;
}

const formatters = new Map<string, Intl.DateTimeFormat | null>();

function formatter(zone: string): Intl.DateTimeFormat {
  let known = formatters.get(zone);
  if (known === undefined) {
    known = makeFormatter(zone);
    if (formatters.size < 1000) formatters.set(zone, known);
  }
  return known ?? fail(`unknown time zone ${zone}`);
}

function makeFormatter(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US', {
      // Of Intl's calendars the one that does not turn Julian before 1582.
      calendar: 'gregory',
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return null;
  }
}

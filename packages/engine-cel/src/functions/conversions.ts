import {
  CelDuration,
  CelTimestamp,
  CelUint,
  durationOf,
  fail,
  fitsInt,
  formatDouble,
  formatDuration,
  formatTimestamp,
  fromUtf8,
  hasOffset,
  type Meter,
  NANOS_PER_SECOND,
  noOverload,
  parseDuration,
  parseTimestamp,
  splitSeconds,
  timestampOf,
  toInt,
  toUint,
  UINT_MAX,
  utf8,
  type Value,
} from '../values/index.ts';
import type { FunctionGroup } from './group.ts';

const TIMESTAMP = 'google.protobuf.Timestamp';
const DURATION = 'google.protobuf.Duration';
const DIFFERS = 'differs between implementations of CEL';

/** `int(x)`, `string(x)`, ... as cel-go converts. */
export const conversions: FunctionGroup = {
  functions: {
    'int/1': int,
    'uint/1': uint,
    'double/1': double,
    'string/1': string,
    'bytes/1': bytes,
    'bool/1': bool,
    'timestamp/1': timestamp,
    'duration/1': duration,
  },
  signatures: [
    'int(uint): int',
    `int(${TIMESTAMP}): int`,
    `string(${TIMESTAMP}): string`,
    `string(${DURATION}): string`,
    `timestamp(${TIMESTAMP}): ${TIMESTAMP}`,
    `duration(${DURATION}): ${DURATION}`,
  ],
};

function int(meter: Meter, value: Value): Value {
  if (typeof value === 'bigint') return value;
  if (value instanceof CelUint) return toInt(value.value);
  if (typeof value === 'number') {
    // cel-go excludes both ends, since neither converts back to itself with certainty.
    return value > -(2 ** 63) && value < 2 ** 63 ? BigInt(Math.trunc(value)) : fail('integer overflow');
  }
  if (typeof value === 'string') {
    if (!/^[+-]?\d{1,40}$/.test(value)) return fail('string is no integer');
    const parsed = BigInt(value.replace(/^\+/, ''));
    return fitsInt(parsed) ? parsed : fail('integer overflow');
  }
  if (value instanceof CelTimestamp) return splitSeconds(value.nanos).seconds;
  meter.charge(1);
  return noOverload('int', value);
}

function uint(_meter: Meter, value: Value): Value {
  if (value instanceof CelUint) return value;
  if (typeof value === 'bigint') return new CelUint(toUint(value));
  if (typeof value === 'number') {
    return value >= 0 && value < 2 ** 64
      ? new CelUint(BigInt(Math.trunc(value)))
      : fail('unsigned integer overflow');
  }
  if (typeof value === 'string') {
    if (!/^\d{1,40}$/.test(value)) return fail('string is no unsigned integer');
    const parsed = BigInt(value);
    return parsed <= UINT_MAX ? new CelUint(parsed) : fail('unsigned integer overflow');
  }
  return noOverload('uint', value);
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const INFINITY = /^([+-]?)inf(?:inity)?$/i;

function double(_meter: Meter, value: Value): Value {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof CelUint) return Number(value.value);
  if (typeof value !== 'string') return noOverload('double', value);
  if (DECIMAL.test(value)) {
    const parsed = Number(value);
    return Number.isFinite(parsed) ? parsed : fail('double overflow');
  }
  const infinity = INFINITY.exec(value);
  if (infinity) return infinity[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return /^nan$/i.test(value) ? Number.NaN : fail('string is no double');
}

function string(meter: Meter, value: Value): Value {
  switch (typeof value) {
    case 'string':
      return value;
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'number':
      return formatDouble(value);
  }
  if (value instanceof CelUint) return value.value.toString();
  if (value instanceof CelTimestamp) {
    return value.zoned ? fail(`string() of a timestamp with an offset ${DIFFERS}`) : formatTimestamp(value);
  }
  if (value instanceof CelDuration) {
    const text = formatDuration(value);
    return text === secondsAsDouble(value.nanos) ? text : fail(`string() of so fine a duration ${DIFFERS}`);
  }
  if (!(value instanceof Uint8Array)) return noOverload('string', value);
  meter.chargeText(value.length);
  return fromUtf8(value) ?? fail('bytes are no UTF-8');
}

/** A duration as cel-go writes it: its seconds as a double. */
function secondsAsDouble(nanos: bigint): string {
  const seconds = Number(nanos / NANOS_PER_SECOND) + Number(nanos % NANOS_PER_SECOND) / 1e9;
  const text = String(seconds);
  return `${text.includes('e') ? seconds.toFixed(9).replace(/\.?0+$/, '') : text}s`;
}

function bytes(meter: Meter, value: Value): Value {
  if (value instanceof Uint8Array) return value;
  if (typeof value !== 'string') return noOverload('bytes', value);
  meter.chargeText(value.length);
  return utf8(value);
}

const TRUE = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const FALSE = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

function bool(_meter: Meter, value: Value): Value {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return noOverload('bool', value);
  if (TRUE.has(value)) return true;
  return FALSE.has(value) ? false : fail('string is no boolean');
}

function timestamp(_meter: Meter, value: Value): Value {
  if (value instanceof CelTimestamp) return value;
  if (typeof value === 'bigint') return timestampOf(value * NANOS_PER_SECOND);
  if (typeof value !== 'string') return noOverload('timestamp', value);
  const nanos = parseTimestamp(value);
  return nanos === null ? fail('string is no RFC 3339 timestamp') : timestampOf(nanos, hasOffset(value));
}

function duration(_meter: Meter, value: Value): Value {
  if (value instanceof CelDuration) return value;
  if (typeof value !== 'string') return noOverload('duration', value);
  const nanos = parseDuration(value);
  return nanos === null ? fail('string is no duration') : durationOf(nanos);
}

import {
  CelDuration,
  CelMap,
  CelOptional,
  CelTimestamp,
  CelType,
  CelUint,
  formatDuration,
  formatTimestamp,
  isList,
  type Value,
} from '../values/index.ts';

const MAX_LENGTH = 200;

/** A value as CEL would write it, on one line of bounded length; undefined is no value. */
export function showValue(value: Value | undefined): string {
  const parts: string[] = [];
  let length = 0;
  const write = (text: string): boolean => {
    parts.push(text.slice(0, MAX_LENGTH + 1));
    length += text.length;
    return length <= MAX_LENGTH;
  };
  writeValue(value, write);
  const text = parts.join('');
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}

/** Gives false where there is no room for more. */
type Write = (text: string) => boolean;

function writeValue(value: Value | undefined, write: Write): boolean {
  if (value === undefined) return write('optional.none()');
  if (typeof value === 'string') return write(JSON.stringify(value.slice(0, MAX_LENGTH + 1)));
  if (typeof value === 'number') return write(Number.isInteger(value) ? value.toFixed(1) : String(value));
  if (isList(value)) {
    return write('[') && separated(value, write, (item) => writeValue(item, write)) && write(']');
  }
  if (value instanceof CelMap) {
    const entry = ([key, member]: [Value, Value]): boolean =>
      writeValue(key, write) && write(': ') && writeValue(member, write);
    return write('{') && separated(value.entries, write, entry) && write('}');
  }
  if (value instanceof CelOptional) {
    return value.value === undefined
      ? write('optional.none()')
      : write('optional.of(') && writeValue(value.value, write) && write(')');
  }
  return write(plain(value));
}

function separated<T>(items: Iterable<T>, write: Write, one: (item: T) => boolean): boolean {
  let isFirst = true;
  for (const item of items) {
    if (!isFirst && !write(', ')) return false;
    if (!one(item)) return false;
    isFirst = false;
  }
  return true;
}

function plain(value: Value): string {
  if (value instanceof CelUint) return `${value.value}u`;
  if (value instanceof CelTimestamp) return `timestamp("${formatTimestamp(value)}")`;
  if (value instanceof CelDuration) return `duration("${formatDuration(value)}")`;
  if (value instanceof CelType) return value.name;
  if (value instanceof Uint8Array) return `bytes of length ${value.length}`;
  return String(value);
}

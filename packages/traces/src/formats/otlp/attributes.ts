import { isObject, type Json, type JsonObject, MAX_JSON_DEPTH, setOwn } from '@benchbook/model';
import { array, number, object, objects, text } from '../../json/access.ts';
import { asJson, exactNumber, InexactNumber } from '../../json/numbers.ts';

/** Attributes by key, as plain values. */
export type Attributes = ReadonlyMap<string, Json>;

/** OTLP's list of `{ key, value }`; also the plain object that CloudWatch and others write. */
export function attributesOf(recorded: Json | undefined): Attributes {
  const found = new Map<string, Json>();
  if (Array.isArray(recorded)) {
    for (const { key, value } of objects(recorded))
      if (typeof key === 'string' && !found.has(key)) found.set(key, plainValue(value, MAX_JSON_DEPTH + 2));
  } else if (isObject(recorded)) {
    for (const [key, value] of Object.entries(recorded)) found.set(key, value);
  }
  return found;
}

/** The value of an OTLP `AnyValue`. 64-bit integers come as strings; doubles may be `"NaN"`. */
function plainValue(recorded: Json | undefined, left: number): Json {
  const value = object(recorded);
  if (!value || left === 0) return null;
  if ('stringValue' in value) return text(value.stringValue) ?? null;
  if ('boolValue' in value) return value.boolValue === true;
  if ('intValue' in value) return integer(value.intValue);
  if ('doubleValue' in value) return double(value.doubleValue);
  if ('bytesValue' in value) return text(value.bytesValue) ?? null;
  if ('arrayValue' in value)
    return (array(object(value.arrayValue)?.values) ?? []).map((item) => plainValue(item, left - 1));
  if ('kvlistValue' in value) {
    const members: JsonObject = {};
    for (const { key, value: member } of objects(object(value.kvlistValue)?.values))
      if (typeof key === 'string') setOwn(members, key, plainValue(member, left - 1));
    return members;
  }
  return null;
}

function integer(value: Json | undefined): Json {
  if (typeof value === 'bigint' || number(value) !== undefined) return value!;
  const exact = typeof value === 'string' ? exactNumber(value) : undefined;
  return exact === undefined ? null : asJson(exact);
}

function double(value: Json | undefined): Json {
  if (typeof value === 'string') return asJson(exactNumber(value) ?? new InexactNumber(Number.NaN));
  return value ?? null;
}

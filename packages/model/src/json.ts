/**
 * A JSON value as Benchbook holds it. Integers beyond 2^53 are `bigint`, so that no digit is lost between a
 * recording and an engine; every other number is a finite `number`.
 */
export type Json = null | boolean | number | bigint | string | readonly Json[] | JsonObject;

/** A JSON object. May own a key `__proto__`: read with {@link getOwn}, write with {@link setOwn}. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Deepest nesting that readers let through; anything below may recurse over a value without fear. */
export const MAX_JSON_DEPTH = 200;

/** True for a JSON object (not an array, not null). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The own property `key`, or undefined; never something inherited. */
export function getOwn(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Sets an own property, whatever its name: `__proto__` becomes a plain key and pollutes nothing. */
export function setOwn(object: object, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    (object as Record<string, unknown>)[key] = value;
  }
}

/**
 * JSON text of a value: like `JSON.stringify` without spaces, but `bigint` as plain digits and undefined
 * members left out. Key order is the object's own; see {@link canonicalJson} for a sorted one.
 */
export function writeJson(value: Json | undefined): string {
  return write(value, false);
}

/** JSON text with object keys sorted by UTF-16 code unit: equal values give equal text. */
export function canonicalJson(value: Json | undefined): string {
  return write(value, true);
}

function write(value: Json | undefined, sorted: boolean): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'bigint':
      return value.toString();
    case 'number':
      return Number.isFinite(value) ? (Object.is(value, -0) ? '0' : String(value)) : 'null';
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      return value === null
        ? 'null'
        : isArray(value)
          ? writeArray(value, sorted)
          : writeObject(value, sorted);
    default:
      return 'null';
  }
}

function isArray(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}

function writeArray(value: readonly Json[], sorted: boolean): string {
  let text = '[';
  for (let i = 0; i < value.length; i++) text += (i ? ',' : '') + write(value[i], sorted);
  return `${text}]`;
}

function writeObject(value: JsonObject, sorted: boolean): string {
  const keys = Object.keys(value);
  if (sorted) keys.sort();
  let text = '{';
  let first = true;
  for (const key of keys) {
    const member = value[key];
    if (member === undefined) continue;
    text += `${first ? '' : ','}${JSON.stringify(key)}:${write(member, sorted)}`;
    first = false;
  }
  return `${text}}`;
}

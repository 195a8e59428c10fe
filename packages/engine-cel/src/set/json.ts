/** JSON as CEL values, and back. */
import type { Json, JsonObject } from '@benchbook/model';
import {
  CelDuration,
  CelMap,
  CelTimestamp,
  CelType,
  CelUint,
  fitsInt,
  formatDuration,
  formatTimestamp,
  isList,
  type MapKey,
  type Value,
} from '../values/index.ts';

/** Which members of a value are needed; null: all of it. */
export type Shape = ReadonlyMap<string, Shape> | null;

/** The shape that holds all paths (tokens of pointers) and no more. */
export function shapeOf(paths: readonly (readonly string[])[]): Shape {
  if (paths.some((path) => path.length === 0)) return null;
  const byFirst = new Map<string, string[][]>();
  for (const [first = '', ...rest] of paths) {
    const known = byFirst.get(first);
    if (known) known.push(rest);
    else byFirst.set(first, [rest]);
  }
  return new Map(Array.from(byFirst, ([first, rests]) => [first, shapeOf(rests)]));
}

/** Set where something was left out. */
export interface Loss {
  some: boolean;
}

const UNWATCHED: Loss = { some: false };

/**
 * JSON as CEL: integers are `int`, other numbers `double`. An integer that no `int` can hold is left out, and so is
 * the list it stands in; undefined where that leaves nothing. See {@link lostPaths}.
 */
export function toValue(json: Json, shape: Shape = null, loss: Loss = UNWATCHED): Value | undefined {
  switch (typeof json) {
    case 'number':
      // Digits beyond 2^53 arrive as bigint: a number of that size was written with a fraction or an exponent.
      return Number.isSafeInteger(json) ? BigInt(json) : json;
    case 'bigint':
      if (fitsInt(json)) return json;
      loss.some = true;
      return undefined;
    case 'object':
      if (json === null) return null;
      return Array.isArray(json)
        ? toList(json as readonly Json[], loss)
        : toMap(json as JsonObject, shape, loss);
    default:
      return json;
  }
}

function toList(json: readonly Json[], loss: Loss): Value | undefined {
  const items: Value[] = [];
  for (const member of json) {
    const item = toValue(member, null, loss);
    // A list without one of its elements would be another list.
    if (item === undefined) return undefined;
    items.push(item);
  }
  return items;
}

function toMap(json: JsonObject, shape: Shape, loss: Loss): CelMap {
  const entries = new Map<MapKey, Value>();
  if (shape === null) for (const key of Object.keys(json)) add(entries, json, key, null, loss);
  else for (const [key, inner] of shape) if (Object.hasOwn(json, key)) add(entries, json, key, inner, loss);
  return new CelMap(entries);
}

function add(entries: Map<MapKey, Value>, json: JsonObject, key: string, shape: Shape, loss: Loss): void {
  const member = json[key];
  const value = member === undefined ? undefined : toValue(member, shape, loss);
  if (value !== undefined) entries.set(key, value);
}

/** Where in `json` integers stand that no `int` can hold, as far as the shape reaches. */
export function lostPaths(json: Json, shape: Shape): string[][] {
  if (typeof json === 'bigint') return fitsInt(json) ? [] : [[]];
  if (typeof json !== 'object' || json === null) return [];
  const inner = (key: string): Shape | undefined =>
    shape === null || Array.isArray(json) ? null : shape.get(key);
  return Object.entries(json as JsonObject).flatMap(([key, member]) => {
    const reached = inner(key);
    return reached === undefined ? [] : lostPaths(member, reached).map((path) => [key, ...path]);
  });
}

/** A CEL value as JSON, for obligations: times and types become text, bytes lists of numbers. */
export function toJson(value: Value): Json {
  if (typeof value === 'bigint') {
    return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
      ? Number(value)
      : value;
  }
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(toJson);
  if (value instanceof CelMap) {
    const pairs = Array.from(value.entries, ([key, member]): [string, Json] => [String(key), toJson(member)]);
    return Object.fromEntries(pairs);
  }
  if (value instanceof Uint8Array) return Array.from(value);
  if (value instanceof CelTimestamp) return formatTimestamp(value);
  if (value instanceof CelDuration) return formatDuration(value);
  if (value instanceof CelUint) return toJson(value.value);
  if (value instanceof CelType) return value.name;
  return value.value === undefined ? null : toJson(value.value);
}

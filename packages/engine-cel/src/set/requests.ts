import {
  type Facts,
  fillTemplate,
  type Json,
  type JsonObject,
  type PreparedRequests,
  toPointer,
} from '@benchbook/model';
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
  parseTimestamp,
  type Value,
} from '../values/index.ts';
import type { RequestVariable } from './variables.ts';
import { variableReads } from './variables.ts';

/** Requests of one set: for each the values of its variables, by slot. */
export interface CelRequests extends PreparedRequests {
  readonly rows: readonly CelRequest[];
}

export interface CelRequest {
  readonly inputs: readonly (Value | undefined)[];
  readonly missing: readonly string[];
}

/** Stands for a fact that the call does not have and policies may ask for with `has()`. */
const EMPTY = new CelMap(new Map());
const ABSENT_AS_EMPTY = new Set(['/agent', '/user', '/context', '/session', '/tool']);

/** Builds requests of the variables that `used` names; the others stay without a value. */
export function prepareRequests(
  facts: readonly Facts[],
  variables: readonly RequestVariable[],
  used: ReadonlySet<number>,
): CelRequests {
  const rows = facts.map((fact) => prepareRow(fact as unknown as JsonObject, variables, used));
  return { rows, length: rows.length, missing: (row) => rows[row]?.missing ?? [] };
}

function prepareRow(
  facts: JsonObject,
  variables: readonly RequestVariable[],
  used: ReadonlySet<number>,
): CelRequest {
  const missing: string[] = [];
  const inputs = variables.map((variable, slot) => {
    if (!used.has(slot)) return undefined;
    const { template } = variable;
    const filled = fillTemplate(template, facts);
    if (variable.name === 'ts' && template === '/ts') return readTime(filled, missing);
    if (filled === undefined) {
      return typeof template === 'string' && ABSENT_AS_EMPTY.has(template) ? EMPTY : undefined;
    }
    const lost: string[][] = [];
    const value = toValue(filled, [], lost);
    for (const path of lost) missing.push(...variableReads(variable, toPointer(path)));
    return value;
  });
  return { inputs, missing: missing.sort() };
}

function readTime(filled: Json | undefined, missing: string[]): Value | undefined {
  if (filled === undefined) return undefined;
  const nanos = typeof filled === 'string' ? parseTimestamp(filled) : null;
  if (nanos === null) missing.push('/ts');
  return nanos === null ? undefined : new CelTimestamp(nanos);
}

/**
 * JSON as CEL: integers are `int`, other numbers `double`. What no `int` can hold is left out and its path goes to
 * `lost`; undefined where the value itself is left out.
 */
export function toValue(json: Json, path: readonly string[], lost: string[][]): Value | undefined {
  switch (typeof json) {
    case 'number':
      // Digits beyond 2^53 arrive as bigint: a number of that size was written with a fraction or an exponent.
      return Number.isSafeInteger(json) ? BigInt(json) : json;
    case 'bigint':
      if (fitsInt(json)) return json;
      lost.push([...path]);
      return undefined;
    case 'object':
      return json === null ? null : toCollection(json, path, lost);
    default:
      return json;
  }
}

function toCollection(
  json: readonly Json[] | JsonObject,
  path: readonly string[],
  lost: string[][],
): Value | undefined {
  if (Array.isArray(json)) {
    const items = (json as readonly Json[]).map((item, index) =>
      toValue(item, [...path, String(index)], lost),
    );
    // A list without one of its elements would be another list.
    return items.includes(undefined) ? undefined : (items as Value[]);
  }
  const entries = new Map<MapKey, Value>();
  for (const key of Object.keys(json)) {
    const member = (json as JsonObject)[key];
    const value = member === undefined ? undefined : toValue(member, [...path, key], lost);
    if (value !== undefined) entries.set(key, value);
  }
  return new CelMap(entries);
}

/** A CEL value as JSON, for obligations: times, types and bytes become text. */
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
  return textOf(value);
}

function textOf(
  value: Exclude<Value, null | boolean | bigint | number | string | readonly Value[] | CelMap>,
): Json {
  if (value instanceof Uint8Array) return Array.from(value);
  if (value instanceof CelTimestamp) return formatTimestamp(value);
  if (value instanceof CelDuration) return formatDuration(value);
  if (value instanceof CelUint) return toJson(value.value);
  if (value instanceof CelType) return value.name;
  return value.value === undefined ? null : toJson(value.value);
}

import { fail } from './fault.ts';
import type { Meter } from './meter.ts';
import { compareIntegerDouble } from './numbers.ts';
import {
  CelDuration,
  CelMap,
  CelOptional,
  CelTimestamp,
  CelType,
  CelUint,
  isList,
  type MapKey,
  typeName,
  type Value,
} from './value.ts';

/**
 * CEL equality: numbers by value whatever their type, NaN equal to nothing, collections member by member, values
 * of different types unequal (never an error). Charges a step for each member looked at.
 */
export function equal(left: Value, right: Value, meter: Meter): boolean {
  if (typeof left === 'string') return typeof right === 'string' && equalStrings(left, right, meter);
  if (typeof left === 'boolean' || left === null) return left === right;
  if (isNumber(left)) return isNumber(right) && compareNumbers(left, right) === 0;
  if (isList(left)) return isList(right) && equalLists(left, right, meter);
  if (left instanceof CelMap) return right instanceof CelMap && equalMaps(left, right, meter);
  if (left instanceof Uint8Array) {
    return right instanceof Uint8Array && left.length === right.length && compareBytes(left, right) === 0;
  }
  if (left instanceof CelTimestamp) return right instanceof CelTimestamp && left.nanos === right.nanos;
  if (left instanceof CelDuration) return right instanceof CelDuration && left.nanos === right.nanos;
  if (left instanceof CelType) return right instanceof CelType && left.name === right.name;
  return left instanceof CelOptional && right instanceof CelOptional && equalOptionals(left, right, meter);
}

function equalStrings(left: string, right: string, meter: Meter): boolean {
  if (left.length !== right.length) return false;
  meter.chargeText(left.length);
  return left === right;
}

function equalOptionals(left: CelOptional, right: CelOptional, meter: Meter): boolean {
  if (left.value === undefined || right.value === undefined) return left.value === right.value;
  return equal(left.value, right.value, meter);
}

function equalLists(left: readonly Value[], right: readonly Value[], meter: Meter): boolean {
  if (left.length !== right.length) return false;
  for (let i = 0; i < left.length; i++) {
    meter.charge(1);
    if (!equal(left[i] as Value, right[i] as Value, meter)) return false;
  }
  return true;
}

function equalMaps(left: CelMap, right: CelMap, meter: Meter): boolean {
  if (left.size !== right.size) return false;
  for (const [key, value] of left.entries) {
    meter.charge(1);
    const other = right.entries.get(key);
    if (other === undefined || !equal(value, other, meter)) return false;
  }
  return true;
}

/** True for `int`, `uint` and `double`. */
export function isNumber(value: Value): value is bigint | number | CelUint {
  return typeof value === 'bigint' || typeof value === 'number' || value instanceof CelUint;
}

/** Orders two numbers of any types; NaN where one is. */
export function compareNumbers(left: bigint | number | CelUint, right: bigint | number | CelUint): number {
  if (typeof left === 'number') {
    if (typeof right === 'number') {
      return left < right ? -1 : left > right ? 1 : left === right ? 0 : Number.NaN;
    }
    return -compareNumbers(right, left);
  }
  const integer = typeof left === 'bigint' ? left : left.value;
  if (typeof right === 'number') return compareIntegerDouble(integer, right, left instanceof CelUint);
  const other = typeof right === 'bigint' ? right : right.value;
  return integer < other ? -1 : integer > other ? 1 : 0;
}

/** Orders strings by code point, as CEL does; JavaScript's own order is by UTF-16 unit. */
export function compareStrings(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const a = left.charCodeAt(i);
    const b = right.charCodeAt(i);
    if (a === b) continue;
    // Surrogates stand for code points above everything else a single unit can be.
    if (a >= 0xd800 && b >= 0xd800) return rank(a) - rank(b);
    return a - b;
  }
  return left.length - right.length;
}

function rank(unit: number): number {
  return unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** Orders bytes. */
export function compareBytes(left: Uint8Array, right: Uint8Array): number {
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const difference = (left[i] as number) - (right[i] as number);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Orders two values for `<`, `<=`, `>`, `>=`; NaN compares false everywhere; fails where CEL has no order. */
export function compare(left: Value, right: Value, operator: string, meter: Meter): number {
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right);
  if (typeof left === 'string' && typeof right === 'string') {
    meter.chargeText(Math.min(left.length, right.length));
    return compareStrings(left, right);
  }
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  if (left instanceof CelTimestamp && right instanceof CelTimestamp) return order(left.nanos, right.nanos);
  if (left instanceof CelDuration && right instanceof CelDuration) return order(left.nanos, right.nanos);
  if (left instanceof Uint8Array && right instanceof Uint8Array) {
    meter.chargeText(Math.min(left.length, right.length));
    return compareBytes(left, right);
  }
  return noOverload(operator, left, right);
}

function order(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Fails as CEL does where an operator or function has no overload for its operands. */
export function noOverload(name: string, ...operands: readonly Value[]): never {
  const types = operands.map(typeName);
  return fail(
    types.length === 2 && !/^\w/.test(name)
      ? `no such overload: ${types[0]} ${name} ${types[1]}`
      : `no such overload: ${name}(${types.join(', ')})`,
  );
}

/** True where `key` is a key of `map`. */
export function mapHas(map: CelMap, key: MapKey | undefined | null): boolean {
  return key !== undefined && key !== null && map.entries.has(key);
}

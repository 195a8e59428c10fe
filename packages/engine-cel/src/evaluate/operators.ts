import type { BinaryOperator } from '../syntax/index.ts';
import {
  CelDuration,
  CelMap,
  CelTimestamp,
  CelUint,
  compare,
  durationOf,
  equal,
  fail,
  fitsInt,
  INT_MIN,
  isList,
  type Meter,
  mapHas,
  mapKey,
  noOverload,
  timestampOf,
  toUint,
  type Value,
} from '../values/index.ts';

type Operate = (left: Value, right: Value, meter: Meter) => Value;

/** The binary operators over evaluated operands. */
export const OPERATORS: Readonly<Record<BinaryOperator, Operate>> = {
  '==': (left, right, meter) => equal(left, right, meter),
  '!=': (left, right, meter) => !equal(left, right, meter),
  '<': (left, right, meter) => compare(left, right, '<', meter) < 0,
  '<=': (left, right, meter) => compare(left, right, '<=', meter) <= 0,
  '>': (left, right, meter) => compare(left, right, '>', meter) > 0,
  '>=': (left, right, meter) => compare(left, right, '>=', meter) >= 0,
  in: contains,
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '%': modulo,
};

function overflow(): never {
  return fail('integer overflow');
}

function int(value: bigint): bigint {
  return fitsInt(value) ? value : overflow();
}

function contains(item: Value, collection: Value, meter: Meter): Value {
  if (isList(collection)) {
    for (const member of collection) {
      meter.charge(1);
      if (equal(item, member, meter)) return true;
    }
    return false;
  }
  return collection instanceof CelMap ? mapHas(collection, mapKey(item)) : noOverload('in', item, collection);
}

function add(left: Value, right: Value, meter: Meter): Value {
  if (typeof left === 'bigint' && typeof right === 'bigint') return int(left + right);
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  if (typeof left === 'string' && typeof right === 'string') {
    meter.chargeText(left.length + right.length);
    return left + right;
  }
  if (left instanceof CelUint && right instanceof CelUint) {
    return new CelUint(toUint(left.value + right.value));
  }
  if (isList(left) && isList(right)) {
    meter.chargeItems(left.length + right.length);
    return [...left, ...right];
  }
  if (left instanceof Uint8Array && right instanceof Uint8Array) {
    meter.chargeText(left.length + right.length);
    const joined = new Uint8Array(left.length + right.length);
    joined.set(left);
    joined.set(right, left.length);
    return joined;
  }
  if (left instanceof CelDuration && right instanceof CelDuration) {
    return durationOf(left.nanos + right.nanos);
  }
  if (left instanceof CelTimestamp && right instanceof CelDuration) {
    return timestampOf(left.nanos + right.nanos, left.zoned);
  }
  if (left instanceof CelDuration && right instanceof CelTimestamp) {
    return timestampOf(left.nanos + right.nanos, right.zoned);
  }
  return noOverload('+', left, right);
}

function subtract(left: Value, right: Value): Value {
  if (typeof left === 'bigint' && typeof right === 'bigint') return int(left - right);
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (left instanceof CelUint && right instanceof CelUint) {
    return new CelUint(toUint(left.value - right.value));
  }
  if (left instanceof CelDuration && right instanceof CelDuration) {
    return durationOf(left.nanos - right.nanos);
  }
  if (left instanceof CelTimestamp && right instanceof CelTimestamp) {
    return durationOf(left.nanos - right.nanos);
  }
  if (left instanceof CelTimestamp && right instanceof CelDuration) {
    return timestampOf(left.nanos - right.nanos, left.zoned);
  }
  return noOverload('-', left, right);
}

function multiply(left: Value, right: Value): Value {
  if (typeof left === 'bigint' && typeof right === 'bigint') return int(left * right);
  if (typeof left === 'number' && typeof right === 'number') return left * right;
  if (left instanceof CelUint && right instanceof CelUint) {
    return new CelUint(toUint(left.value * right.value));
  }
  return noOverload('*', left, right);
}

function divide(left: Value, right: Value): Value {
  if (typeof left === 'bigint' && typeof right === 'bigint') {
    return right === 0n ? fail('division by zero') : int(left / right);
  }
  if (typeof left === 'number' && typeof right === 'number') return left / right;
  if (left instanceof CelUint && right instanceof CelUint) {
    return right.value === 0n ? fail('division by zero') : new CelUint(left.value / right.value);
  }
  return noOverload('/', left, right);
}

function modulo(left: Value, right: Value): Value {
  if (typeof left === 'bigint' && typeof right === 'bigint') {
    if (right === 0n) return fail('modulus by zero');
    return left === INT_MIN && right === -1n ? overflow() : left % right;
  }
  if (left instanceof CelUint && right instanceof CelUint) {
    return right.value === 0n ? fail('modulus by zero') : new CelUint(left.value % right.value);
  }
  return noOverload('%', left, right);
}

/** `-x`. */
export function negate(value: Value): Value {
  if (typeof value === 'bigint') return int(-value);
  return typeof value === 'number' ? -value : noOverload('-', value);
}

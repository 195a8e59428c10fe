import {
  CelUint,
  compareNumbers,
  fail,
  isList,
  isNumber,
  type Meter,
  noOverload,
  toInt,
  type Value,
} from '../values/index.ts';
import type { Apply, FunctionGroup } from './group.ts';

const MASK = (1n << 64n) - 1n;

/** The `math` extension. */
export const math: FunctionGroup = {
  functions: {
    'math.ceil/1': double('math.ceil', Math.ceil),
    'math.floor/1': double('math.floor', Math.floor),
    'math.trunc/1': double('math.trunc', Math.trunc),
    // Half away from zero, where JavaScript rounds half up.
    'math.round/1': double('math.round', (x) => {
      const whole = Math.trunc(x);
      return Math.abs(x - whole) >= 0.5 ? whole + Math.sign(x) : whole;
    }),
    'math.isNaN/1': double('math.isNaN', (x) => Number.isNaN(x)),
    'math.isInf/1': double('math.isInf', (x) => Math.abs(x) === Number.POSITIVE_INFINITY),
    'math.isFinite/1': double('math.isFinite', (x) => Number.isFinite(x)),
    'math.abs/1': abs,
    'math.sign/1': sign,
    'math.sqrt/1': (_meter, value) =>
      isNumber(value) ? Math.sqrt(toDouble(value)) : noOverload('math.sqrt', value),
    'math.bitAnd/2': bits('math.bitAnd', (a, b) => a & b),
    'math.bitOr/2': bits('math.bitOr', (a, b) => a | b),
    'math.bitXor/2': bits('math.bitXor', (a, b) => a ^ b),
    'math.bitNot/1': bitNot,
    'math.bitShiftLeft/2': shift('math.bitShiftLeft', (a, by) => a << by),
    'math.bitShiftRight/2': shift('math.bitShiftRight', (a, by) => a >> by),
  },
  variadic: {
    'math.greatest': (meter, args) => extreme(meter, 'math.greatest', args, 1),
    'math.least': (meter, args) => extreme(meter, 'math.least', args, -1),
  },
  signatures: [
    ...['ceil', 'floor', 'trunc', 'round'].map((name) => `MathNamespace.${name}(double): double`),
    ...['isNaN', 'isInf', 'isFinite'].map((name) => `MathNamespace.${name}(double): bool`),
    ...['abs', 'sign'].flatMap((name) =>
      ['int', 'uint', 'double'].map((type) => `MathNamespace.${name}(${type}): ${type}`),
    ),
    ...['int', 'uint', 'double'].map((type) => `MathNamespace.sqrt(${type}): double`),
    ...['bitAnd', 'bitOr', 'bitXor'].flatMap((name) =>
      ['int', 'uint'].map((type) => `MathNamespace.${name}(${type}, ${type}): ${type}`),
    ),
    ...['int', 'uint'].flatMap((type) => [
      `MathNamespace.bitNot(${type}): ${type}`,
      `MathNamespace.bitShiftLeft(${type}, int): ${type}`,
      `MathNamespace.bitShiftRight(${type}, int): ${type}`,
    ]),
    ...['greatest', 'least'].flatMap((name) =>
      Array.from({ length: 8 }, (_, count) => {
        const types = Array.from({ length: count + 1 }, () => 'dyn').join(', ');
        return `MathNamespace.${name}(${types}): dyn`;
      }),
    ),
  ],
};

function toDouble(value: bigint | number | CelUint): number {
  return typeof value === 'number' ? value : Number(typeof value === 'bigint' ? value : value.value);
}

function double(name: string, apply: (x: number) => Value): Apply {
  return (_meter, value) => (typeof value === 'number' ? apply(value) : noOverload(name, value));
}

function abs(_meter: Meter, value: Value): Value {
  if (typeof value === 'number') return Math.abs(value);
  if (typeof value === 'bigint') return value < 0n ? toInt(-value) : value;
  return value instanceof CelUint ? value : noOverload('math.abs', value);
}

function sign(_meter: Meter, value: Value): Value {
  if (typeof value === 'number') return value === 0 ? 0 : Math.sign(value);
  if (typeof value === 'bigint') return value > 0n ? 1n : value < 0n ? -1n : 0n;
  return value instanceof CelUint ? new CelUint(value.value > 0n ? 1n : 0n) : noOverload('math.sign', value);
}

function bits(name: string, apply: (a: bigint, b: bigint) => bigint): Apply {
  return (_meter, a, b) => {
    if (typeof a === 'bigint' && typeof b === 'bigint') return apply(a, b);
    if (a instanceof CelUint && b instanceof CelUint) return new CelUint(apply(a.value, b.value));
    return noOverload(name, a, b);
  };
}

function bitNot(_meter: Meter, value: Value): Value {
  if (typeof value === 'bigint') return ~value;
  return value instanceof CelUint ? new CelUint(value.value ^ MASK) : noOverload('math.bitNot', value);
}

/** Shifts on 64 bits; a shift to the right fills with zeroes, also for `int`. */
function shift(name: string, apply: (value: bigint, by: bigint) => bigint): Apply {
  return (_meter, value, by) => {
    if (typeof by !== 'bigint') return noOverload(name, value, by);
    if (typeof value !== 'bigint' && !(value instanceof CelUint)) return noOverload(name, value, by);
    if (by < 0n) return fail(`${name}() negative offset: ${by}`);
    const unsigned = typeof value === 'bigint' ? BigInt.asUintN(64, value) : value.value;
    const shifted = by >= 64n ? 0n : BigInt.asUintN(64, apply(unsigned, by));
    return typeof value === 'bigint' ? BigInt.asIntN(64, shifted) : new CelUint(shifted);
  };
}

function extreme(meter: Meter, name: string, args: readonly Value[], direction: 1 | -1): Value {
  const only = args.length === 1 ? args[0] : undefined;
  const items = only !== undefined && isList(only) ? only : args;
  meter.charge(items.length);
  let best: Value | undefined;
  for (const item of items) {
    if (!isNumber(item)) return noOverload(name, ...args);
    if (best === undefined || compareNumbers(item, best as bigint) * direction > 0) best = item;
  }
  return best ?? fail(`${name}() of an empty list`);
}

import {
  CelMap,
  CelType,
  codePointCount,
  isList,
  type Meter,
  noOverload,
  typeName,
  type Value,
} from '../values/index.ts';
import type { FunctionGroup } from './group.ts';
import { matches } from './regex.ts';

/** CEL's standard definitions but for conversions and time. */
export const standard: FunctionGroup = {
  functions: {
    'size/1': size,
    '.size/0': size,
    '.startsWith/1': (meter, text, part) => text2('startsWith', meter, text, part, (a, b) => a.startsWith(b)),
    '.endsWith/1': (meter, text, part) => text2('endsWith', meter, text, part, (a, b) => a.endsWith(b)),
    '.contains/1': (meter, text, part) => text2('contains', meter, text, part, (a, b) => a.includes(b)),
    '.matches/1': matches,
    'matches/2': matches,
    'dyn/1': (_meter, value) => value,
    'type/1': (_meter, value) => new CelType(typeName(value)),
  },
  signatures: ['matches(string, string): bool'],
};

function size(meter: Meter, value: Value): Value {
  if (typeof value === 'string') {
    meter.chargeText(value.length);
    return BigInt(codePointCount(value));
  }
  if (isList(value) || value instanceof Uint8Array) return BigInt(value.length);
  if (value instanceof CelMap) return BigInt(value.size);
  return noOverload('size', value);
}

function text2(
  name: string,
  meter: Meter,
  a: Value,
  b: Value,
  test: (a: string, b: string) => boolean,
): boolean {
  if (typeof a !== 'string' || typeof b !== 'string') return noOverload(name, a, b);
  meter.chargeText(a.length);
  return test(a, b);
}

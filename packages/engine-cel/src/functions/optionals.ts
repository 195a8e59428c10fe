import {
  CelDuration,
  CelMap,
  CelOptional,
  CelTimestamp,
  CelUint,
  FIRST_NANO,
  fail,
  isList,
  noOverload,
  OPTIONAL_NONE,
  type Value,
} from '../values/index.ts';
import type { FunctionGroup } from './group.ts';

/** Optional values, but for `or` and `orValue`, which the evaluator does lazily. */
export const optionals: FunctionGroup = {
  functions: {
    'optional.none/0': () => OPTIONAL_NONE,
    'optional.of/1': (_meter, value) => new CelOptional(value),
    'optional.ofNonZeroValue/1': (_meter, value) => (isZero(value) ? OPTIONAL_NONE : new CelOptional(value)),
    '.hasValue/0': (_meter, value) =>
      value instanceof CelOptional ? value.value !== undefined : noOverload('hasValue', value),
    '.value/0': (_meter, value) =>
      value instanceof CelOptional
        ? (value.value ?? (value.value === null ? null : fail('optional.none() dereference')))
        : noOverload('value', value),
  },
  signatures: ['OptionalNamespace.ofNonZeroValue(A): optional<A>'],
};

function isZero(value: Value): boolean {
  if (value === null || value === false || value === 0n || value === 0 || value === '') return true;
  if (isList(value) || value instanceof Uint8Array) return value.length === 0;
  if (value instanceof CelMap) return value.size === 0;
  if (value instanceof CelUint) return value.value === 0n;
  if (value instanceof CelDuration) return value.nanos === 0n;
  if (value instanceof CelTimestamp) return value.nanos === FIRST_NANO;
  return value instanceof CelOptional && value.value === undefined;
}

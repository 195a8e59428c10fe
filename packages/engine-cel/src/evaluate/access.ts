import {
  CelMap,
  CelOptional,
  CelUint,
  fail,
  isList,
  mapKey,
  OPTIONAL_NONE,
  typeName,
  type Value,
} from '../values/index.ts';

/** `operand.field`. On an optional value the result is optional. */
export function select(operand: Value, field: string): Value {
  if (operand instanceof CelMap) {
    const found = operand.entries.get(field);
    return found === undefined ? fail(`no such key: ${field}`) : found;
  }
  if (operand instanceof CelOptional) return optionalSelect(operand, field);
  return fail(`no such field: ${field} of ${typeName(operand)}`);
}

/** `operand.?field`. */
export function optionalSelect(operand: Value, field: string): Value {
  const inner = operand instanceof CelOptional ? operand.value : operand;
  if (inner === undefined) return OPTIONAL_NONE;
  if (!(inner instanceof CelMap)) return fail(`no such field: ${field} of ${typeName(inner)}`);
  const found = inner.entries.get(field);
  return found === undefined ? OPTIONAL_NONE : new CelOptional(found);
}

/** `has(operand.field)`. What is no collection has no fields: false, as in cel-go. */
export function has(operand: Value, field: string): boolean {
  const inner = operand instanceof CelOptional ? operand.value : operand;
  if (inner === undefined) return false;
  if (inner instanceof CelMap) return inner.entries.has(field);
  return isList(inner) ? fail(`no such field: ${field} of list`) : false;
}

/** `operand[index]`. On an optional value the result is optional. */
export function index(operand: Value, at: Value): Value {
  if (operand instanceof CelOptional) return optionalIndex(operand, at);
  const found = lookUp(operand, at);
  if (found !== undefined) return found;
  return isList(operand) ? fail(`index out of bounds: ${show(at)}`) : fail(`no such key: ${show(at)}`);
}

/** `operand[?index]`. */
export function optionalIndex(operand: Value, at: Value): Value {
  const inner = operand instanceof CelOptional ? operand.value : operand;
  if (inner === undefined) return OPTIONAL_NONE;
  const found = lookUp(inner, at);
  return found === undefined ? OPTIONAL_NONE : new CelOptional(found);
}

function lookUp(operand: Value, at: Value): Value | undefined {
  if (operand instanceof CelMap) {
    const key = mapKey(at);
    if (key === null) return fail(`unsupported key type: ${typeName(at)}`);
    return key === undefined ? undefined : operand.entries.get(key);
  }
  if (!isList(operand)) return fail(`no such overload: ${typeName(operand)}[${typeName(at)}]`);
  const key = mapKey(at);
  if (typeof key !== 'bigint') return fail(`unsupported index: ${show(at)}`);
  return key >= 0n && key < BigInt(operand.length) ? operand[Number(key)] : undefined;
}

/** A key as messages show it. */
function show(key: Value): string {
  if (typeof key === 'string') return key.length > 80 ? `${key.slice(0, 80)}...` : key;
  if (key instanceof CelUint) return key.value.toString();
  return typeof key === 'bigint' || typeof key === 'number' || typeof key === 'boolean'
    ? String(key)
    : typeName(key);
}

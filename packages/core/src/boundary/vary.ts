/** Recorded calls varied to just below, at and just above what a condition compares with. */
import {
  type Call,
  type Comparison,
  getOwn,
  isObject,
  type Json,
  pointerTokens,
  resolvePointer,
  setOwn,
  toPointer,
} from '@benchbook/model';

export interface Variant {
  /** What now stands at the comparison's pointer; for sizes, the size. */
  readonly value: string | number | boolean;
  readonly call: Call;
}

/** Largest size that is tried: what is longer is no boundary that a person would test. */
const MAX_SIZE = 10_000;
/** Finest step that is tried: Cedar's decimals have no more digits. */
const MAX_DIGITS = 4;

/** Empty where the call has nothing at the pointer, or nothing of a kind that can be varied. */
export function variantsOf(comparison: Comparison, call: Call): Variant[] {
  const [member, ...path] = pointerTokens(comparison.pointer);
  if ((member !== 'args' && member !== 'context') || path.length === 0) return [];
  const root = call[member];
  if (!root) return [];
  const recorded = resolvePointer(root, toPointer(path));
  if (recorded === undefined) return [];
  return valuesFor(comparison, recorded).map(({ shown, value }) => ({
    value: shown,
    call: { ...call, [member]: replaced(root, path, value) },
  }));
}

interface Value {
  readonly shown: Variant['value'];
  readonly value: Json;
}

function valuesFor({ of, literal }: Comparison, recorded: Json): Value[] {
  if (of === 'size') return typeof literal === 'number' ? sizes(literal, recorded) : [];
  if (typeof literal === 'number' && typeof recorded === 'number')
    return around(literal, recorded).map((value) => ({ shown: value, value }));
  if (typeof literal === 'boolean' && typeof recorded === 'boolean')
    return [true, false].map((value) => ({ shown: value, value }));
  if (typeof literal === 'string' && typeof recorded === 'string') {
    const other = recorded === literal ? `${literal}-other` : recorded;
    return [literal, other].map((value) => ({ shown: value, value }));
  }
  return [];
}

/** Whole numbers stay whole, since a type may hang on it. */
function around(literal: number, recorded: number): number[] {
  if (!Number.isFinite(literal)) return [];
  if (Number.isInteger(recorded)) {
    if (!Number.isInteger(literal)) return [Math.floor(literal), Math.ceil(literal)];
    return [literal - 1, literal, literal + 1].filter(Number.isSafeInteger);
  }
  const scale = 10 ** Math.min(MAX_DIGITS, Math.max(2, digits(literal), digits(recorded)));
  const middle = Math.round(literal * scale);
  return [middle - 1, middle, middle + 1].map((value) => value / scale);
}

function digits(value: number): number {
  return /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0;
}

function sizes(literal: number, recorded: Json): Value[] {
  return [literal - 1, literal, literal + 1].flatMap((size) => {
    if (!Number.isInteger(size) || size < 0 || size > MAX_SIZE) return [];
    const value = ofSize(recorded, size);
    return value === undefined ? [] : [{ shown: size, value }];
  });
}

function ofSize(recorded: Json, size: number): Json | undefined {
  if (typeof recorded === 'string') return recorded.slice(0, size).padEnd(size, recorded[0] ?? 'x');
  if (!Array.isArray(recorded)) return undefined;
  const items = recorded as readonly Json[];
  if (items.length >= size) return items.slice(0, size);
  const [filler] = items;
  return filler === undefined ? undefined : [...items, ...Array(size - items.length).fill(filler)];
}

function replaced(root: Json, path: readonly string[], value: Json): Json {
  const [token, ...rest] = path;
  if (token === undefined) return value;
  if (Array.isArray(root)) {
    const items = root as readonly Json[];
    return items.map((item, index) => (index === Number(token) ? replaced(item, rest, value) : item));
  }
  if (!isObject(root)) return root;
  const copy: { [key: string]: Json } = {};
  for (const key of Object.keys(root))
    setOwn(copy, key, key === token ? replaced(getOwn(root, key)!, rest, value) : getOwn(root, key)!);
  return copy;
}

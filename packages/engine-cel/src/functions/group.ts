import type { Meter, Value } from '../values/index.ts';

/** A function over evaluated arguments; a method's receiver is its first. */
export type Apply = (meter: Meter, a: Value, b: Value, c: Value, d: Value) => Value;

/** A function of any number of arguments. */
export type ApplyAll = (meter: Meter, args: readonly Value[]) => Value;

/** Functions that belong together. */
export interface FunctionGroup {
  /**
   * By `NAME/COUNT`: `size/1`, `.startsWith/1` for a method (the receiver not counted), `math.abs/1` in a
   * namespace.
   */
  readonly functions: Readonly<Record<string, Apply>>;
  /** By name, for those that take any number of arguments. */
  readonly variadic?: Readonly<Record<string, ApplyAll>>;
  /** What the type checker must be told beyond what cel-js declares itself, in its notation. */
  readonly signatures: readonly string[];
}

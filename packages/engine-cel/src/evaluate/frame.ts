import type { Meter, Value } from '../values/index.ts';

/** What one evaluation works on. Slots are given out when expressions are compiled. */
export interface Frame {
  readonly meter: Meter;
  /** The request's variables; undefined where the request has none of that name. */
  readonly inputs: readonly (Value | undefined)[];
  /** Variables of macros. */
  readonly locals: Value[];
  /** `variables.NAME` of a policy, once evaluated. */
  readonly memo: (Value | undefined)[];
}

/** A compiled expression. Throws a `CelFault`. */
export type Evaluate = (frame: Frame) => Value;

/** Where names lead. */
export interface Scope {
  /** Slot of a request's variable. */
  input(name: string): number | undefined;
  /** Slot in `memo` of `variables.NAME`, and what computes it. */
  scoped(name: string): { readonly slot: number; readonly evaluate: Evaluate } | undefined;
  /** A fresh slot in `locals`: no two macros share one, since a lazy variable may run inside any of them. */
  allocate(): number;
  /** Put around every compiled node; how conditions are traced. Must not change what it wraps. */
  readonly wrap?: (evaluate: Evaluate, node: object) => Evaluate;
}

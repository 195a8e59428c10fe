import { CelFault, fail, typeName, type Value } from '../values/index.ts';
import type { Evaluate, Frame } from './frame.ts';

/**
 * `&&` (`absorbing` false) and `||` (true) over any number of operands. One absorbing operand decides, whatever
 * the others are; else the first error, or operand that is no boolean, is the result.
 */
export function chain(operands: readonly Evaluate[], absorbing: boolean): Evaluate {
  const [first, second] = operands;
  if (operands.length === 2 && first && second) {
    return (frame) => {
      let pending: CelFault | undefined;
      try {
        const left = first(frame);
        if (left === absorbing) return absorbing;
        if (left !== !absorbing) pending = noBoolean(left);
      } catch (error) {
        pending = absorb(error);
      }
      if (pending) return rest(frame, second, absorbing, pending);
      const right = second(frame);
      return typeof right === 'boolean' ? right : raise(noBoolean(right));
    };
  }
  return (frame) => {
    let pending: CelFault | undefined;
    for (const operand of operands) {
      try {
        const value = operand(frame);
        if (value === absorbing) return absorbing;
        if (value !== !absorbing) pending ??= noBoolean(value);
      } catch (error) {
        pending ??= absorb(error);
      }
    }
    return pending ? raise(pending) : !absorbing;
  };
}

function rest(frame: Frame, operand: Evaluate, absorbing: boolean, pending: CelFault): Value {
  let value: Value = null;
  try {
    value = operand(frame);
  } catch (error) {
    absorb(error);
  }
  return value === absorbing ? absorbing : raise(pending);
}

/** A fault that may be absorbed; anything else, and a spent budget, goes on. */
export function absorb(error: unknown): CelFault {
  if (error instanceof CelFault && error.kind === 'runtime') return error;
  throw error;
}

/** What an operand of a logical operator that is no boolean means. */
export function noBoolean(value: Value): CelFault {
  return new CelFault(`no such overload: ${typeName(value)} where a bool is needed`);
}

function raise(fault: CelFault): never {
  throw fault;
}

/** A condition's value as a boolean. */
export function asBoolean(value: Value): boolean {
  return typeof value === 'boolean' ? value : fail(noBoolean(value).message);
}

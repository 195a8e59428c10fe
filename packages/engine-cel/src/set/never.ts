/** Conditions that can never hold, where that is plain from their comparisons. */
import type { Comparison } from '@benchbook/model';
import type { Expression } from '../syntax/index.ts';
import { comparisonOf } from './comparison.ts';
import type { OperandScope } from './operands.ts';

/** Facts that must equal a literal for a place to be reached. */
export type Equalities = ReadonlyMap<string, Comparison['literal']>;

/** Why a condition never holds, or what must be equal where it does. */
export type Reachability = { readonly never: string } | { readonly equal: Equalities };

/** Looks at a condition below others; `outer`: what those ask for. */
export function reachability(condition: Expression, facts: OperandScope, outer: Equalities): Reachability {
  const equal = new Map(outer);
  for (const part of condition.kind === 'and' ? condition.operands : [condition]) {
    if (part.kind === 'literal' && part.value === false)
      return { never: 'a part of this condition is always false' };
    const comparison = comparisonOf(part, facts);
    if (comparison?.operator !== '==' || comparison.of !== 'value' || !comparesPath(part)) continue;
    const { pointer, literal } = comparison;
    const other = equal.get(pointer);
    if (other !== undefined && other !== literal) {
      const name = pointer.slice(1).replaceAll('/', '.').slice(0, 80);
      const never = `this condition never holds: \`${name}\` cannot be ${shown(other)} and ${shown(literal)}`;
      return { never };
    }
    equal.set(pointer, literal);
  }
  return { equal };
}

/** True where the fact itself is compared: a conversion or a default of it may equal more than one literal. */
function comparesPath(part: Expression): boolean {
  if (part.kind !== 'binary') return false;
  return [part.left, part.right].some((side) => {
    let at = side;
    while (at.kind === 'select' || at.kind === 'index') at = at.operand;
    return at !== side && at.kind === 'name' && at.name !== 'variables';
  });
}

function shown(literal: Comparison['literal']): string {
  return JSON.stringify(literal).slice(0, 80);
}

import type { Comparison } from '@benchbook/model';
import type { Expression } from '../syntax/index.ts';
import { type OperandScope, operandOf } from './operands.ts';

type Operator = Comparison['operator'];

/** What an operator becomes where its sides change places. */
const TURNED: Readonly<Partial<Record<string, Operator>>> = {
  '<': '>',
  '<=': '>=',
  '==': '==',
  '!=': '!=',
  '>=': '<=',
  '>': '<',
};

/** The comparison of a fact with a literal that an expression is; undefined where it is none. */
export function comparisonOf(expression: Expression, scope: OperandScope): Comparison | undefined {
  if (expression.kind !== 'binary') return undefined;
  const turned = TURNED[expression.operator];
  if (!turned) return undefined;
  const left = operandOf(expression.left, scope);
  const right = operandOf(expression.right, scope);
  const operator = left?.kind === 'fact' ? (expression.operator as Operator) : turned;
  const fact = left?.kind === 'fact' ? left : right;
  const literal = left?.kind === 'fact' ? right : left;
  if (fact?.kind !== 'fact' || literal?.kind !== 'literal') return undefined;
  const type = typeof literal.value;
  if (fact.of === 'size' && type !== 'number') return undefined;
  if (type === 'boolean' && operator !== '==' && operator !== '!=') return undefined;
  return { pointer: fact.pointer, of: fact.of, operator, literal: literal.value };
}

import type { CelType, Value } from '../values/index.ts';

/** A place in an expression's text: UTF-16 offsets, end exclusive, enclosing parentheses not included. */
interface Placed {
  readonly start: number;
  readonly end: number;
}

/** Macros over a list or a map's keys (two variables: index and element, or key and value). */
export type MacroName =
  | 'all'
  | 'exists'
  | 'exists_one'
  | 'map'
  | 'filter'
  | 'transformList'
  | 'transformMap'
  | 'transformMapEntry';

export type BinaryOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | '+' | '-' | '*' | '/' | '%';

/**
 * The syntax of an expression: what cel-js parsed, in a form that every later step (evaluation, reads, conditions)
 * shares. Chains of `&&` and of `||` are one node each, so that depth is nesting as a person sees it.
 */
export type Expression =
  | (Placed & { readonly kind: 'literal'; readonly value: Value })
  | (Placed & { readonly kind: 'type'; readonly value: CelType })
  | (Placed & { readonly kind: 'name'; readonly name: string })
  | (Placed & {
      readonly kind: 'select';
      readonly operand: Expression;
      readonly field: string;
      readonly optional: boolean;
    })
  | (Placed & {
      readonly kind: 'index';
      readonly operand: Expression;
      readonly index: Expression;
      readonly optional: boolean;
    })
  | (Placed & { readonly kind: 'has'; readonly operand: Expression; readonly field: string })
  | (Placed & {
      readonly kind: 'call';
      /** With its namespace, e.g. `math.abs`; a leading dot marks a method. */
      readonly name: string;
      readonly args: readonly Expression[];
    })
  | (Placed & { readonly kind: 'list'; readonly items: readonly Expression[] })
  | (Placed & { readonly kind: 'map'; readonly entries: readonly (readonly [Expression, Expression])[] })
  | (Placed & { readonly kind: 'and' | 'or'; readonly operands: readonly Expression[] })
  | (Placed & {
      readonly kind: 'conditional';
      readonly test: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    })
  | (Placed & { readonly kind: 'not' | 'negate'; readonly operand: Expression })
  | (Placed & {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    })
  | (Placed & {
      readonly kind: 'macro';
      readonly macro: MacroName;
      readonly range: Expression;
      readonly variables: readonly string[];
      /** Before the last: a filter, where the macro takes one. */
      readonly args: readonly Expression[];
    })
  | (Placed & {
      readonly kind: 'bind';
      readonly variable: string;
      readonly value: Expression;
      readonly body: Expression;
    });

/** The direct parts of an expression, in order of the text. */
export function children(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'type':
    case 'name':
      return [];
    case 'select':
    case 'has':
    case 'not':
    case 'negate':
      return [expression.operand];
    case 'index':
      return [expression.operand, expression.index];
    case 'call':
      return expression.args;
    case 'list':
      return expression.items;
    case 'map':
      return expression.entries.flat();
    case 'and':
    case 'or':
      return expression.operands;
    case 'conditional':
      return [expression.test, expression.then, expression.otherwise];
    case 'binary':
      return [expression.left, expression.right];
    case 'macro':
      return [expression.range, ...expression.args];
    case 'bind':
      return [expression.value, expression.body];
  }
}

/** Number of nodes, the expression itself included. */
export function countNodes(expression: Expression): number {
  let count = 1;
  for (const child of children(expression)) count += countNodes(child);
  return count;
}

/** What one side of a comparison stands for, where that is plain: a fact, or a literal. */
import { getOwn, isObject, pointerTokens, toPointer } from '@benchbook/model';
import type { Expression } from '../syntax/index.ts';
import { CelUint, type Value } from '../values/index.ts';
import type { RequestVariable } from './variables.ts';

export type Operand =
  | { readonly kind: 'fact'; readonly pointer: string; readonly of: 'value' | 'size' }
  | { readonly kind: 'literal'; readonly value: string | number | boolean };

/** Where the names of an expression lead. */
export interface OperandScope {
  readonly variables: ReadonlyMap<string, RequestVariable>;
  /** What `variables.NAME` stands for. */
  scoped(name: string): Operand | null | undefined;
}

const CONVERSIONS = new Set(['int', 'uint', 'double']);

/**
 * What an expression stands for. Resolved are paths, their sizes, conversions of one path between numbers, a
 * default for an absent one, and aliases of these; null for everything else.
 */
export function operandOf(expression: Expression, scope: OperandScope): Operand | null {
  switch (expression.kind) {
    case 'literal':
      return literalOf(expression.value);
    case 'negate': {
      const operand = operandOf(expression.operand, scope);
      const isNumber = operand?.kind === 'literal' && typeof operand.value === 'number';
      return isNumber ? { kind: 'literal', value: -Number(operand.value) } : null;
    }
    case 'call':
      return callOf(expression.name, expression.args, scope);
    default:
      return pathOf(expression, scope, false);
  }
}

function callOf(name: string, args: readonly Expression[], scope: OperandScope): Operand | null {
  const [first, second] = args;
  if (!first) return null;
  if (name === '.orValue' && second?.kind === 'literal') return pathOf(first, scope, true);
  if (args.length !== 1) return null;
  if (name === 'size' || name === '.size') {
    const operand = operandOf(first, scope);
    return operand?.kind === 'fact' && operand.of === 'value' ? { ...operand, of: 'size' } : null;
  }
  if (!CONVERSIONS.has(name)) return null;
  const operand = operandOf(first, scope);
  if (operand?.kind !== 'literal') return operand;
  const isExact = typeof operand.value === 'number' && (name === 'double' || Number.isInteger(operand.value));
  return isExact ? operand : null;
}

function literalOf(value: Value): Operand | null {
  if (typeof value === 'string' || typeof value === 'boolean') return { kind: 'literal', value };
  const number = value instanceof CelUint ? Number(value.value) : Number(value);
  if (value === null || (typeof value === 'object' && !(value instanceof CelUint))) return null;
  const isExact = typeof value === 'number' ? Number.isFinite(number) : Number.isSafeInteger(number);
  return isExact ? { kind: 'literal', value: number } : null;
}

/** `optional`: the path gives an optional value, as `args.?amount` does, and something around it unwraps that. */
function pathOf(expression: Expression, scope: OperandScope, optional: boolean): Operand | null {
  const tokens: string[] = [];
  let isOptional = false;
  let at = expression;
  while (at.kind !== 'name') {
    if (at.kind === 'select') {
      isOptional ||= at.optional;
      const isScoped = !at.optional && at.operand.kind === 'name' && at.operand.name === 'variables';
      if (isScoped) {
        const aliased = optional === isOptional ? (scope.scoped(at.field) ?? null) : null;
        return below(aliased, tokens);
      }
      tokens.unshift(at.field);
      at = at.operand;
    } else if (at.kind === 'index') {
      isOptional ||= at.optional;
      const key = at.index.kind === 'literal' ? at.index.value : null;
      if (typeof key !== 'string' && typeof key !== 'bigint') return null;
      tokens.unshift(String(key));
      at = at.operand;
    } else return null;
  }
  const variable = scope.variables.get(at.name);
  if (!variable || optional !== isOptional) return null;
  const pointer = pointerInto(variable, tokens);
  return pointer === null ? null : { kind: 'fact', pointer, of: 'value' };
}

/** What stands below an alias. */
function below(aliased: Operand | null, tokens: readonly string[]): Operand | null {
  if (tokens.length === 0 || aliased === null) return aliased;
  return aliased.kind === 'fact' && aliased.of === 'value'
    ? { ...aliased, pointer: aliased.pointer + toPointer(tokens) }
    : null;
}

/** The fact that a path into a variable is; null where the mapping makes it of something else. */
function pointerInto(variable: RequestVariable, path: readonly string[]): string | null {
  let template: unknown = variable.template;
  for (const [depth, token] of path.entries()) {
    if (typeof template === 'string') return pointerOf(template, path.slice(depth));
    if (!isObject(template) || Object.hasOwn(template, 'literal')) return null;
    template = getOwn(template, token);
  }
  return typeof template === 'string' ? pointerOf(template, []) : null;
}

function pointerOf(template: string, path: readonly string[]): string | null {
  if (!template.startsWith('/')) return null;
  // A time is no value that could be varied as a number or a text.
  return pointerTokens(template)[0] === 'ts' ? null : template + toPointer(path);
}

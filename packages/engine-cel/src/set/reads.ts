import { pointersTouch, toPointer } from '@benchbook/model';
import { children, type Expression } from '../syntax/index.ts';
import { CelUint } from '../values/index.ts';
import { type RequestVariable, variableReads } from './variables.ts';

/** Where the names of an expression lead. */
export interface ReadScope {
  readonly variables: ReadonlyMap<string, RequestVariable>;
  /** What `variables.NAME` reads. */
  scoped(name: string): readonly string[] | undefined;
}

/** JSON Pointers into the facts that evaluating an expression may read; sorted, none below another. */
export function expressionReads(expression: Expression, scope: ReadScope): string[] {
  const found: string[] = [];
  visit(expression, scope, [], found);
  return simplifyReads(found);
}

/** Sorts pointers and drops those that stand below another. */
export function simplifyReads(pointers: readonly string[]): string[] {
  const sorted = [...new Set(pointers)].sort();
  return sorted.filter((pointer) => !sorted.some((other) => other !== pointer && isAbove(other, pointer)));
}

function isAbove(upper: string, lower: string): boolean {
  return upper.length < lower.length && pointersTouch(upper, lower);
}

function visit(expression: Expression, scope: ReadScope, locals: readonly string[], found: string[]): void {
  const path = pathOf(expression, scope, locals);
  if (path) {
    found.push(...path.reads);
    for (const index of path.indexes) visit(index, scope, locals, found);
    return;
  }
  if (expression.kind === 'macro') {
    visit(expression.range, scope, locals, found);
    const inner = [...locals, ...expression.variables];
    for (const arg of expression.args) visit(arg, scope, inner, found);
  } else if (expression.kind === 'bind') {
    visit(expression.value, scope, locals, found);
    visit(expression.body, scope, [...locals, expression.variable], found);
  } else {
    for (const child of children(expression)) visit(child, scope, locals, found);
  }
}

interface Path {
  readonly reads: readonly string[];
  /** Computed indexes, which read on their own. */
  readonly indexes: readonly Expression[];
}

/** What a chain of fields and indexes on a variable reads; null where the expression is none. */
function pathOf(expression: Expression, scope: ReadScope, locals: readonly string[]): Path | null {
  const steps: (string | null)[] = [];
  const indexes: Expression[] = [];
  let at: Expression = expression;
  while (at.kind !== 'name') {
    if (at.kind === 'select') {
      // Whether an optional field is there hangs on what it is a field of.
      if (at.optional) steps.unshift(null);
      else steps.unshift(at.field);
      const isScoped =
        at.operand.kind === 'name' && at.operand.name === 'variables' && !locals.includes('variables');
      const reads = isScoped ? scope.scoped(at.field) : undefined;
      if (reads) return { reads, indexes };
      at = at.operand;
    } else if (at.kind === 'has') {
      steps.unshift(isVariable(at.operand) ? at.field : null);
      at = at.operand;
    } else if (at.kind === 'index') {
      const key = at.optional ? null : constantKey(at.index);
      if (key === null) indexes.push(at.index);
      steps.unshift(key);
      at = at.operand;
    } else return null;
  }
  if (locals.includes(at.name)) return { reads: [], indexes };
  const variable = scope.variables.get(at.name);
  if (!variable) return { reads: [], indexes };
  const stop = steps.indexOf(null);
  const known = (stop < 0 ? steps : steps.slice(0, stop)) as string[];
  return { reads: variableReads(variable, toPointer(known)), indexes };
}

function isVariable(expression: Expression): boolean {
  return expression.kind === 'name';
}

/** The key of an index that is a literal. */
function constantKey(index: Expression): string | null {
  if (index.kind !== 'literal') return null;
  const { value } = index;
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint') return value.toString();
  return value instanceof CelUint ? value.value.toString() : null;
}

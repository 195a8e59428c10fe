import { findFunction, findVariadic } from '../functions/catalog.ts';
import type { Apply } from '../functions/group.ts';
import { children, countNodes, type Expression } from '../syntax/index.ts';
import { CelOptional, fail, noOverload, type Value } from '../values/index.ts';
import { has, index, optionalIndex, optionalSelect, select } from './access.ts';
import type { Evaluate, Frame, Scope } from './frame.ts';
import { asBoolean, chain } from './logic.ts';
import { MapBuilder, macro } from './macros.ts';
import { negate, OPERATORS } from './operators.ts';

/** Names that macros around an expression bind, with their slots; inner ones last. */
type Locals = readonly Local[];

interface Local {
  readonly name: string;
  readonly slot: number;
  /** Of `cel.bind`: its value is computed when it is first used. */
  readonly lazy: boolean;
}

/**
 * Compiles an expression to a closure that charges its own steps. The expression must have been parsed without
 * issues.
 */
export function compile(expression: Expression, scope: Scope): Evaluate {
  const cost = ownCost(expression);
  const evaluate = compileNode(expression, scope, []);
  return (frame) => {
    frame.meter.charge(cost);
    return evaluate(frame);
  };
}

/** Nodes evaluated at most once: what stands in macros is charged by the round. */
function ownCost(expression: Expression): number {
  let cost = countNodes(expression);
  const subtract = (part: Expression): void => {
    if (part.kind === 'macro') {
      for (const arg of part.args) cost -= countNodes(arg);
      subtract(part.range);
    } else {
      for (const child of children(part)) subtract(child);
    }
  };
  subtract(expression);
  return cost;
}

function compileNode(expression: Expression, scope: Scope, locals: Locals): Evaluate {
  const evaluate = compileKind(expression, scope, locals);
  return scope.wrap ? scope.wrap(evaluate, expression) : evaluate;
}

function compileKind(expression: Expression, scope: Scope, locals: Locals): Evaluate {
  const sub = (part: Expression): Evaluate => compileNode(part, scope, locals);
  switch (expression.kind) {
    case 'literal':
    case 'type': {
      const { value } = expression;
      return () => value;
    }
    case 'name':
      return compileName(expression.name, scope, locals);
    case 'select':
      return compileSelect(expression, scope, locals);
    case 'index': {
      const operand = sub(expression.operand);
      const at = sub(expression.index);
      const access = expression.optional ? optionalIndex : index;
      return (frame) => access(operand(frame), at(frame));
    }
    case 'has': {
      const { field } = expression;
      const operand = sub(expression.operand);
      return (frame) => has(operand(frame), field);
    }
    case 'call':
      return compileCall(expression.name, expression.args.map(sub));
    case 'list': {
      const items = expression.items.map(sub);
      if (expression.items.every((item) => item.kind === 'literal') && !scope.wrap) {
        const values = expression.items.map((item) => (item.kind === 'literal' ? item.value : null));
        return () => values;
      }
      return (frame) => items.map((item) => item(frame));
    }
    case 'map': {
      const entries = expression.entries.map(([key, value]) => [sub(key), sub(value)] as const);
      return (frame) => {
        const builder = new MapBuilder();
        for (const [key, value] of entries) builder.add(key(frame), value(frame));
        return builder.finish();
      };
    }
    case 'and':
      return chain(expression.operands.map(sub), false);
    case 'or':
      return chain(expression.operands.map(sub), true);
    case 'conditional': {
      const test = sub(expression.test);
      const then = sub(expression.then);
      const otherwise = sub(expression.otherwise);
      return (frame) => (asBoolean(test(frame)) ? then(frame) : otherwise(frame));
    }
    case 'not': {
      const operand = sub(expression.operand);
      return (frame) => !asBoolean(operand(frame));
    }
    case 'negate': {
      const operand = sub(expression.operand);
      return (frame) => negate(operand(frame));
    }
    case 'binary': {
      const left = sub(expression.left);
      const right = sub(expression.right);
      const operate = OPERATORS[expression.operator];
      return (frame) => operate(left(frame), right(frame), frame.meter);
    }
    case 'macro':
      return compileMacro(expression, scope, locals);
    case 'bind':
      return compileBind(expression, scope, locals);
  }
}

function compileName(name: string, scope: Scope, locals: Locals): Evaluate {
  const local = locals.findLast((known) => known.name === name);
  if (local) {
    const { slot, lazy } = local;
    if (lazy) return (frame) => (frame.locals[slot] as unknown as Bound).force(frame);
    return (frame) => frame.locals[slot] as Value;
  }
  const input = scope.input(name);
  if (input === undefined) return () => fail(`undeclared reference to ${name}`);
  return (frame) => {
    const value = frame.inputs[input];
    return value === undefined ? fail(`no such attribute: ${name}`) : value;
  };
}

function compileSelect(
  expression: Extract<Expression, { kind: 'select' }>,
  scope: Scope,
  locals: Locals,
): Evaluate {
  const { operand, field, optional } = expression;
  const isScoped =
    !optional &&
    operand.kind === 'name' &&
    operand.name === 'variables' &&
    !locals.some(({ name }) => name === 'variables');
  const scoped = isScoped ? scope.scoped(field) : undefined;
  if (scoped) {
    const { slot, evaluate } = scoped;
    return (frame) => {
      const known = frame.memo[slot];
      if (known !== undefined) return known;
      const value = evaluate(frame);
      frame.memo[slot] = value;
      return value;
    };
  }
  const of = compileNode(operand, scope, locals);
  const access = optional ? optionalSelect : select;
  return (frame) => access(of(frame), field);
}

function compileCall(name: string, args: readonly Evaluate[]): Evaluate {
  const [a, b] = args;
  if ((name === '.or' || name === '.orValue') && a && b) return compileOr(name, a, b);
  const method = name.startsWith('.') ? 1 : 0;
  const apply = findFunction(name, args.length - method);
  if (apply) return compileApply(apply, args);
  const applyAll = findVariadic(name);
  if (!applyAll) return () => fail(`unknown function ${name}`);
  return (frame) =>
    applyAll(
      frame.meter,
      args.map((arg) => arg(frame)),
    );
}

function compileApply(apply: Apply, args: readonly Evaluate[]): Evaluate {
  const [a, b, c, d] = args;
  if (!a) return (frame) => apply(frame.meter, null, null, null, null);
  if (!b) return (frame) => apply(frame.meter, a(frame), null, null, null);
  if (!c) return (frame) => apply(frame.meter, a(frame), b(frame), null, null);
  if (!d) return (frame) => apply(frame.meter, a(frame), b(frame), c(frame), null);
  return (frame) => apply(frame.meter, a(frame), b(frame), c(frame), d(frame));
}

/** The argument is evaluated only where the optional is empty. */
function compileOr(name: '.or' | '.orValue', receiver: Evaluate, other: Evaluate): Evaluate {
  return (frame) => {
    const optional = receiver(frame);
    if (!(optional instanceof CelOptional)) return noOverload(name.slice(1), optional);
    if (optional.value !== undefined) return name === '.or' ? optional : optional.value;
    const value = other(frame);
    return name === '.or' && !(value instanceof CelOptional) ? noOverload('or', optional, value) : value;
  };
}

function compileMacro(
  expression: Extract<Expression, { kind: 'macro' }>,
  scope: Scope,
  locals: Locals,
): Evaluate {
  const bound = expression.variables.map((name) => ({ name, slot: scope.allocate(), lazy: false }));
  const inner = [...locals, ...bound];
  return macro(expression.macro, {
    range: compileNode(expression.range, scope, locals),
    slots: bound.map(({ slot }) => slot),
    args: expression.args.map((arg) => compileNode(arg, scope, inner)),
    cost: expression.args.reduce((sum, arg) => sum + ownCost(arg), 1),
  });
}

function compileBind(
  expression: Extract<Expression, { kind: 'bind' }>,
  scope: Scope,
  locals: Locals,
): Evaluate {
  const slot = scope.allocate();
  const value = compileNode(expression.value, scope, locals);
  const local = { name: expression.variable, slot, lazy: true };
  const body = compileNode(expression.body, scope, [...locals, local]);
  return (frame) => {
    // Held in a slot for values: only the lazy name above ever reads it.
    frame.locals[slot] = new Bound(value) as unknown as Value;
    return body(frame);
  };
}

/** The value of a `cel.bind`, computed once and only if it is used. */
class Bound {
  readonly #evaluate: Evaluate;
  #value: Value | undefined;

  constructor(evaluate: Evaluate) {
    this.#evaluate = evaluate;
  }

  force(frame: Frame): Value {
    this.#value ??= this.#evaluate(frame);
    return this.#value;
  }
}

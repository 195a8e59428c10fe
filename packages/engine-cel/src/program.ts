/** Single expressions, apart from policies: compile once, run on variables by name. */
import { compile } from './evaluate/index.ts';
import { createEnvironment, type Issue, parseExpression, type VariableTypes } from './syntax/index.ts';
import { CelFault, Meter, type Value } from './values/index.ts';

/** What an expression came to. */
export type ProgramResult =
  | { readonly value: Value }
  | { readonly error: string; readonly kind: 'runtime' | 'budget' };

/** A compiled expression, or why it cannot be. */
export type Program =
  | { readonly issues: readonly Issue[]; readonly run?: undefined }
  | {
      readonly issues?: undefined;
      /** `meter`: counts the steps, where somebody wants to know them. */
      readonly run: (variables: Readonly<Record<string, Value>>, meter?: Meter) => ProgramResult;
    };

/** Steps that an evaluation may take unless told otherwise. */
export const DEFAULT_BUDGET = 200_000;

/** Compiles one expression over typed variables. */
export function compileProgram(
  text: string,
  types: VariableTypes,
  options: { readonly check?: boolean; readonly budget?: number } = {},
): Program {
  const parsed = parseExpression(text, createEnvironment(types, null), options.check ?? true);
  if (!parsed.expression || parsed.issues.length > 0) return { issues: parsed.issues };
  const names = Object.keys(types);
  let locals = 0;
  const evaluate = compile(parsed.expression, {
    input: (name) => (names.includes(name) ? names.indexOf(name) : undefined),
    scoped: () => undefined,
    allocate: () => locals++,
  });
  const budget = options.budget ?? DEFAULT_BUDGET;
  return {
    run(variables, meter = new Meter(budget)) {
      const inputs = names.map((name) => (Object.hasOwn(variables, name) ? variables[name] : undefined));
      const locals: Value[] = [];
      try {
        return { value: evaluate({ meter, inputs, locals, memo: [] }) };
      } catch (error) {
        if (error instanceof CelFault) return { error: error.message, kind: error.kind };
        throw error;
      }
    },
  };
}

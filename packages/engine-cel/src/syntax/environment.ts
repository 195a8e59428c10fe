import { Environment } from '@marcbachmann/cel-js';
import { NAMESPACES, SIGNATURES } from '../functions/catalog.ts';

/** Names of variables with their types in cel-js' notation, e.g. `map<string, dyn>`. */
export type VariableTypes = Readonly<Record<string, string>>;

/** Where cel-js stops reading; CEL asks for at least these. */
const LIMITS = {
  maxAstNodes: 20_000,
  maxDepth: 250,
  maxListElements: 10_000,
  maxMapEntries: 10_000,
  maxCallArguments: 32,
};

/** What cel-js hands to a macro's type check; the parts used here. */
interface Checker {
  check(node: unknown, context: CheckContext): CheckedType;
  getType(name: string): CheckedType;
}
interface CheckContext {
  forkWithVariable(name: string, type: CheckedType): CheckContext;
}
interface CheckedType {
  readonly kind: string;
  readonly name: string;
  readonly keyType?: CheckedType;
  readonly valueType?: CheckedType;
}
interface MacroCall {
  readonly args: readonly { readonly op: string; readonly args: unknown }[];
  readonly receiver: unknown;
}

let base: Environment | undefined;

/** An environment that parses and checks expressions over `variables`. It is never asked to evaluate. */
export function createEnvironment(variables: VariableTypes, scoped: VariableTypes | null): Environment {
  base ??= createBase();
  const environment = base.clone();
  for (const [name, type] of Object.entries(variables)) environment.registerVariable(name, type);
  if (scoped) environment.registerVariable({ name: 'variables', schema: declarable(base.clone(), scoped) });
  return environment;
}

/** Types that cel-js infers but cannot declare are declared as `dyn`. */
function declarable(probe: Environment, types: VariableTypes): Record<string, string> {
  return Object.fromEntries(
    Object.entries(types).map(([name, type], index) => {
      try {
        probe.registerVariable(`v${index}`, type);
        return [name, type];
      } catch {
        return [name, 'dyn'];
      }
    }),
  );
}

function createBase(): Environment {
  const environment = new Environment({
    unlistedVariablesAreDyn: false,
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: true,
    limits: LIMITS,
  });
  for (const [name, type] of Object.entries(NAMESPACES)) {
    if (name === 'optional') continue;
    const Namespace = class {};
    environment.registerType(type, Namespace);
    environment.registerConstant(name, type, new Namespace());
  }
  for (const signature of SIGNATURES) environment.registerFunction(signature, unused);
  for (const operator of ['<', '<=', '>', '>=']) {
    environment.registerOperator(`bytes ${operator} bytes`, unused);
  }
  registerMacros(environment);
  return environment;
}

/** The evaluator here is not cel-js' own, so that no function of its registry is ever called. */
function unused(): never {
  throw new Error('cel-js does not evaluate here');
}

/** Macros that cel-js lacks; each check gives the type of the macro's result. */
function registerMacros(environment: Environment): void {
  const macro = (
    signature: string,
    check: (checker: Checker, call: MacroCall, context: CheckContext) => CheckedType,
  ) => {
    environment.registerFunction(signature, (call: MacroCall) => ({
      typeCheck: (checker: Checker, _macro: unknown, context: CheckContext) => check(checker, call, context),
      evaluate: unused,
    }));
  };
  for (const name of ['all', 'exists', 'exists_one', 'existsOne']) {
    macro(`list.${name}(ast, ast, ast): bool`, (checker, call, context) => {
      checker.check(call.args[2], withTwo(checker, call, context));
      return checker.getType('bool');
    });
  }
  macro('list.existsOne(ast, ast): bool', (checker, call, context) => {
    checker.check(call.args[1], withOne(checker, call, context));
    return checker.getType('bool');
  });
  for (const [name, result] of [
    ['transformList', 'list<dyn>'],
    ['transformMap', 'map<dyn, dyn>'],
    ['transformMapEntry', 'map<dyn, dyn>'],
  ] as const) {
    for (const args of ['ast, ast, ast', 'ast, ast, ast, ast']) {
      macro(`list.${name}(${args}): ${result}`, (checker, call, context) => {
        const inner = withTwo(checker, call, context);
        for (const arg of call.args.slice(2)) checker.check(arg, inner);
        return checker.getType(result);
      });
    }
  }
}

function withOne(checker: Checker, call: MacroCall, context: CheckContext): CheckContext {
  const range = checker.check(call.receiver, context);
  const dyn = checker.getType('dyn');
  const element = range.kind === 'list' ? range.valueType : range.kind === 'map' ? range.keyType : undefined;
  return context.forkWithVariable(variableName(call, 0), element ?? dyn);
}

function withTwo(checker: Checker, call: MacroCall, context: CheckContext): CheckContext {
  const range = checker.check(call.receiver, context);
  const dyn = checker.getType('dyn');
  const first = range.kind === 'list' ? checker.getType('int') : range.kind === 'map' ? range.keyType : dyn;
  return context
    .forkWithVariable(variableName(call, 0), first ?? dyn)
    .forkWithVariable(variableName(call, 1), range.valueType ?? dyn);
}

/** The conversion reports what is no name; here it only must not fail. */
function variableName(call: MacroCall, index: number): string {
  const arg = call.args[index];
  return arg?.op === 'id' && typeof arg.args === 'string' ? arg.args : '@none';
}

/** Runs the tests of one file against the set of its policy. */
import { type SourceFile, suggest, type TestResult } from '@benchbook/model';
import { compileProgram, DEFAULT_BUDGET, type ProgramResult } from '../program.ts';
import type { CelSet } from '../set/cel-set.ts';
import type { VariableTypes } from '../syntax/index.ts';
import { CelOptional, CelTimestamp, equal, Meter, type Value } from '../values/index.ts';
import { SuiteProblem } from './nodes.ts';
import { readSuite } from './read-suite.ts';
import { showValue } from './show.ts';
import type { Expected, Given, SuiteItem, SuiteTest } from './suite.ts';

/** What the tests of one file may take together, so that a hostile one neither hangs nor fills memory. */
const MAX_STEPS = 50_000_000;
const MAX_CELLS = 10_000_000;

type Outcome = Pick<TestResult, 'state' | 'message' | 'seen'>;

/** Results in order of the document. */
export function runSuite(file: SourceFile, set: CelSet): TestResult[] {
  const runner = new SuiteRunner(set);
  const results: TestResult[] = [];
  const name = file.path.split('/').at(-1) ?? file.path;
  for (const item of readSuite(file.text, name)) {
    const isSpent = runner.isSpent;
    const outcome = isSpent
      ? unrunnable('the tests before took too many steps: this and the rest were not run')
      : runner.run(item);
    results.push({ name: item.name, file: file.path, range: item.range, language: set.language, ...outcome });
    if (isSpent) break;
  }
  return results;
}

function unrunnable(message: string): Outcome {
  return { state: 'error', message: line(message), seen: [] };
}

function line(message: string): string {
  const [first = ''] = message.split(/[\r\n]/, 1);
  return first.length > 500 ? `${first.slice(0, 500)}…` : first;
}

class SuiteRunner {
  readonly #set: CelSet;
  readonly #types: VariableTypes;
  /** Results of the expressions of the file, which hang on no variables. */
  readonly #expressions = new Map<string, Value | SuiteProblem>();
  #steps = 0;
  #cells = 0;

  constructor(set: CelSet) {
    this.#set = set;
    this.#types = set.variableTypes;
  }

  get isSpent(): boolean {
    return this.#steps > MAX_STEPS || this.#cells > MAX_CELLS;
  }

  run({ content }: SuiteItem): Outcome {
    if (content.kind !== 'test') return { state: content.kind, message: line(content.message), seen: [] };
    try {
      return this.#run(content.test);
    } catch (error) {
      if (error instanceof SuiteProblem) return unrunnable(error.message);
      throw error;
    }
  }

  #run({ inputs, expected }: SuiteTest): Outcome {
    const variables = new Map([...inputs].map(([name, given]) => [name, this.#input(name, given)]));
    const wanted = 'errors' in expected ? null : { value: this.#evaluate(expected) };
    const requests = this.#set.bind(variables);
    const { steps, ...result } = this.#set.output(requests, 0);
    // What is seen is evaluated once more, for each of the two looks.
    this.#steps += 3 * steps;
    const { states } = this.#set.observe(requests, 0);
    const cover = this.#set.cover(requests, 0);
    this.#cells += states.length + cover.conditions.length + cover.statements.length;
    const message = wanted
      ? this.#compare(result, wanted.value, variables)
      : compareErrors(result, (expected as Extract<Expected, { errors: unknown }>).errors);
    return {
      state: message === '' ? 'passed' : 'failed',
      message: line(message),
      seen: [{ set: this.#set.id, states, cover }],
    };
  }

  #input(name: string, given: Given): Value {
    const type = Object.hasOwn(this.#types, name) ? this.#types[name] : undefined;
    if (type === undefined) {
      const names = Object.keys(this.#types);
      const near = suggest(name, names);
      const hint = near ? `did you mean \`${near}\`?` : `known are ${names.join(', ')}`;
      throw new SuiteProblem(`unknown variable \`${name.slice(0, 80)}\` under \`input\`; ${hint}`);
    }
    const value = this.#evaluate(given);
    if (type === 'google.protobuf.Timestamp' && !(value instanceof CelTimestamp)) {
      throw new SuiteProblem(
        `\`${name}\` is a timestamp: write it without quotes, or as \`expr: timestamp("...")\``,
      );
    }
    return value;
  }

  #evaluate(given: Given): Value {
    if ('value' in given) return given.value;
    const { expression } = given;
    const known = this.#expressions.get(expression) ?? this.#compute(expression);
    this.#expressions.set(expression, known);
    if (known instanceof SuiteProblem) throw known;
    return known;
  }

  #compute(expression: string): Value | SuiteProblem {
    const shown = `\`${expression.trim().slice(0, 80)}\``;
    const program = compileProgram(expression, this.#types);
    if (!program.run)
      return new SuiteProblem(`${shown} is no expression: ${program.issues[0]?.message ?? ''}`);
    const meter = new Meter(DEFAULT_BUDGET);
    const result = program.run({}, meter);
    this.#steps += meter.budget - meter.left;
    return 'error' in result ? new SuiteProblem(`${shown} fails: ${result.error}`) : result.value;
  }

  /** `''` where the result is what was wanted. A policy that may give nothing gives an optional in cel-go. */
  #compare(result: Result, wanted: Value, variables: ReadonlyMap<string, Value>): string {
    if ('error' in result) {
      const [, absent = ''] = /^no such attribute: (\w+)$/.exec(result.error) ?? [];
      const hint = absent !== '' && !variables.has(absent) ? ' (it is not under `input`)' : '';
      return `expected ${showValue(wanted)}, but it fails: ${result.error}${hint}`;
    }
    const inner = wanted instanceof CelOptional ? wanted.value : wanted;
    const isEqual =
      result.value === undefined || inner === undefined
        ? result.value === inner
        : this.#equal(result.value, inner);
    return isEqual ? '' : `expected ${showValue(inner)}, got ${showValue(result.value)}`;
  }

  #equal(left: Value, right: Value): boolean {
    const meter = new Meter(MAX_STEPS);
    const isEqual = equal(left, right, meter);
    this.#steps += meter.budget - meter.left;
    return isEqual;
  }
}

type Result = { readonly value: Value | undefined } | Extract<ProgramResult, { error: string }>;

function compareErrors(result: Result, errors: readonly string[]): string {
  const wanted = errors.map((error) => JSON.stringify(error.slice(0, 100))).join(' or ');
  if (!('error' in result)) return `expected an error with ${wanted}, got ${showValue(result.value)}`;
  const isExpected = errors.some((error) => result.error.includes(error));
  return isExpected ? '' : `expected an error with ${wanted}, but it fails: ${result.error}`;
}

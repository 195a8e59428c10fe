import { compileProgram } from '../../src/program.ts';
import { type ConformanceCase, loadCases } from './cases.ts';
import { describe } from './values.ts';

/** How one case came out. `wrong` is a value where another, or none, is right. */
export interface CaseResult {
  readonly name: string;
  readonly section: string;
  readonly expression: string;
  readonly expectsValue: boolean;
  readonly verdict: 'passed' | 'refused' | 'failed' | 'wrong';
  readonly message: string;
}

/** Runs the cases of some sections through the engine's expression layer. */
export function runSections(sections: readonly string[]): { results: CaseResult[]; outside: string[] } {
  const { cases, outside } = loadCases(sections);
  return { results: cases.map(runCase), outside };
}

function runCase(test: ConformanceCase): CaseResult {
  const { name, section, expression } = test;
  const expectsValue = test.expected !== undefined;
  const judge = (verdict: CaseResult['verdict'], message = ''): CaseResult => ({
    name,
    section,
    expression,
    expectsValue,
    verdict,
    message,
  });
  const dotted = Object.keys(test.types).find((variable) => variable.includes('.'));
  if (dotted)
    return judge(
      expectsValue ? 'refused' : 'passed',
      `variables with a qualified name (\`${dotted}\`) are not offered`,
    );
  const types = Object.fromEntries(
    Object.entries(test.types).filter(([variable]) => !['true', 'false', 'null'].includes(variable)),
  );
  const program = compileProgram(expression, types, { check: test.check });
  if (!program.run) {
    const issue = program.issues[0];
    return expectsValue ? judge('refused', `${issue?.code}: ${issue?.message}`) : judge('passed');
  }
  const result = program.run(test.variables);
  if ('error' in result) return expectsValue ? judge('failed', result.error) : judge('passed');
  if (test.expected === undefined) return judge('wrong', `gave ${describe(result.value)}, must fail`);
  const actual = describe(result.value);
  const wanted = describe(test.expected);
  return actual === wanted ? judge('passed') : judge('wrong', `gave ${actual}, must give ${wanted}`);
}

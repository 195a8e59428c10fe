import { CORE, EXTENSIONS } from './cases.ts';
import { type CaseResult, runSections } from './run-cases.ts';

/** What one suite of cases gave, as `npm run conformance` prints it. */
interface SuiteResult {
  readonly suite: string;
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly { readonly name: string; readonly message: string }[];
  readonly notes?: readonly string[];
}

/** Runs the official suite, as `@bufbuild/cel-spec` carries it. */
export async function run(): Promise<SuiteResult[]> {
  return [suite('cel', CORE), suite('cel extensions', EXTENSIONS)];
}

function suite(name: string, sections: readonly string[]): SuiteResult {
  const { results, outside } = runSections(sections);
  const failures = results.filter((result) => result.verdict !== 'passed');
  const wrong = results.filter((result) => result.verdict === 'wrong').length;
  return {
    suite: name,
    passed: results.length - failures.length,
    failed: failures.length,
    failures: failures.map((result) => ({ name: result.name, message: failureText(result) })),
    notes: [`${wrong} silently wrong`, `${outside.length} need protobuf messages`],
  };
}

/** Why a case did not pass. */
export function failureText({ verdict, message }: CaseResult): string {
  const how = { passed: '', refused: 'refused at load', failed: 'error at evaluation', wrong: 'WRONG' }[
    verdict
  ];
  return `${how}: ${message}`;
}

import type {
  ByteSource,
  PolicySet,
  TestCaseReport,
  TestReport,
  TestResult,
  UnreadableReport,
} from '@benchbook/model';
import { createExercise, type Exercise } from '../coverage/exercise.ts';
import { reportDiagnostics } from '../diagnostics.ts';
import { openPdps, type PreparedWorkspace } from '../prepare.ts';
import { createDecider, type DecidedCall } from '../replay/decide-calls.ts';
import { readThrough } from '../replay/reading.ts';
import { type RequestTableOptions, requestTable } from '../replay/request-table.ts';
import { conditionCoverage, helpersOf } from '../report/conditions.ts';
import { controlIndex } from '../report/controls.ts';
import { lineCoverage } from '../report/lines.ts';
import { reportPolicies } from '../report/policies.ts';

/**
 * Runs the languages' own tests and every `expect` of the recordings, and counts what they exercised, in tests.
 * Rejects where a recording cannot be opened.
 */
export async function runTests(
  prepared: PreparedWorkspace,
  native: readonly TestResult[],
  recordings: readonly ByteSource[],
  table: RequestTableOptions = {},
): Promise<TestReport> {
  const exercise = createExercise();
  const tests = native.map((result) => nativeTest(result, prepared, exercise));
  const decider = createDecider(openPdps(prepared, requestTable(table)), (decided) => {
    if (decided.call.expect === undefined) return;
    tests.push(expectation(decided));
    exercise.add(seenOn(decided), 1, decided.decision.outcome === 'indeterminate' ? 0 : 1);
  });
  const { unreadable } = await readThrough(recordings, decider);
  return report(prepared, tests, exercise, unreadable);
}

function nativeTest(result: TestResult, prepared: PreparedWorkspace, exercise: Exercise): TestCaseReport {
  const sets = new Map(prepared.policies.everything.map((set) => [set.id, set]));
  const seen = result.seen.flatMap(({ set: id, states, cover }) => {
    const set = sets.get(id);
    return set ? [{ set, states, cover }] : [];
  });
  if (result.state !== 'skipped') exercise.add(seen, 1, 1);
  return {
    kind: result.language,
    name: result.name,
    file: result.file,
    range: result.range && prepared.texts(result.file).range(result.range),
    state: result.state,
    message: result.message,
  };
}

function expectation({ call, decision }: DecidedCall): TestCaseReport {
  const { expect } = call;
  const met = decision.outcome === expect;
  const by = decision.determining.length > 0 ? ` by ${decision.determining.join(', ')}` : '';
  const { line } = call.src;
  return {
    kind: 'expect',
    name: `${call.id} ${call.tool.name}`,
    file: call.src.file,
    range: line === undefined ? null : { start: { line, column: 1 }, end: { line, column: 1 } },
    state: met ? 'passed' : 'failed',
    message: met ? '' : `expected ${expect}, decided ${decision.outcome}${by}`,
  };
}

function seenOn({ wouldBe }: DecidedCall) {
  return wouldBe.answers.map(({ set, answer }) => ({
    set,
    states: answer.observe().states,
    cover: answer.cover(),
  }));
}

function report(
  prepared: PreparedWorkspace,
  tests: readonly TestCaseReport[],
  exercise: Exercise,
  unreadable: readonly UnreadableReport[],
): TestReport {
  const sets: readonly PolicySet[] = prepared.policies.everything;
  const { texts, modeOf } = prepared;
  const { refsOf } = controlIndex(prepared.controls);
  const policies = reportPolicies({ sets, exercise, texts, modeOf, refsOf, countsOf: () => undefined });
  const helpers = helpersOf(sets, exercise, texts);
  const count = (state: TestCaseReport['state']): number =>
    tests.filter((test) => test.state === state).length;
  return {
    schema: 'benchbook.test/v1',
    summary: {
      tests: tests.length,
      passed: count('passed'),
      failed: count('failed'),
      errors: count('error'),
      skipped: count('skipped'),
    },
    tests,
    policies,
    helpers,
    coverage: {
      policies: { covered: policies.filter(({ applied }) => applied > 0).length, total: policies.length },
      conditions: conditionCoverage([...policies, ...helpers].map(({ conditions }) => conditions)),
    },
    lines: lineCoverage(sets, exercise, texts),
    unreadable,
    diagnostics: reportDiagnostics(prepared.diagnostics, texts),
  };
}

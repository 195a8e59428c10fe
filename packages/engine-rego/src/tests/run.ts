import type { PolicyState, TestResult, TextDocument } from '@benchbook/model';
import { rangeOf } from '../session/diagnostics.ts';
import { readCover } from '../set/coverage.ts';
import type { RegoSet } from '../set/set.ts';
import type { SetChoice } from '../sets/choose.ts';
import type { TestInfo, TestRun, ToolchainDiagnostic, ToolchainFile } from '../toolchain/protocol.ts';
import { ToolchainCrash } from '../toolchain/toolchain.ts';
import type { Program, Workbench } from '../workbench/workbench.ts';

/** The test files of a workspace. */
export interface TestFiles {
  readonly files: readonly ToolchainFile[];
  documentOf(file: string): TextDocument | undefined;
}

/** What tests are run against. */
export interface UnderTest {
  readonly program: Program;
  /** One per set, as the program knows them. */
  readonly choices: readonly SetChoice[];
  readonly sets: readonly RegoSet[];
}

/**
 * Runs every test, each under its own budget. A file that does not load is one result of state `error`; so is, for
 * each file, that there is nothing to test. Rejects only when `signal` aborts.
 */
export async function runTests(
  workbench: Workbench,
  tests: TestFiles,
  under: UnderTest | undefined,
  budget: number,
  signal: AbortSignal | undefined,
): Promise<readonly TestResult[]> {
  if (!under) return tests.files.map(({ path }) => broken(path, null, 'the policies do not load'));
  const { program, sets, choices } = under;
  if (tests.files.length === 0) return [];
  const listed = list(workbench, program, tests.files);
  if (typeof listed === 'string') return tests.files.map(({ path }) => broken(path, null, listed as string));
  const results: TestResult[] = listed.broken.map((error) => {
    const document = tests.documentOf(error.file);
    return broken(error.file, document ? rangeOf(error, document) : null, oneLine(error.message));
  });
  for (let number = 0; number < listed.tests.length; number++) {
    signal?.throwIfAborted();
    const info: TestInfo = listed.tests[number]!;
    let run: TestRun;
    try {
      run = workbench.with(program, (toolchain, handle) => toolchain.test(handle, number, budget));
    } catch (error) {
      run = { state: 'error', message: messageOf(error), seen: [] };
      // The tests went with the instance: the rest needs them again.
      if (error instanceof ToolchainCrash) list(workbench, program, tests.files);
    }
    results.push(toResult(info, run));
  }
  return results.sort(byPlace);

  function toResult(info: TestInfo, run: TestRun): TestResult {
    const document = tests.documentOf(info.file);
    return {
      name: info.name,
      file: info.file,
      range: document
        ? { start: document.fromUtf8(info.offset), end: document.fromUtf8(info.offset + info.length) }
        : null,
      language: 'rego',
      state: run.state,
      message: run.message === '' ? '' : oneLine(run.message),
      seen: run.seen.map(({ cover, clauses }, index) => {
        const set = sets[index]!;
        return { set: set.id, states: statesOf(set, choices[index]!, clauses), cover: readCover(cover, set) };
      }),
    };
  }
}

/** Errors of test files that do not parse. */
export function unreadable(
  workbench: Workbench,
  files: readonly ToolchainFile[],
): readonly ToolchainDiagnostic[] {
  return files.length === 0 ? [] : workbench.toolchain().check(files);
}

function list(workbench: Workbench, program: Program, files: readonly ToolchainFile[]) {
  try {
    return workbench.with(program, (toolchain, handle) => toolchain.tests(handle, files));
  } catch (error) {
    return messageOf(error);
  }
}

const STATES: Readonly<Record<string, PolicyState>> = { a: 'applied', s: 'silent' };

function statesOf(set: RegoSet, { rules }: SetChoice, clauses: string): PolicyState[] {
  const first: number[] = [];
  let next = 0;
  for (const rule of rules) {
    first.push(next);
    next += rule.clauses.length;
  }
  return set.policies.map(({ rule, clause }) => STATES[clauses[first[rule]! + clause] ?? ''] ?? 'unreached');
}

function broken(file: string, range: TestResult['range'], message: string): TestResult {
  return { name: file, file, range, language: 'rego', state: 'error', message, seen: [] };
}

function byPlace(a: TestResult, b: TestResult): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return (a.range?.start ?? 0) - (b.range?.start ?? 0);
}

function messageOf(error: unknown): string {
  return oneLine(error instanceof Error ? error.message : String(error));
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, '; ');
}

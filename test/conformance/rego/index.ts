/**
 * OPA's own cases: the reference lane against what OPA's makers say, the fast lane against the reference lane, and the
 * covering pass against OPA's own coverage.
 */
import { readFile } from 'node:fs/promises';
import { createWorkbench } from '../../../packages/engine-rego/src/workbench/workbench.ts';
import type { SuiteResult } from '../suite.ts';
import { readCases } from './cases.ts';
import { checkCover } from './cover.ts';
import { createLaneCheck, type LaneUse } from './lanes.ts';
import { checkReference } from './reference.ts';

const TOOLCHAIN = new URL('../../../packages/engine-rego/dist/toolchain.wasm', import.meta.url);

/** Runs the suites over `opa-cases.jsonl` of a folder. */
export async function run(dir: string): Promise<SuiteResult[]> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await readFile(TOOLCHAIN));
  } catch {
    const failures = [
      { name: 'toolchain', message: 'not built: node scripts/build-toolchain.mjs (Go >= 1.24)' },
    ];
    return ['opa reference', 'opa lanes', 'opa cover'].map((suite) => ({
      suite,
      passed: 0,
      failed: 1,
      failures,
    }));
  }
  const workbench = createWorkbench(await WebAssembly.compile(bytes));
  const cases = readCases(dir);
  const checkLanes = createLaneCheck(workbench);
  const reference: { name: string; message: string }[] = [];
  const lanes: { name: string; message: string }[] = [];
  const covers: { name: string; message: string }[] = [];
  let covered = 0;
  const uses: Record<LaneUse, number> = { fast: 0, redone: 0, 'kept off': 0, 'not asked': 0 };
  for (const testCase of cases) {
    const message = checkReference(workbench.toolchain(), testCase);
    if (message !== undefined) reference.push({ name: testCase.note, message });
    const { use, differs } = checkLanes(testCase);
    uses[use]++;
    if (differs !== undefined) lanes.push({ name: testCase.note, message: differs });
    const wrong = checkCover(workbench, testCase);
    if (wrong !== undefined) covered++;
    if (wrong) covers.push({ name: testCase.note, message: wrong });
  }
  workbench.close();
  return [
    {
      suite: 'opa reference',
      passed: cases.length - reference.length,
      failed: reference.length,
      failures: reference,
    },
    {
      suite: 'opa lanes',
      passed: cases.length - lanes.length,
      failed: lanes.length,
      failures: lanes,
      notes: Object.entries(uses).map(([use, count]) => `${count} ${use}`),
    },
    { suite: 'opa cover', passed: covered - covers.length, failed: covers.length, failures: covers },
  ];
}

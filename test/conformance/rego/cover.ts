import { canonicalJson } from '@benchbook/model';
import { createReferenceLane } from '../../../packages/engine-rego/src/lanes/reference.ts';
import { readRego } from '../../../packages/engine-rego/src/rego/value.ts';
import type { RegoRequest } from '../../../packages/engine-rego/src/request/requests.ts';
import type { LineRanges, SetFacts } from '../../../packages/engine-rego/src/toolchain/protocol.ts';
import type { Program, Workbench } from '../../../packages/engine-rego/src/workbench/workbench.ts';
import type { OpaCase } from './cases.ts';
import { programOf } from './lanes.ts';

const BUDGET = 1_000_000;
const RULES = 'system/benchbook/s0/rules';

/**
 * What is wrong with the covering of a case, '' where nothing is: the answer before and after it must be the same, and
 * the lines that it reaches those of OPA's own coverage. Undefined where the case is no policy.
 */
export function checkCover(workbench: Workbench, testCase: OpaCase): string | undefined {
  if (testCase.inputTerm !== undefined) return undefined;
  for (const version of [1, 0] as const) {
    const program = programOf(testCase, version);
    const { ok, sets } = workbench.compile(program);
    if (ok && sets) return check(workbench, program, sets[0]!, testCase.input ?? 'null');
  }
  return undefined;
}

function check(workbench: Workbench, program: Program, facts: SetFacts, text: string): string {
  const lane = createReferenceLane(workbench, program, BUDGET);
  const request: RegoRequest = { input: readRego(text), text, time: '' };
  const ask = () =>
    JSON.stringify([canonicalJson(lane.ask(RULES, request).value), lane.ask(RULES, request).errors]);
  const before = ask();
  const seen = workbench.with(program, (toolchain, handle) => toolchain.cover(handle, 0, text, '', BUDGET));
  if (ask() !== before) return `the answer changed: ${before}, ${ask()}`;
  if (!new RegExp(`^[tfeu]{${facts.conditions.length}}[01]{${facts.statements.length}}$`).test(seen)) {
    return `${seen} fits not ${facts.conditions.length} conditions and ${facts.statements.length} statements`;
  }
  // Where an error ends the covering pass, ours adds what shortcuts still reach.
  if (lane.ask(RULES, request).failed) return '';
  const theirs = workbench.with(program, (toolchain, handle) =>
    toolchain.lines(handle, { set: 0, inputs: [text] }, BUDGET),
  );
  for (const { path, text: source } of program.sources.files) {
    const rows = (at: number) => Buffer.from(source).subarray(0, at).toString().split('\n').length;
    const ours = new Map<number, boolean>();
    const places = [...facts.conditions, ...facts.statements];
    places.forEach(({ file, offset, length }, index) => {
      if (file !== path) return;
      for (let row = rows(offset); row <= rows(offset + length); row++) {
        ours.set(row, ours.get(row) === true || !'u0'.includes(seen[index]!));
      }
    });
    const reached = [...ours].flatMap(([row, yes]) => (yes ? [row] : []));
    const expected = rowsOf(theirs[path]?.covered ?? []);
    const wanted = expected.join();
    const got = reached.sort((a, b) => a - b).join();
    if (wanted !== got) return `${path}: OPA covers lines ${wanted}, ours ${got}`;
  }
  return '';
}

function rowsOf(ranges: LineRanges['covered']): number[] {
  const rows = new Set<number>();
  for (const [first, last] of ranges) for (let row = first; row <= last; row++) rows.add(row);
  return [...rows].sort((a, b) => a - b);
}

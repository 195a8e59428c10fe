import { canonicalJson, isObject } from '@benchbook/model';
import { createForward, type Forward } from '../../../packages/engine-rego/src/lanes/fast/forward.ts';
import { createFastLane } from '../../../packages/engine-rego/src/lanes/fast/lane.ts';
import type { Asked } from '../../../packages/engine-rego/src/lanes/lane.ts';
import { createReferenceLane } from '../../../packages/engine-rego/src/lanes/reference.ts';
import { readRego } from '../../../packages/engine-rego/src/rego/value.ts';
import type { RegoRequest } from '../../../packages/engine-rego/src/request/requests.ts';
import type { Program, Workbench } from '../../../packages/engine-rego/src/workbench/workbench.ts';
import type { OpaCase } from './cases.ts';
import { modulesOf } from './reference.ts';

const BUDGET = 1_000_000;
const RULES = 'system/benchbook/s0/rules';

/** What became of a case: `fast` answered it, or handed it on, or the policy never got there. */
export type LaneUse = 'fast' | 'redone' | 'kept off' | 'not asked';

export interface LaneCheck {
  readonly use: LaneUse;
  /** How the fast lane's answer differs. */
  readonly differs?: string;
}

/** Asks both lanes for a case's query and compares value and errors. */
export function createLaneCheck(workbench: Workbench): (testCase: OpaCase) => LaneCheck {
  const forward = createForward(workbench.toolchain);
  return (testCase) => {
    // An input that is no JSON (a set) never reaches an engine.
    if (testCase.inputTerm !== undefined) return { use: 'not asked' };
    return (
      checkLanes(workbench, forward, testCase, 1) ??
      checkLanes(workbench, forward, testCase, 0) ?? { use: 'not asked' }
    );
  };
}

function checkLanes(
  workbench: Workbench,
  forward: Forward,
  testCase: OpaCase,
  version: 0 | 1,
): LaneCheck | undefined {
  const program = programOf(testCase, version);
  const { ok, data } = workbench.compile(program);
  if (!ok) return undefined;
  const plan = workbench.with(program, (toolchain, handle) => toolchain.plan(handle, [RULES]));
  const lane = createFastLane(plan, [RULES], JSON.stringify(data), forward, BUDGET);
  if (!lane) return { use: 'kept off' };
  const request: RegoRequest = {
    input: readRego(testCase.input ?? 'null'),
    text: testCase.input ?? 'null',
    time: '2026-05-01T10:00:00Z',
  };
  const fast = lane.ask(RULES, request);
  if (fast === 'redo') return { use: 'redone' };
  const reference = createReferenceLane(workbench, program, BUDGET).ask(RULES, request);
  const expected = describe(reference);
  const got = describe({ value: fast.value, errors: [] });
  return expected === got ? { use: 'fast' } : { use: 'fast', differs: `reference ${expected}, fast ${got}` };
}

function describe({ value, failed, errors }: Asked): string {
  if (failed) return `failed: ${failed.message}`;
  const said = errors.map(({ message }) => message).join('; ');
  return canonicalJson(isObject(value ?? null) ? value : {}) + (said === '' ? '' : ` with ${said}`);
}

/** The query's bindings as a rule: what its first wanted result binds, or whether it holds at all. */
export function programOf(testCase: OpaCase, version: 0 | 1): Program {
  const names = Object.keys(testCase.wantResult?.[0] ?? {}).filter((name) => !name.startsWith('__localq'));
  const bound = /^data\.[\w.]+ = (\w+)$/.exec(testCase.query)?.[1];
  const shown = names.length > 0 ? names : bound ? [bound] : [];
  const object = shown.map((name) => `${JSON.stringify(name)}: ${name}`).join(', ');
  const answer = `package asked\n\nimport rego.v1\n\nanswer contains {${object === '' ? '"holds": true' : object}} if {\n${testCase.query}\n}\n`;
  return {
    sources: {
      files: [...modulesOf(testCase, version), { path: 'asked.rego', text: answer, version: 1 }],
      data: testCase.data === undefined ? [] : [{ path: 'data.json', mount: [], text: testCase.data }],
    },
    sets: [{ rules: [{ path: ['asked', 'answer'], clauses: [] }] }],
  };
}

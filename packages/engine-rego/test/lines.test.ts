import { readFileSync } from 'node:fs';
import type { Facts, PolicySet } from '@benchbook/model';
import { textDocument } from '@benchbook/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createForward } from '../src/lanes/fast/forward.ts';
import { createBuilder } from '../src/session/program.ts';
import { createSets } from '../src/session/sets.ts';
import { runTests } from '../src/tests/run.ts';
import type { Sources, Workbench } from '../src/workbench/workbench.ts';
import { FIXTURES } from './fixtures.ts';
import { ourLines, theirFirst, theirLines } from './lines.ts';
import { openWorkbench } from './open.ts';

const BUDGET = 50_000;
let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench();
});
afterAll(() => workbench.close());

const SAMPLE = new URL('../../../samples/coding-agent/', import.meta.url);
const sample = (path: string) => readFileSync(new URL(path, SAMPLE), 'utf8');

function sampleCalls(): Facts[] {
  const lines = sample('traces/reviewed.jsonl').trim().split('\n');
  return lines.map((line) => {
    const { agent, user, tool, args, context } = JSON.parse(line) as Facts;
    return { agent, user, tool, args, context, session: {} } as Facts;
  });
}

/** A version with all that its toolchain side needs. */
function setUp(text: string, data: string, dataPath: string) {
  const sources: Sources = {
    files: [{ path: 'a.rego', text, version: 1 }],
    data: data === '' ? [] : [{ path: dataPath, mount: dataPath.split('/').slice(0, -1), text: data }],
  };
  const built = createBuilder(workbench, []).build(sources);
  expect(built.errors).toEqual([]);
  const { program, facts } = built.compiled!;
  const documentOf = () => textDocument(text);
  const forward = createForward(workbench.toolchain);
  const options = { fastLane: false };
  const sets = createSets(
    { workbench, program, data: '{}', forward, options, documentOf },
    built.choice.sets,
    facts,
  );
  return { program, sets, choices: built.choice.sets, documentOf };
}

/** Both line coverages agree: on whole places, and on each line where one of ours starts. */
function expectSame(
  set: PolicySet,
  text: string,
  reached: readonly boolean[],
  theirs: Parameters<typeof theirFirst>[0],
) {
  const ours = ourLines(set, 'a.rego', text, reached);
  expect(ours.whole).toEqual(theirLines(theirs));
  const lines = text.split('\n');
  for (const [line, yes] of ours.first) {
    const said = theirFirst(theirs, line);
    // OPA tells nothing of a `some ... in` that was not reached, nor of what stands in a place that was.
    const silent = /^\s*some\b/.test(lines[line - 1]!) || theirLines(theirs).includes(line);
    expect([line, yes]).toEqual([line, said ?? (silent ? false : 'unknown')]);
  }
}

const CASES = [
  ...Object.entries(FIXTURES).map(([name, { text, data, inputs }]) => ({
    name,
    text,
    data: data ?? '',
    dataPath: 'data.json',
    calls: inputs.map((input) => ({ tool: {}, args: null, session: {}, input }) as Facts),
  })),
  {
    name: 'the coding agent',
    text: sample('policies/coding/tools.rego'),
    data: sample('policies/coding/data.yaml'),
    dataPath: 'coding/data.yaml',
    calls: sampleCalls(),
  },
];

describe.each(CASES)('lines are those of OPA, with rule indexing and early exit off: $name', (c) => {
  test('after each call, and after all', () => {
    const { program, sets } = setUp(c.text, c.data, c.dataPath);
    const set = sets[0]!;
    const requests = set.prepare(c.calls);
    const texts = c.calls.map(
      (_, row) => (requests as unknown as { rows: { text: string }[] }).rows[row]!.text,
    );
    const total = [...set.conditions, ...set.statements].map(() => false);
    const ask = (inputs: string[]) =>
      workbench.with(program, (toolchain, handle) => toolchain.lines(handle, { set: 0, inputs }, BUDGET));
    c.calls.forEach((_, row) => {
      const { conditions, statements } = set.cover(requests, row);
      const reached = [...conditions.map((state) => state !== 'unreached'), ...statements];
      reached.forEach((yes, index) => {
        total[index] ||= yes;
      });
      expectSame(set, c.text, reached, ask([texts[row]!])['a.rego']!);
    });
    expectSame(set, c.text, total, ask(texts)['a.rego']!);
  });
});

test('lines that tests cover are those of `opa test --coverage`', async () => {
  const { text, tests: testText } = FIXTURES['helpers, defaults, else']!;
  const under = setUp(text, '', '');
  const files = [{ path: 'a_test.rego', text: testText!, version: 1 }];
  const results = await runTests(
    workbench,
    { files, documentOf: () => textDocument(testText!) },
    under,
    BUDGET,
    undefined,
  );
  expect(results.map(({ name, state }) => `${name} ${state}`)).toEqual([
    'data.a_test.test_boss passed',
    'data.a_test.test_other passed',
  ]);
  const set = under.sets[0]!;
  const places = [...set.conditions, ...set.statements];
  const reached = places.map((_, index) =>
    results.some(({ seen: [one] }) =>
      index < set.conditions.length
        ? one!.cover.conditions[index] !== 'unreached'
        : one!.cover.statements[index - set.conditions.length],
    ),
  );
  const theirs = workbench.with(under.program, (toolchain, handle) =>
    toolchain.lines(handle, { tests: true }, BUDGET),
  );
  expectSame(set, text, reached, theirs['a.rego']!);
});

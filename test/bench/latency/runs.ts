/**
 * Some runs of one case of the study, in a process of its own: what a process happens to be like (where its code and
 * data lie, what was compiled when) must not be the same in all of them. Writes one line of JSON for each run.
 */
import { join } from 'node:path';
import { createLatencyComparer, seededRandom } from '@benchbook/core';
import type { PolicySet } from '@benchbook/model';
import type { PdpDecision } from '@benchbook/pdp';
import { openWorkspace, readCalls } from '../load.ts';
import { OwnTimes } from './own-times.ts';
import { decidePairs } from './recorded.ts';
import type { RunFigures, RunsAsked } from './run-figures.ts';
import { SlowedSet, turnsPerMillisecond } from './slowed.ts';

const SLOWEST = 0.05;
const SLOWER = 0.3;

const asked: RunsAsked = JSON.parse(process.argv[2]!);
const calls = await readCalls(asked.corpora, asked.recording);
const folder = join('test/bench/workspaces', asked.language);
const base = await openWorkspace(folder);
const head = await openWorkspace(folder);

const wrapped = new Map<PolicySet, SlowedSet>();
function wrap(decision: PdpDecision, turns: number): PdpDecision {
  const answers = decision.answers.map(({ set, answer }) => {
    const slowed = wrapped.get(set) ?? new SlowedSet(set);
    wrapped.set(set, slowed);
    slowed.turns = turns;
    return { set: slowed, answer };
  });
  return { ...decision, answers };
}

const own = new OwnTimes();
decidePairs(base, head, calls, (call, session, decision) => own.add(call, session, wrap(decision, 0)));
const perMillisecond = turnsPerMillisecond();
const slowest = asked.slower ? own.slowest(SLOWEST) : new Map<number, number>();

for (let run = 0; run < asked.runs; run++) {
  const start = performance.now();
  const comparer = createLatencyComparer(asked.options);
  decidePairs(base, head, calls, (call, session, before, after, sessionNumber) => {
    const turns = Math.round((slowest.get(before.serial) ?? 0) * SLOWER * perMillisecond);
    comparer.add(call, session, wrap(before, 0), wrap(after, turns), sessionNumber);
  });
  const measuring = performance.now();
  const latency = comparer.measure(performance, seededRandom(asked.seed + run));
  if (!latency) throw new Error(`no calls in ${asked.recording}`);
  const { n, sessions, repeats, p99 } = latency;
  const figures: RunFigures = {
    n,
    sessions,
    repeats,
    p99,
    collecting: measuring - start,
    measuring: performance.now() - measuring,
  };
  console.log(JSON.stringify(figures));
}
process.exit(0);

import type { PreparedWorkspace } from '@benchbook/core';
import type { Call } from '@benchbook/model';
import { buildFacts, openSession, sessionNeeds } from '@benchbook/pdp';
import { replayCalls } from './replay-calls.ts';

/** Calls per second of a replay and of a bare loop over the same engine, measured turn by turn. */
export interface Throughput {
  readonly replay: number;
  readonly bare: number;
  /** replay / bare. */
  readonly ratio: number;
}

const ROUNDS = 7;

/** The bare loop decides requests that were prepared before, with no memory of earlier ones. */
export function measureThroughput(prepared: PreparedWorkspace, calls: readonly Call[]): Throughput {
  const bare = bareLoop(prepared, calls);
  const replay = () => replayCalls(prepared, calls);
  bare();
  replay();
  const ratios: { bare: number; replay: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const order = round % 2 === 0 ? ([bare, replay] as const) : ([replay, bare] as const);
    const times = order.map(seconds);
    const [bareTime, replayTime] = round % 2 === 0 ? times : [times[1], times[0]];
    ratios.push({ bare: calls.length / bareTime!, replay: calls.length / replayTime! });
  }
  ratios.sort((a, b) => a.replay / a.bare - b.replay / b.bare);
  const middle = ratios[(ROUNDS - 1) / 2]!;
  return { ...middle, ratio: middle.replay / middle.bare };
}

function bareLoop(prepared: PreparedWorkspace, calls: readonly Call[]): () => void {
  const sets = prepared.policies.enforced;
  const needs = sessionNeeds(sets.flatMap((set) => set.reads));
  const sessions = new Map<string, ReturnType<typeof openSession>>();
  const work = calls.flatMap((call) => {
    const session = sessions.get(call.session) ?? openSession(needs);
    sessions.set(call.session, session);
    const facts = buildFacts(call, session);
    const requests = sets.map((set) => ({ set, prepared: set.prepare([facts]) }));
    session.record(call);
    return requests;
  });
  return () => {
    for (const { set, prepared: requests } of work) set.decide(requests, 0);
  };
}

function seconds(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

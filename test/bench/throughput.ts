import type { PreparedWorkspace } from '@benchbook/core';
import type { Call } from '@benchbook/model';
import { buildFacts, openSession, sessionNeeds } from '@benchbook/pdp';
import { replayCalls } from './replay-calls.ts';

/** Calls per second, measured turn by turn. Everything starts from calls that are read already. */
export interface Throughput {
  /** What `benchbook replay` does after reading. */
  readonly replay: number;
  /** For each call: build its request, ask the engine. Nothing is remembered, counted or observed. */
  readonly bare: number;
  /** The engine alone, on requests that were built before. */
  readonly engine: number;
  /** replay / bare. */
  readonly ratio: number;
}

const ROUNDS = 9;

export function measureThroughput(prepared: PreparedWorkspace, calls: readonly Call[]): Throughput {
  const work = {
    replay: () => replayCalls(prepared, calls),
    bare: bareLoop(prepared, calls),
    engine: engineLoop(prepared, calls),
  };
  const names = Object.keys(work) as (keyof typeof work)[];
  for (const name of names) warmUp(work[name]);
  const rounds: { replay: number; bare: number; engine: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const rates = { replay: 0, bare: 0, engine: 0 };
    // Each round starts with another one, so that none is always the one that pays for the others' garbage.
    for (let i = 0; i < names.length; i++) {
      const name = names[(round + i) % names.length]!;
      rates[name] = calls.length / seconds(work[name]);
    }
    rounds.push(rates);
  }
  rounds.sort((a, b) => a.replay / a.bare - b.replay / b.bare);
  const middle = rounds[(ROUNDS - 1) / 2]!;
  return { ...middle, ratio: middle.replay / middle.bare };
}

function bareLoop({ policies }: PreparedWorkspace, calls: readonly Call[]): () => void {
  const sets = policies.enforced;
  const needs = sessionNeeds(sets.flatMap((set) => set.reads));
  return () => {
    const sessions = new Map<string, ReturnType<typeof openSession>>();
    for (const call of calls) {
      const session = sessions.get(call.session) ?? openSession(needs);
      sessions.set(call.session, session);
      const facts = [buildFacts(call, session)];
      for (const set of sets) set.decide(set.prepare(facts), 0);
      session.record(call);
    }
  };
}

function engineLoop({ policies }: PreparedWorkspace, calls: readonly Call[]): () => void {
  const sets = policies.enforced;
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
    for (const { set, prepared } of work) set.decide(prepared, 0);
  };
}

function seconds(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

/** Runs until the optimiser has seen it. */
function warmUp(work: () => void): void {
  const end = performance.now() + 1_500;
  do work();
  while (performance.now() < end);
}

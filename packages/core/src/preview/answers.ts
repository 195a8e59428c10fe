import {
  type Cover,
  type Facts,
  type Json,
  type Observation,
  type PolicySet,
  type SetDecision,
  writeJson,
} from '@benchbook/model';
import type { SetAnswer } from '@benchbook/pdp';
import { type AskOptions, asker } from '../replay/table-answer.ts';
import { type Partition, readsKey, requestsOf } from './classes.ts';
import type { HeldCalls } from './held-calls.ts';
import { requestNumber } from './request-number.ts';
import type { Steps } from './steps.ts';

/** Answers to recorded calls, each distinct request asked once and looked at down to its conditions. */
export interface Answers {
  /** Finds which requests these sets make of the calls; to be done before `answer` is asked about them. */
  project(sets: readonly PolicySet[]): Steps;
  requests(set: PolicySet): Partition;
  /** What a set says of a held call. */
  answer(set: PolicySet, call: number, facts: Facts, missing: readonly string[]): SetAnswer;
  /** Forgets the answers of sets that are not among these. */
  keep(sets: readonly PolicySet[]): void;
}

/** One set's requests with their answers. */
interface Column {
  /** As it was given last: an earlier one may be closed. */
  set: PolicySet;
  readonly requests: Partition;
  readonly answers: (HeldAnswer | undefined)[];
  /** Requests come to few different answers: equal ones are held once. */
  readonly distinct: Map<string, HeldAnswer>;
}

/**
 * Answers are columns beside the table of requests: which requests there are depends on what sets read, and stays
 * while policies change; the answers stay while the set's digest does. They are plain data, so that they outlive
 * the set. The guard knows a request by the
 * first call that makes it.
 */
export function createAnswers(held: HeldCalls, options: AskOptions): Answers {
  const ask = asker(options);
  const tables = new Map<string, Partition>();
  const columns = new Map<string, Column>();
  let bySet = new WeakMap<PolicySet, Column>();

  function columnOf(set: PolicySet): Column {
    const found = bySet.get(set);
    if (found) return found;
    const key = columnKey(set);
    let column = columns.get(key);
    if (!column) {
      column = { set, requests: requests(set), answers: [], distinct: new Map() };
      columns.set(key, column);
    }
    column.set = set;
    bySet.set(set, column);
    return column;
  }

  function requests(set: PolicySet): Partition {
    return tables.get(readsKey(set))!;
  }

  return {
    requests,
    *project(sets) {
      for (const set of sets) {
        const key = readsKey(set);
        if (!tables.has(key)) tables.set(key, yield* requestsOf(held, set.reads));
      }
    },
    answer(set, call, facts, missing) {
      const column = columnOf(set);
      const request = column.requests.of[call]!;
      const known = column.answers[request];
      if (known) return known;
      const asked = ask(set, facts, missing, requestNumber(column.requests.first[request]!));
      const answer = interned(column, asked, () => ask(column.set, facts, missing, requestNumber(call)));
      column.answers[request] = answer;
      return answer;
    },
    keep(sets) {
      const kept = new Set(sets.map(columnKey));
      bySet = new WeakMap();
      const read = new Set(sets.map(readsKey));
      for (const key of columns.keys()) if (!kept.has(key)) columns.delete(key);
      for (const key of tables.keys()) if (!read.has(key)) tables.delete(key);
    },
  };
}

/** Equal for two sets exactly if an answer of the one is one of the other: their lists correspond, too. */
function columnKey(set: PolicySet): string {
  const parts = [
    set.policies.map(({ id }) => id),
    set.conditions.map(({ policy, parent }) => [policy, parent]),
  ];
  return JSON.stringify([set.id, set.digest, readsKey(set), set.statements.length, ...parts]);
}

/** An answer as plain data. */
class HeldAnswer implements SetAnswer {
  readonly remembered = true;
  readonly decision: SetDecision;
  readonly alternatives: readonly SetDecision[];
  readonly missing: readonly string[];
  readonly #observation: Observation;
  readonly #cover: Cover;
  readonly #again: () => SetAnswer;

  constructor(asked: SetAnswer, again: () => SetAnswer) {
    this.decision = asked.decision;
    this.alternatives = asked.alternatives;
    this.missing = asked.missing;
    this.#observation = asked.observe();
    this.#cover = asked.cover();
    this.#again = again;
  }

  observe(): Observation {
    return this.#observation;
  }
  cover(): Cover {
    return this.#cover;
  }
  ifPolicy(policy: number): readonly SetDecision[] {
    return this.#again().ifPolicy(policy);
  }
}

function interned(column: Column, asked: SetAnswer, again: () => SetAnswer): HeldAnswer {
  const key = answerKey(asked);
  let answer = column.distinct.get(key);
  if (!answer) {
    answer = new HeldAnswer(asked, again);
    column.distinct.set(key, answer);
  }
  return answer;
}

function answerKey(asked: SetAnswer): string {
  const { decision, alternatives, missing } = asked;
  const { conditions, statements } = asked.cover();
  let states = '';
  for (const state of asked.observe().states) states += state[0];
  states += ' ';
  for (const state of conditions) states += state[0];
  states += ' ';
  for (const reached of statements) states += reached ? '1' : '0';
  const open = alternatives.length > 1 ? alternatives : [];
  return writeJson([decision, open, missing, states] as unknown as Json);
}

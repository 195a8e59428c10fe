import type { PolicySet } from '@benchbook/model';
import { buildFacts, missingFacts, type PdpSet } from '@benchbook/pdp';
import { outermost } from '../replay/projection.ts';
import { requestKey } from '../replay/request-key.ts';
import type { HeldCalls } from './held-calls.ts';
import type { Steps } from './steps.ts';

/** A partition of the held calls, by number. */
export interface Partition {
  /** The part of each call. */
  readonly of: Int32Array;
  /** The first call of each part. */
  readonly first: readonly number[];
}

/** Distinct requests after which keys are judged, and calls per request that there must have been by then. */
const TRIAL = 1_000;
const MIN_CALLS = 1.25;

/** Calls by what a set with these `reads` sees of them: it says the same of all calls of one part. */
export function* requestsOf(held: HeldCalls, reads: readonly string[]): Steps<Partition> {
  const keyOf = requestKey(reads);
  const known = new Map<string, number>();
  const of = new Int32Array(held.length);
  const first: number[] = [];
  let isWorthwhile = true;
  for (let index = 0; index < held.length; index++) {
    let part: number | undefined;
    if (isWorthwhile) {
      const call = held.call(index);
      const key = keyOf(buildFacts(call, held.session(index)), missingFacts(call));
      part = known.get(key);
      if (part === undefined) known.set(key, first.length);
    }
    if (part === undefined) {
      part = first.length;
      first.push(index);
      if (first.length === TRIAL) isWorthwhile = index + 1 >= TRIAL * MIN_CALLS;
    }
    of[index] = part;
    yield;
  }
  return { of, first };
}

/** Calls that are the same to all sets, with what calls each part holds. */
export interface Classes extends Partition {
  /** Calls of each class, ascending. */
  members(part: number): Int32Array;
}

/** Which requests a set makes of calls, by what it reads. */
export type RequestsBySet = (set: PolicySet) => Partition;

/** Refines the partitions of all sets, and which tools each of them is narrowed to, into one. */
export function* classesOf(
  held: HeldCalls,
  sets: readonly PdpSet[],
  requestsBy: RequestsBySet,
): Steps<Classes> {
  let whole: Partition = { of: new Int32Array(held.length), first: held.length > 0 ? [0] : [] };
  const done = new Set<Partition>();
  for (const { set, appliesTo } of sets) {
    const requests = requestsBy(set);
    if (!done.has(requests)) {
      done.add(requests);
      whole = yield* refined(whole, (index) => requests.of[index]!);
    }
    if (appliesTo) {
      const tools = new Map<string, number>();
      whole = yield* refined(whole, (index) => {
        const { name } = held.call(index).tool;
        let applies = tools.get(name);
        if (applies === undefined) {
          applies = appliesTo(name) ? 1 : 0;
          tools.set(name, applies);
        }
        return applies;
      });
    }
  }
  return withMembers(whole);
}

/** Calls between two steps: one alone is next to nothing. */
const STRIDE = 256;

function* refined(whole: Partition, by: (index: number) => number): Steps<Partition> {
  const known = new Map<number, number>();
  const of = new Int32Array(whole.of.length);
  const first: number[] = [];
  for (let index = 0; index < of.length; index++) {
    // Both factors are numbers of calls at most, so that the product is exact.
    const key = whole.of[index]! * of.length + by(index);
    let part = known.get(key);
    if (part === undefined) {
      part = first.length;
      known.set(key, part);
      first.push(index);
    }
    of[index] = part;
    if (index % STRIDE === 0) yield;
  }
  return { of, first };
}

function withMembers(partition: Partition): Classes {
  const { of, first } = partition;
  const ends = new Int32Array(first.length + 1);
  for (const part of of) ends[part + 1]!++;
  for (let part = 0; part < first.length; part++) ends[part + 1]! += ends[part]!;
  const members = new Int32Array(of.length);
  const next = ends.slice();
  of.forEach((part, index) => {
    members[next[part]!++] = index;
  });
  return { ...partition, members: (part) => members.subarray(ends[part]!, ends[part + 1]!) };
}

/** The key under which sets that read the same share their requests. */
export function readsKey({ reads }: PolicySet): string {
  return outermost(reads).join('\n');
}

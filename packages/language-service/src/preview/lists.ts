import { briefJson, type HeldCalls, noCounts } from '@benchbook/core';
import type { CallEntry, CallFilter, RecordingEntry, SessionEntry } from '@benchbook/model';
import type { Decided } from './decided.ts';

/** The held calls with what they came to: under what is being decided where it is, else under what was before. */
export interface CallLists {
  recordings(filter: CallFilter): RecordingEntry[];
  sessions(file: string, filter: CallFilter): SessionEntry[];
  calls(filter: CallFilter, from: number): { readonly total: number; readonly calls: readonly CallEntry[] };
}

/** Entries that are given at once, and UTF-16 units of arguments in each. */
const MAX_ENTRIES = 1_000;
const MAX_SUMMARY = 120;

/** A decided call. */
interface Found {
  readonly call: number;
  readonly under: Decided;
}

/** `decided`: the version that is being decided, then the last that was decided wholly. */
export function callLists(held: HeldCalls, decided: readonly Decided[]): CallLists {
  const find = (call: number): Found | null => {
    const under = decided.find(({ version }) => version.of(call) !== undefined);
    return under ? { call, under } : null;
  };

  /** Calls of one recording, in reading order. */
  function* passing({ from, to }: { from: number; to: number }, filter: CallFilter): Generator<Found> {
    for (const call of held.order.subarray(from, to)) {
      const found = find(call);
      if (found && passes(found, held, filter)) yield found;
    }
  }
  const filesOf = ({ file }: CallFilter) =>
    held.files.filter(({ path }) => file === undefined || path === file);

  return {
    recordings(filter) {
      const isOpen = Object.values(filter).every((value) => value === undefined);
      return filesOf(filter).flatMap((file): RecordingEntry[] => {
        const outcomes = noCounts();
        const sessions = new Set<number>();
        let calls = 0;
        for (const { call, under } of passing(file, filter)) {
          calls++;
          outcomes[under.version.of(call)!.decision.outcome]++;
          sessions.add(held.sessionNumber(call));
        }
        if (calls === 0 && !isOpen) return [];
        return [{ file: file.path, format: file.format, calls, outcomes, sessions: sessions.size }];
      });
    },
    sessions(file, filter) {
      const bySession = new Map<string, { calls: number; outcomes: ReturnType<typeof noCounts> }>();
      for (const one of filesOf({ ...filter, file })) {
        for (const { call, under } of passing(one, filter)) {
          const { session } = held.call(call);
          const entry = bySession.get(session) ?? { calls: 0, outcomes: noCounts() };
          bySession.set(session, entry);
          entry.calls++;
          entry.outcomes[under.version.of(call)!.decision.outcome]++;
        }
      }
      return [...bySession].map(([session, entry]) => ({ file, session, ...entry }));
    },
    calls(filter, from) {
      const calls: CallEntry[] = [];
      let total = 0;
      for (const file of filesOf(filter)) {
        for (const found of passing(file, filter)) {
          if (total >= from && calls.length < MAX_ENTRIES) calls.push(entryOf(held, found.call, found.under));
          total++;
        }
      }
      return { total, calls };
    },
  };
}

function passes({ call: index, under }: Found, held: HeldCalls, filter: CallFilter): boolean {
  const call = held.call(index);
  if (filter.tool !== undefined && call.tool.name !== filter.tool) return false;
  if (filter.agent !== undefined && call.agent?.id !== filter.agent) return false;
  if (filter.session !== undefined && call.session !== filter.session) return false;
  const { decision, wouldBe } = under.version.of(index)!;
  if (filter.outcome !== undefined && decision.outcome !== filter.outcome) return false;
  if (!filter.flipped && filter.policy === undefined) return true;
  const flip = under.comparison?.flip(decision, index) ?? null;
  if (filter.flipped && !flip) return false;
  const { policy } = filter;
  if (policy === undefined) return true;
  if (filter.flipped) return flip!.because.includes(policy);
  return (under.counts.isAudited(policy) ? wouldBe : decision).determining.includes(policy);
}

/** The call must be decided under `under`. */
export function entryOf(held: HeldCalls, index: number, under: Decided): CallEntry {
  const call = held.call(index);
  const { decision, wouldBe } = under.version.of(index)!;
  const flip = under.comparison?.flip(decision, index);
  const { file, line } = call.src;
  return {
    id: call.id,
    session: call.session,
    tool: call.tool.name,
    agent: call.agent?.id ?? null,
    outcome: decision.outcome,
    basis: decision.basis,
    wouldBe: wouldBe.outcome,
    determining: decision.determining,
    ...(flip && { was: flip.was, because: flip.because }),
    ...(call.expect && { expect: call.expect }),
    ...(call.ts !== undefined && { ts: call.ts }),
    summary: briefJson(call.args ?? call.argsRaw ?? null, MAX_SUMMARY),
    source: { file, ...(line !== undefined && { line }) },
  };
}

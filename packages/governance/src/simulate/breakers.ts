import type { BreakerRule, Call, SimulationReport } from '@benchbook/model';
import { resolvePointer } from '@benchbook/model';
import { nameMatcher } from '@benchbook/workspace';
import { isoOf, timeOf } from './clock.ts';
import { amountOf, type SlidingWindow, slidingWindow } from './sliding-window.ts';
import type { SimulationState } from './state.ts';

/** A rule with its name over all cards, and whose calls it counts. */
export interface NamedRule {
  /** `AGENT/ID` for a card's, the id for one of the command line. */
  readonly name: string;
  readonly rule: BreakerRule;
  /** null: the calls of all agents. */
  readonly agent: string | null;
  /** Who may reset it; empty: anybody who gives a name. */
  readonly approvers: readonly string[];
}

/** A breaker that tripped, for one key. */
export interface Trip {
  readonly rule: NamedRule;
  readonly key: string;
  readonly at: number;
  readonly call: string;
  readonly count: number;
  blocked: number;
  reset: { readonly at: string; readonly by: string; readonly reason: string } | null;
}

/** What came of one call, as far as breakers count it. */
export interface Counted {
  readonly call: Call;
  readonly agent: string | null;
  readonly time: number;
  /** The policies deny it. */
  readonly violates: boolean;
  /** Let through, or handed to a person. */
  readonly goesOn: boolean;
}

/** All circuit breakers of a run. */
export interface BreakerBank {
  /** The tripped breaker that blocks a call; counts it as blocked. */
  blocks(call: Call, agent: string | null): Trip | undefined;
  /** Counts a call that no breaker blocks; gives the breakers that it trips. */
  count(counted: Counted): readonly Trip[];
  /** Open trips of a rule (by its name, or its bare id) and key. */
  openTrips(rule: string, key: string): readonly Trip[];
  reset(trip: Trip, at: number, by: string, reason: string): void;
  readonly trips: readonly Trip[];
  /** Calls that gave no number to a rule that sums, by the rule's name. */
  readonly withoutNumber: ReadonlyMap<string, number>;
  /** What the next run goes on from. */
  state(now: number): SimulationState;
}

interface Bound extends NamedRule {
  readonly matchesTool: (tool: string) => boolean;
  readonly windows: Map<string, SlidingWindow>;
  readonly open: Map<string, Trip>;
}

/** Breakers by their rules, as an earlier run left them. Windows of calls after `first` are forgotten. */
export function breakerBank(
  rules: readonly NamedRule[],
  before: SimulationState | undefined,
  first: number,
): BreakerBank {
  const bound: Bound[] = rules.map((named) => ({
    ...named,
    matchesTool: named.rule.tools ? nameMatcher(named.rule.tools) : () => true,
    windows: new Map(),
    open: new Map(),
  }));
  const trips: Trip[] = [];
  const withoutNumber = new Map<string, number>();
  restore();

  function restore(): void {
    for (const entry of before?.tripped ?? []) {
      const rule = bound.find(({ name }) => name === entry.rule);
      if (!rule) continue;
      const { key, call, count } = entry;
      const trip: Trip = { rule, key, at: timeOf(entry.trippedAt)!, call, count, blocked: 0, reset: null };
      rule.open.set(key, trip);
      trips.push(trip);
    }
    for (const entry of before?.windows ?? []) {
      const rule = bound.find(({ name }) => name === entry.rule);
      if (!rule) continue;
      const window = windowOf(rule, entry.key);
      for (const { at, amount } of entry.entries) {
        const time = timeOf(at)!;
        if (time <= first) window.add(time, BigInt(amount));
      }
    }
  }

  function windowOf({ rule, windows }: Bound, key: string): SlidingWindow {
    let window = windows.get(key);
    if (!window) {
      window = slidingWindow(rule.windowMinutes * 60_000);
      windows.set(key, window);
    }
    return window;
  }

  function appliesTo(rule: Bound, call: Call, agent: string | null): boolean {
    return (rule.agent === null || rule.agent === agent) && rule.matchesTool(call.tool.name);
  }

  function amount({ rule, name }: Bound, { call, violates, goesOn }: Counted): bigint {
    if (rule.count === 'calls') return amountOf(1)!;
    if (rule.count === 'violations') return amountOf(violates ? 1 : 0)!;
    const found = amountOf(resolvePointer(call as never, rule.pointer ?? ''));
    if (found === undefined) withoutNumber.set(name, (withoutNumber.get(name) ?? 0) + 1);
    return goesOn ? (found ?? 0n) : 0n;
  }

  return {
    trips,
    withoutNumber,
    blocks(call, agent) {
      // A tripped breaker blocks everything of its key, not only the tools that it counts.
      for (const rule of bound) {
        if (rule.agent !== null && rule.agent !== agent) continue;
        const trip = rule.open.get(keyOf(rule.rule.per, call));
        if (!trip) continue;
        trip.blocked++;
        return trip;
      }
      return undefined;
    },
    count(counted) {
      const tripped: Trip[] = [];
      for (const rule of bound) {
        if (!appliesTo(rule, counted.call, counted.agent)) continue;
        const added = amount(rule, counted);
        if (added === 0n) continue;
        const key = keyOf(rule.rule.per, counted.call);
        const total = windowOf(rule, key).add(counted.time, added);
        if (total <= amountOf(rule.rule.limit)!) continue;
        const { time: at, call } = counted;
        const count = Number(total) / 1e6;
        const trip: Trip = { rule, key, at, call: call.id, count, blocked: 0, reset: null };
        if (counted.goesOn) trip.blocked++;
        rule.open.set(key, trip);
        trips.push(trip);
        tripped.push(trip);
      }
      return tripped;
    },
    openTrips: (rule, key) =>
      bound.flatMap(({ name, rule: { id }, open }) =>
        name === rule || id === rule ? [...(open.has(key) ? [open.get(key)!] : [])] : [],
      ),
    reset(trip, at, by, reason) {
      const rule = bound.find(({ name }) => name === trip.rule.name)!;
      trip.reset = { at: isoOf(at), by, reason };
      rule.open.delete(trip.key);
      rule.windows.delete(trip.key);
    },
    state: (now) => ({
      schema: 'benchbook.simulate-state/v1',
      tripped: bound.flatMap(({ name, open }) =>
        [...open.values()].map(({ key, at, call, count }) => ({
          rule: name,
          key,
          trippedAt: isoOf(at),
          call,
          count,
        })),
      ),
      windows: bound.flatMap(({ name, windows, open }) =>
        [...windows].flatMap(([key, window]) => {
          if (open.has(key)) return [];
          const entries = window
            .entries(now)
            .map(({ time, amount: counted }) => ({ at: isoOf(time), amount: String(counted) }));
          return entries.length > 0 ? [{ rule: name, key, entries }] : [];
        }),
      ),
    }),
  };
}

/** Whose calls are counted together. */
function keyOf(per: BreakerRule['per'], call: Call): string {
  if (per === 'tool') return call.tool.name;
  return (per === 'agent' ? call.agent?.id : call.user?.id) ?? '(unknown)';
}

/** Trips as the report prints them, in the order in which they happened. */
export function reportTrips(trips: readonly Trip[]): SimulationReport['breakers'] {
  return trips.map(({ rule, key, at, call, count, blocked, reset }) => ({
    rule: rule.name,
    key,
    trippedAt: isoOf(at),
    call,
    count,
    limit: rule.rule.limit,
    blocked,
    reset,
  }));
}

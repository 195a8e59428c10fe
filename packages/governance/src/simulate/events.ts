import type { SimulationEvent } from '@benchbook/model';

const MAX_EVENTS = 1_000;

/** What a reader of the time line must not miss, first. */
const PRIORITY: readonly SimulationEvent['kind'][] = [
  'outage-begins',
  'outage-ends',
  'breaker-tripped',
  'breaker-reset',
  'incident',
  'review-expired',
  'review-rejected',
  'review-granted',
  'review-requested',
  'passed-unvalidated',
  'blocked-by-fail-mode',
  'breaker-blocked',
];

/** The time line: what happened, in order; where it is too long, the kinds that matter most stay. */
export interface EventLog {
  add(event: SimulationEvent): void;
  finish(): { readonly events: readonly SimulationEvent[]; readonly eventsLeftOut: number };
}

/** An empty time line. Holds at most a thousand events of a kind. */
export function eventLog(): EventLog {
  const byKind = new Map<SimulationEvent['kind'], { order: number; event: SimulationEvent }[]>();
  let added = 0;
  return {
    add(event) {
      const order = added++;
      const held = byKind.get(event.kind);
      if (!held) byKind.set(event.kind, [{ order, event }]);
      else if (held.length < MAX_EVENTS) held.push({ order, event });
    },
    finish() {
      const kept = PRIORITY.flatMap((kind) => byKind.get(kind) ?? []).slice(0, MAX_EVENTS);
      const events = kept.sort((a, b) => a.order - b.order).map(({ event }) => event);
      return { events, eventsLeftOut: added - events.length };
    },
  };
}

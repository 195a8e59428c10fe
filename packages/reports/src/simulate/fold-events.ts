import type { SimulationEvent } from '@benchbook/model';

/** One event, or a run of events of one kind and agent. */
export interface FoldedEvent {
  readonly event: SimulationEvent;
  times: number;
  /** Time of the last one. */
  last: string;
}

/** More of one kind in a row than this are told as one. */
const RUN = 4;

const FOLDED: ReadonlySet<SimulationEvent['kind']> = new Set([
  'passed-unvalidated',
  'blocked-by-fail-mode',
  'breaker-blocked',
  'review-requested',
]);

/** Events with long runs of the same kind and agent told as one; a run ends where anything else happens. */
export function foldEvents(events: readonly SimulationEvent[]): readonly FoldedEvent[] {
  const folded: FoldedEvent[] = [];
  for (let start = 0; start < events.length; ) {
    const first = events[start]!;
    let end = start + 1;
    while (end < events.length && isLike(first, events[end]!)) end++;
    if (end - start > RUN) folded.push({ event: first, times: end - start, last: events[end - 1]!.ts });
    else for (const event of events.slice(start, end)) folded.push({ event, times: 1, last: event.ts });
    start = end;
  }
  return folded;
}

function isLike(a: SimulationEvent, b: SimulationEvent): boolean {
  return FOLDED.has(a.kind) && a.kind === b.kind && a.agent === b.agent;
}

import type { Call } from '@benchbook/model';

/** Where a call without a recorded time stands after the one before it. */
const STEP_MS = 1_000;
/** Where the first call stands if no call of the recordings has a time. */
const START_MS = 0;
/** Years that `toISOString` writes with four digits. */
const EARLIEST = Date.parse('0001-01-01T00:00:00Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/** Milliseconds of a time with a zone; undefined for anything else, since a time without one hangs on the machine. */
export function timeOf(text: unknown): number | undefined {
  if (typeof text !== 'string' || text.length > 40) return undefined;
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d:?\d\d)$/i.test(text)) return undefined;
  const time = Date.parse(text.replace(',', '.'));
  return time >= EARLIEST && time <= LATEST ? time : undefined;
}

/** ISO 8601 in UTC, to the millisecond. */
export function isoOf(time: number): string {
  return new Date(Math.min(LATEST, Math.max(EARLIEST, Math.round(time)))).toISOString();
}

/** When each call was made, in reading order, and how many of them had to be placed. */
export interface Placed {
  readonly times: Float64Array;
  readonly withoutTime: number;
}

/**
 * The virtual clock. A call stands at its recorded time. One without stands a second after the call before it in its
 * session, the first of a session a second after the call read before it, and the very first where the first recorded
 * time is.
 */
export function placeCalls(calls: readonly { readonly call: Call; readonly session: number }[]): Placed {
  const times = new Float64Array(calls.length);
  const recorded = calls.map(({ call }) => timeOf(call.ts));
  let previous = (recorded.find((time) => time !== undefined) ?? START_MS) - STEP_MS;
  const lastOf = new Map<number, number>();
  let withoutTime = 0;
  for (const [index, { session }] of calls.entries()) {
    const known = recorded[index];
    if (known === undefined) withoutTime++;
    const time = known ?? Math.min(LATEST, (lastOf.get(session) ?? previous) + STEP_MS);
    times[index] = time;
    lastOf.set(session, time);
    previous = time;
  }
  return { times, withoutTime };
}

/** Indexes of calls in the order of their times; calls of one time keep their reading order. */
export function timeOrder({ times }: Placed): readonly number[] {
  return Array.from(times, (_, index) => index).sort((a, b) => times[a]! - times[b]! || a - b);
}

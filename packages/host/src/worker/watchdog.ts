import type { Clock } from '@benchbook/model';
import { readHeartbeat, type UnitDescriptor } from './heartbeat.ts';

/** Milliseconds between two looks. */
export const POLL_MS = 250;

export interface Watchdog {
  /** Looks once; the unit that is stuck, or null. */
  look(): UnitDescriptor | null;
}

/**
 * Finds a unit that has been open for `stallMs`. Time is counted by looks and at most two polls' worth per look,
 * so that a laptop that slept, or a host that was itself held up, does not make a healthy worker look stuck.
 */
export function createWatchdog(shared: SharedArrayBuffer, stallMs: number, clock: Clock): Watchdog {
  let lastBeat = readHeartbeat(shared).beat;
  let lastLook = clock.now();
  let open = 0;
  return {
    look() {
      const now = clock.now();
      const { beat, unit } = readHeartbeat(shared);
      const passed = Math.min(now - lastLook, 2 * POLL_MS);
      lastLook = now;
      if (unit === null || beat !== lastBeat) {
        lastBeat = beat;
        open = 0;
        return null;
      }
      open += passed;
      return open >= stallMs ? unit : null;
    },
  };
}

/**
 * Finds a worker that has not come back to its event loop for `blockedMs`, whatever it does. `turns` tells how often
 * it did. Time is counted as by {@link createWatchdog}.
 */
export function createLoopWatch(turns: () => number, blockedMs: number, clock: Clock): () => boolean {
  let lastTurns = turns();
  let lastLook = clock.now();
  let blocked = 0;
  return () => {
    const now = clock.now();
    const passed = Math.min(now - lastLook, 2 * POLL_MS);
    lastLook = now;
    const current = turns();
    blocked = current === lastTurns ? blocked + passed : 0;
    lastTurns = current;
    return blocked >= blockedMs;
  };
}

import { timeOf } from './clock.ts';
import { durationOf } from './duration.ts';

/** When the PDP is not as it should be: between two times, or so long after the first call. */
export type OutageSpec =
  | { readonly kind: 'between'; readonly from: number; readonly to: number }
  | { readonly kind: 'after'; readonly offsetMs: number; readonly durationMs: number };

/** A window in which the PDP is in the chosen state; `to` is not in it. */
export interface Outage {
  readonly from: number;
  readonly to: number;
}

/** Reads `2026-05-01T10:00:00Z..2026-05-01T11:00:00Z`, or `10m@+1h`: ten minutes, an hour after the first call. */
export function parseOutage(text: string): OutageSpec | { readonly error: string } {
  const after = /^([^@]+)@\+(.+)$/.exec(text);
  if (after) {
    const durationMs = durationOf(after[1]!);
    const offsetMs = durationOf(after[2]!);
    if (durationMs !== undefined && durationMs > 0 && offsetMs !== undefined)
      return { kind: 'after', offsetMs, durationMs };
  }
  const [from, to, more] = text.split('..').map((one) => timeOf(one.trim()));
  if (from !== undefined && to !== undefined && more === undefined && from < to)
    return { kind: 'between', from, to };
  return {
    error: `'${text}' is no outage; write FROM..TO with times such as 2026-05-01T10:00:00Z, or 10m@+1h`,
  };
}

/**
 * The windows over calls at these times (ascending), in order and joined where they touch. Without any it is the
 * middle third of the recorded time or, if no call was made then, from the first to the last of the middle third of
 * the calls.
 */
export function outagesOver(specs: readonly OutageSpec[], times: readonly number[]): readonly Outage[] {
  if (times.length === 0) return [];
  const first = times[0]!;
  if (specs.length === 0) return [middleThird(times)];
  const windows = specs
    .map((spec) =>
      spec.kind === 'between'
        ? { from: spec.from, to: spec.to }
        : { from: first + spec.offsetMs, to: first + spec.offsetMs + spec.durationMs },
    )
    .sort((a, b) => a.from - b.from || a.to - b.to);
  const joined: { from: number; to: number }[] = [];
  for (const window of windows) {
    const before = joined.at(-1);
    if (before && window.from <= before.to) before.to = Math.max(before.to, window.to);
    else joined.push({ ...window });
  }
  return joined;
}

function middleThird(times: readonly number[]): Outage {
  const [first, last] = [times[0]!, times.at(-1)!];
  const third = (last - first) / 3;
  const from = Math.round(first + third);
  const window = { from, to: Math.max(from + 1, Math.round(last - third)) };
  if (times.some((time) => time >= window.from && time < window.to)) return window;
  const middle = times.slice(Math.floor(times.length / 3), Math.ceil((times.length * 2) / 3));
  return { from: middle[0]!, to: middle.at(-1)! + 1 };
}

import type { Clock, PolicySet } from '@benchbook/model';
import { type Random, shuffle } from './random.ts';
import type { ComparedSample, ReadyRequest } from './sample.ts';

/** Times of one version: milliseconds, by sample and then by repeat. */
export interface VersionTimes {
  readonly totals: Float64Array;
  /** The same for each set that was asked. Zero where a set was not asked. */
  readonly sets: ReadonlyMap<PolicySet, Float64Array>;
}

export interface MeasuredTimes {
  readonly samples: readonly ComparedSample[];
  /** Odd. */
  readonly repeats: number;
  readonly base: VersionTimes;
  readonly head: VersionTimes;
}

export interface TimingOptions {
  /** Milliseconds. */
  readonly maxTime: number;
  readonly repeats?: number;
}

const MIN_REPEATS = 5;
const MAX_REPEATS = 31;
/** Below this, the 99th percentile is the slowest call. */
const MIN_SAMPLES = 100;
/** Pairs of decisions before the first that counts, so that both versions are compiled. */
const WARM_UP = 2_000;
/** Share of the time that warming up may take. */
const WARM_UP_SHARE = 0.2;
/** A time is at least this many ticks of the clock, or decisions are timed several at once. */
const TICKS = 10;
const MAX_AT_ONCE = 200;
/** Readings after which a clock that stands still is taken for one that moves by work alone. */
const MAX_READINGS = 200_000;

/**
 * Times every sample with both versions, `repeats` times. Each round visits the samples in a new random order, and
 * a throw decides which version goes first: what slows the machine, warms a cache or collects garbage meets both
 * alike. The number of repeats is fixed before the first time is seen, so that no result can choose it.
 */
export function timeVersions(
  drawn: readonly ComparedSample[],
  clock: Clock,
  random: Random,
  options: TimingOptions,
): MeasuredTimes {
  const plan = planFor(drawn, clock, options);
  const samples = drawn.slice(0, plan.samples);
  const base = table(samples, 'base', plan.repeats);
  const head = table(samples, 'head', plan.repeats);
  const order = Int32Array.from(samples, (_, index) => index);
  for (let round = 0; round < plan.repeats; round++) {
    shuffle(order, random);
    for (const index of order) {
      const { requests } = samples[index]!;
      const at = index * plan.repeats + round;
      const headFirst = random() < 0.5;
      if (headFirst) time(requests.head, head, at, clock, plan.atOnce);
      time(requests.base, base, at, clock, plan.atOnce);
      if (!headFirst) time(requests.head, head, at, clock, plan.atOnce);
    }
  }
  return { samples, repeats: plan.repeats, base, head };
}

function time(
  requests: readonly ReadyRequest[],
  { totals, sets }: VersionTimes,
  at: number,
  clock: Clock,
  atOnce: number,
): void {
  let total = 0;
  for (const { set, prepared } of requests) {
    const start = clock.now();
    for (let i = 0; i < atOnce; i++) set.decide(prepared, 0);
    const spent = (clock.now() - start) / atOnce;
    sets.get(set)![at] = spent;
    total += spent;
  }
  totals[at] = total;
}

function table(samples: readonly ComparedSample[], side: 'base' | 'head', repeats: number): VersionTimes {
  const sets = new Map<PolicySet, Float64Array>();
  for (const { requests } of samples) {
    for (const { set } of requests[side]) {
      if (!sets.has(set)) sets.set(set, new Float64Array(samples.length * repeats));
    }
  }
  return { totals: new Float64Array(samples.length * repeats), sets };
}

interface Plan {
  /** Of the drawn ones, from the first on. */
  readonly samples: number;
  readonly repeats: number;
  /** Decisions between two readings of the clock. */
  readonly atOnce: number;
}

/** Warms both versions up alike, and tells from it what there is time for. */
function planFor(drawn: readonly ComparedSample[], clock: Clock, options: TimingOptions): Plan {
  const { maxTime } = options;
  const start = clock.now();
  let pairs = 0;
  let spent = 0;
  for (const wanted = Math.max(WARM_UP, drawn.length); pairs < wanted; ) {
    const { requests } = drawn[pairs % drawn.length]!;
    const [first, second] = pairs % 2 ? [requests.head, requests.base] : [requests.base, requests.head];
    for (const { set, prepared } of first) set.decide(prepared, 0);
    for (const { set, prepared } of second) set.decide(prepared, 0);
    pairs++;
    spent = clock.now() - start;
    if (spent > maxTime * WARM_UP_SHARE) break;
  }
  const each = spent / pairs;
  const asked = drawn[0]!.requests.base.length + drawn[0]!.requests.head.length;
  const perDecision = each / Math.max(1, asked);
  const atOnce =
    spent === 0 ? 1 : Math.min(MAX_AT_ONCE, Math.max(1, Math.ceil((TICKS * tickOf(clock)) / perDecision)));
  const affordable = (maxTime - spent) / (each * atOnce);
  const repeats = odd(
    options.repeats ?? Math.min(MAX_REPEATS, Math.max(MIN_REPEATS, Math.floor(affordable / drawn.length))),
  );
  const samples = Math.max(MIN_SAMPLES, Math.floor(affordable / repeats));
  return { samples: Math.min(drawn.length, samples), repeats, atOnce };
}

/** An odd number has a median that was seen. */
function odd(repeats: number): number {
  return Math.max(1, Math.floor(repeats)) | 1;
}

/** The smallest step of the clock in milliseconds; 0 where it does not move by itself. */
function tickOf(clock: Clock): number {
  let tick = Number.POSITIVE_INFINITY;
  let last = clock.now();
  let steps = 0;
  for (let i = 0; i < MAX_READINGS && steps < 20; i++) {
    const now = clock.now();
    if (now === last) continue;
    tick = Math.min(tick, now - last);
    last = now;
    steps++;
  }
  return steps === 0 ? 0 : tick;
}

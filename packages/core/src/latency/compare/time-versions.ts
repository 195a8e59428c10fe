import type { Clock, PolicySet, Sides } from '@benchbook/model';
import { type Random, shuffle } from './random.ts';
import type { ComparedSample, ReadyRequest } from './sample.ts';

/** Times of one version's slowest samples: milliseconds, by index among the slowest and then by repeat. */
export interface VersionTimes {
  readonly totals: Float64Array;
  /** The same for each set that was asked. Zero where a set was not asked. */
  readonly sets: ReadonlyMap<PolicySet, Float64Array>;
}

export interface MeasuredTimes {
  readonly samples: readonly ComparedSample[];
  /** Medians of each sample in milliseconds: of `repeats` for the slowest, of a few for the others. */
  readonly medians: Sides<Float64Array>;
  /** Indexes of the samples that are slowest in either version; only they can be at a 99th percentile. */
  readonly slowest: Int32Array;
  /** Odd. */
  readonly repeats: number;
  readonly times: Sides<VersionTimes>;
}

export interface TimingOptions {
  /** Milliseconds. */
  readonly maxTime: number;
  readonly repeats?: number;
}

/** Decisions of each version by which the slowest samples are found. */
const SCAN_REPEATS = 3;
/** Share of the time that finding them may take. */
const SCAN_SHARE = 0.4;
/** The slowest calls are measured on, this share of all: five times as many as lie above the 99th percentile. */
const SLOWEST = 0.05;
const MIN_SLOWEST = 200;
/** With fewer, a machine under load interrupts half of the repeats of some call now and then. */
const MIN_REPEATS = 15;
const MAX_REPEATS = 101;
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
 * Times both versions. A few repeats tell which samples are slowest; those are then timed anew, many times, since
 * nothing else decides a 99th percentile, and since a time that was chosen for being high would be too high.
 * The number of repeats is fixed before the first of those times is seen, so that no result can choose it.
 */
export function timeVersions(
  drawn: readonly ComparedSample[],
  clock: Clock,
  random: Random,
  options: TimingOptions,
): MeasuredTimes {
  const { pace, atOnce, spent } = warmUp(drawn, clock, options.maxTime);
  const affordable = (options.maxTime * SCAN_SHARE) / (pace * atOnce * SCAN_REPEATS);
  const samples = drawn.slice(0, Math.max(MIN_SAMPLES, Math.floor(affordable)));
  const scanStart = clock.now();
  const scan = timeTogether(samples, SCAN_REPEATS, atOnce, clock, random);
  const left = options.maxTime - spent - (clock.now() - scanStart);
  const medians = {
    base: mediansOf(scan.base.totals, SCAN_REPEATS),
    head: mediansOf(scan.head.totals, SCAN_REPEATS),
  };
  const slowest = slowestOf(samples, medians);

  let round = 0;
  for (const index of slowest) round += (medians.base[index]! + medians.head[index]!) * atOnce;
  const repeats = odd(
    options.repeats ?? Math.min(MAX_REPEATS, Math.max(MIN_REPEATS, Math.floor(left / round))),
  );
  const slowestSamples = Array.from(slowest, (index) => samples[index]!);
  const times = timeTogether(slowestSamples, repeats, atOnce, clock, random);
  for (const side of ['base', 'head'] as const) {
    mediansOf(times[side].totals, repeats).forEach((median, i) => {
      medians[side][slowest[i]!] = median;
    });
  }
  return { samples, medians, slowest, repeats, times };
}

/**
 * Each round visits the samples in a new random order, and a throw decides which version goes first, for this round;
 * in the next the other one does. So what slows the machine, warms a cache or collects garbage meets both alike.
 */
function timeTogether(
  samples: readonly ComparedSample[],
  repeats: number,
  atOnce: number,
  clock: Clock,
  random: Random,
): Sides<VersionTimes> {
  const base = table(samples, 'base', repeats);
  const head = table(samples, 'head', repeats);
  const order = Int32Array.from(samples, (_, index) => index);
  const headFirst = new Uint8Array(samples.length);
  for (let round = 0; round < repeats; round++) {
    shuffle(order, random);
    for (const index of order) {
      headFirst[index] = round % 2 === 0 ? (random() < 0.5 ? 1 : 0) : 1 - headFirst[index]!;
      const { requests } = samples[index]!;
      const at = index * repeats + round;
      let isHead = headFirst[index] === 1;
      // One place in the code for both, or the compiler would make two of it, one faster than the other.
      for (let turn = 0; turn < 2; turn++) {
        time(isHead ? requests.head : requests.base, isHead ? head : base, at, clock, atOnce);
        isHead = !isHead;
      }
    }
  }
  return { base, head };
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

interface Pace {
  /** Milliseconds that one sample takes, with both versions. */
  readonly pace: number;
  /** Decisions between two readings of the clock. */
  readonly atOnce: number;
  /** Milliseconds so far. */
  readonly spent: number;
}

/** Warms both versions up alike, and tells how fast they are. */
function warmUp(drawn: readonly ComparedSample[], clock: Clock, maxTime: number): Pace {
  const start = clock.now();
  const wanted = Math.max(WARM_UP, drawn.length);
  let pairs = 0;
  let decisions = 0;
  let spent = 0;
  while (pairs < wanted && spent <= maxTime * WARM_UP_SHARE) {
    const { requests } = drawn[pairs % drawn.length]!;
    let isHead = pairs % 2 === 1;
    for (let turn = 0; turn < 2; turn++) {
      for (const { set, prepared } of isHead ? requests.head : requests.base) {
        set.decide(prepared, 0);
        decisions++;
      }
      isHead = !isHead;
    }
    pairs++;
    spent = clock.now() - start;
  }
  const ticks = spent === 0 ? 0 : (TICKS * tickOf(clock) * decisions) / spent;
  const atOnce = Math.min(MAX_AT_ONCE, Math.max(1, Math.ceil(ticks)));
  return { pace: spent / pairs, atOnce, spent };
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

/** The median of each sample's repeats, of which there is an odd number. */
function mediansOf(times: Float64Array, repeats: number): Float64Array {
  return Float64Array.from({ length: times.length / repeats }, (_, i) => medianOf(times, i, repeats));
}

/** The median of the i-th sample's repeats. */
export function medianOf(times: Float64Array, i: number, repeats: number): number {
  return times.slice(i * repeats, (i + 1) * repeats).sort()[(repeats - 1) >> 1]!;
}

function slowestOf(samples: readonly ComparedSample[], medians: Sides<Float64Array>): Int32Array {
  const calls = samples.reduce((sum, { clusters }) => sum + clusters.total, 0);
  const chosen = new Set<number>();
  for (const side of [medians.base, medians.head]) {
    const order = Array.from(side, (_, i) => i).sort((a, b) => side[b]! - side[a]!);
    let passed = 0;
    for (let i = 0; i < order.length && (passed < calls * SLOWEST || i < MIN_SLOWEST); i++) {
      chosen.add(order[i]!);
      passed += samples[order[i]!]!.clusters.total;
    }
  }
  return Int32Array.from(chosen).sort();
}

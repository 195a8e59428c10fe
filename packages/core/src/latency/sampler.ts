import type {
  Call,
  Clock,
  LatencyFigures,
  LatencyReport,
  PolicySet,
  PreparedRequests,
} from '@benchbook/model';
import { buildFacts, type PdpDecision, type Session } from '@benchbook/pdp';
import { latencyFigures, median, type WeightedSample } from './percentile.ts';

/** Distinct calls that are kept; beyond it those with the lowest hashes, which is a fair draw. */
const MAX_SAMPLES = 4_000;
/** Decisions per call of which the median counts. */
const ROUNDS = 3;
/** Decisions before the first that counts. */
const WARM_UP = 200;
/** Milliseconds that measuring may take; slow policies are measured on fewer calls. */
const MAX_TIME = 3_000;
const MIN_SAMPLES = 100;

/** One distinct call, its requests ready to be decided. */
interface Sample {
  readonly hash: number;
  readonly requests: readonly { readonly set: PolicySet; readonly prepared: PreparedRequests }[];
  weight: number;
}

export interface LatencySampler {
  /** Notes a call that was just decided; prepares its requests if it is among those measured. */
  add(call: Call, session: Session, decision: PdpDecision): void;
  /** Decides the noted calls again, unmemoised, and reports their times. Null where nothing was noted. */
  measure(clock: Clock): LatencyReport | null;
}

/** Collects distinct calls with their multiplicity, to be measured after the replay. */
export function latencySampler(): LatencySampler {
  const samples = new Map<number, Sample>();
  let highest = Number.POSITIVE_INFINITY;

  function evict(): void {
    let worst = -1;
    let second = -1;
    let worstSerial = -1;
    for (const [serial, { hash }] of samples) {
      if (hash > worst) {
        second = worst;
        worst = hash;
        worstSerial = serial;
      } else if (hash > second) second = hash;
    }
    samples.delete(worstSerial);
    highest = second;
  }

  return {
    add(call, session, decision) {
      const known = samples.get(decision.serial);
      if (known) {
        known.weight++;
        return;
      }
      const hash = mix(decision.serial);
      if (samples.size >= MAX_SAMPLES && hash >= highest) return;
      if (decision.errors.some(({ kind }) => kind === 'budget' || kind === 'crash')) return;
      const facts = buildFacts(call, session);
      const requests = decision.answers.map(({ set }) => ({ set, prepared: set.prepare([facts]) }));
      samples.set(decision.serial, { hash, requests, weight: 1 });
      if (samples.size > MAX_SAMPLES) evict();
    },
    measure: (clock) => (samples.size === 0 ? null : measure([...samples.values()], clock)),
  };
}

/** A set of no policies: what the measuring itself costs. */
const NOTHING = {
  outcome: null,
  basis: 'defaulted',
  determining: [],
  reasons: [],
  obligations: [],
  errors: [],
};

/** As many samples, lowest hashes first, as there is time for, told from the warm-up. */
function affordable(samples: readonly Sample[], clock: Clock): readonly Sample[] {
  const drawn = [...samples].sort((a, b) => a.hash - b.hash);
  const start = clock.now();
  for (let i = 0; i < WARM_UP; i++) {
    for (const { set, prepared } of drawn[i % drawn.length]!.requests) set.decide(prepared, 0);
  }
  const each = ((clock.now() - start) / WARM_UP) * ROUNDS;
  return drawn.slice(0, Math.max(MIN_SAMPLES, Math.floor(MAX_TIME / each)));
}

function measure(all: readonly Sample[], clock: Clock): LatencyReport {
  const samples = affordable(all, clock);
  const totals: number[][] = samples.map(() => []);
  const floors: number[][] = samples.map(() => []);
  const languages = new Map<string, number[][]>();
  const empty = (): unknown => NOTHING;

  for (let round = 0; round < ROUNDS; round++) {
    samples.forEach(({ requests }, index) => {
      let total = 0;
      let floor = 0;
      const byLanguage = new Map<string, number>();
      for (const { set, prepared } of requests) {
        const start = clock.now();
        set.decide(prepared, 0);
        const middle = clock.now();
        empty();
        floor += clock.now() - middle;
        total += middle - start;
        byLanguage.set(set.language, (byLanguage.get(set.language) ?? 0) + middle - start);
      }
      totals[index]!.push(total);
      floors[index]!.push(floor);
      for (const [language, time] of byLanguage) {
        const table = languages.get(language) ?? samples.map(() => []);
        languages.set(language, table);
        table[index]!.push(time);
      }
    });
  }
  const weigh = (times: readonly number[][]): WeightedSample[] =>
    times.flatMap((values, index) =>
      values.length > 0 ? [{ value: median(values), weight: samples[index]!.weight }] : [],
    );
  const perLanguage: Record<string, LatencyFigures> = {};
  for (const language of [...languages.keys()].sort()) {
    perLanguage[language] = rounded(latencyFigures(weigh(languages.get(language)!)));
  }
  return {
    unit: 'ms',
    ...rounded(latencyFigures(weigh(totals))),
    floor: round(latencyFigures(weigh(floors)).p50),
    perLanguage,
  };
}

function rounded(figures: LatencyFigures): LatencyFigures {
  const { n, p50, p95, p99, max } = figures;
  return { n, p50: round(p50), p95: round(p95), p99: round(p99), max: round(max) };
}

/** To the nanosecond: clocks give no more. */
function round(milliseconds: number): number {
  return Math.round(milliseconds * 1e6) / 1e6;
}

/** A fair 32-bit hash (the finaliser of murmur3), so that the lowest ones are a fair draw. */
function mix(serial: number): number {
  let hash = Math.imul(serial + 1, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

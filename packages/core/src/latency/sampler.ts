import type {
  Call,
  Clock,
  LatencyFigures,
  LatencyReport,
  PolicySet,
  PreparedRequests,
} from '@benchbook/model';
import { buildFacts, type PdpDecision, type Session } from '@benchbook/pdp';
import { fairDraw, mix } from './fair-draw.ts';
import { latencyFigures, median, roundTime, type WeightedSample } from './percentile.ts';

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
  const samples = fairDraw<Sample>(MAX_SAMPLES);

  return {
    add(call, session, decision) {
      const known = samples.get(decision.serial);
      if (known) {
        known.weight++;
        return;
      }
      const hash = mix(decision.serial);
      if (!samples.admits(hash)) return;
      if (decision.errors.some(({ kind }) => kind === 'budget' || kind === 'crash')) return;
      const facts = buildFacts(call, session);
      const requests = decision.answers.map(({ set }) => ({ set, prepared: set.prepare([facts]) }));
      samples.add(decision.serial, hash, { requests, weight: 1 });
    },
    measure(clock) {
      const drawn = samples.values();
      return drawn.length === 0 ? null : measure(drawn, clock);
    },
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

/** As many samples, from the first on, as there is time for, told from the warm-up. */
function affordable(drawn: readonly Sample[], clock: Clock): readonly Sample[] {
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
    floor: roundTime(latencyFigures(weigh(floors)).p50),
    perLanguage,
  };
}

function rounded(figures: LatencyFigures): LatencyFigures {
  const { n, p50, p95, p99, max } = figures;
  return { n, p50: roundTime(p50), p95: roundTime(p95), p99: roundTime(p99), max: roundTime(max) };
}

import type { Call, Clock, DiffLatency } from '@benchbook/model';
import { buildFacts, type PdpDecision, type Session } from '@benchbook/pdp';
import { fairDraw, mix } from '../fair-draw.ts';
import { bootstrapRatio } from './bootstrap.ts';
import { ClusterCounts } from './clusters.ts';
import { compareFigures } from './figures.ts';
import { type Random, seededRandom } from './random.ts';
import type { ComparedSample, ReadyRequest } from './sample.ts';
import { timeVersions } from './time-versions.ts';

/** Distinct calls that are kept. */
const MAX_SAMPLES = 4_000;
/** Milliseconds that measuring may take. */
const MAX_TIME = 2_000;
/** Slower by less is `unchanged`; `p99Ratio` of the manifest where it is set. */
const BOUND = 1.2;
const SEED = 1;

export interface LatencyComparerOptions {
  /**
   * `unchanged` is said of an interval that contains 1 and lies within 1/bound..bound; a wider one is
   * `inconclusive`. Above 1; default 1.2.
   */
  readonly bound?: number;
  /** Decisions of each version per slow call (others get a few, which only find the slow ones). At least 1, made odd. Default: as many as there is time for, 15 to 101. */
  readonly repeats?: number;
  /** Milliseconds for all of them: fewer calls are measured where policies are slow. Default 2,000. */
  readonly maxTime?: number;
  /** Whether the policy with this id differs between the versions. Default: none is known to. */
  readonly differs?: (policy: string) => boolean;
}

export interface LatencyComparer {
  /**
   * Notes a call that both versions just decided, and prepares its requests if it is among those measured.
   * `session` carries what the policies of both read, before the call is recorded in it; `sessionNumber` counts
   * sessions from 0.
   */
  add(call: Call, session: Session, base: PdpDecision, head: PdpDecision, sessionNumber: number): void;
  /** Decides the noted calls with both versions, in turn, and compares their times. Null where none was noted. */
  measure(clock: Clock, random?: Random): DiffLatency | null;
}

/** Collects calls, each distinct one once, to tell whether the slowest decisions of head are slower. */
export function createLatencyComparer(options: LatencyComparerOptions = {}): LatencyComparer {
  const { bound = BOUND, maxTime = MAX_TIME, differs = () => false } = options;
  const samples = fairDraw<ComparedSample>(MAX_SAMPLES);
  const sessions = new Set<number>();
  return {
    add(call, session, base, head, sessionNumber) {
      const key = base.serial * 0x400_0000 + head.serial;
      const known = samples.get(key);
      if (known) {
        known.clusters.add(sessionNumber);
        sessions.add(sessionNumber);
        return;
      }
      const hash = mix(mix(base.serial) ^ Math.imul(head.serial, 0x85eb_ca6b));
      if (!samples.admits(hash) || failed(base) || failed(head)) return;
      const facts = buildFacts(call, session);
      const ready = ({ answers }: PdpDecision): ReadyRequest[] =>
        answers.map(({ set }) => ({ set, prepared: set.prepare([facts]) }));
      const clusters = new ClusterCounts();
      clusters.add(sessionNumber);
      sessions.add(sessionNumber);
      const requests = { base: ready(base), head: ready(head) };
      samples.add(key, hash, { call: call.id, tool: call.tool.name, requests, clusters });
    },
    measure(clock, random = seededRandom(SEED)) {
      const drawn = samples.values();
      if (drawn.length === 0) return null;
      const times = timeVersions(drawn, clock, random, {
        maxTime,
        ...(options.repeats !== undefined && { repeats: options.repeats }),
      });
      return compareFigures(times, bootstrapRatio(times, random), {
        bound,
        differs,
        sessions: sessions.size,
      });
    },
  };
}

/** What it took until it was given up tells nothing of decisions. */
function failed({ errors }: PdpDecision): boolean {
  return errors.some(({ kind }) => kind === 'budget' || kind === 'crash');
}

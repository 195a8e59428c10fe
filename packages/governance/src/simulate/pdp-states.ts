import type { Random } from '@benchbook/core';
import type { PdpState } from '@benchbook/model';
import { sayDuration } from './duration.ts';
import { type LatencyDistribution, latencyAt } from './latency.ts';

/** What came back when the PEP asked. `why`: what is said where no answer came. */
export type Reply =
  | { readonly answered: true; readonly latencyMs: number }
  | { readonly answered: false; readonly latencyMs: number; readonly why: string };

/** What a PDP in trouble is made of. */
export interface Trouble {
  readonly timeoutMs: number;
  readonly flapMs: number;
  readonly latency: LatencyDistribution;
  readonly random: Random;
}

/** Asks a PDP that has been in a state for `sinceMs`. */
type Behaviour = (trouble: Trouble, sinceMs: number) => Reply;

const behaviours: { readonly [state in PdpState]: Behaviour } = {
  up: () => ({ answered: true, latencyMs: 0 }),
  slow: ({ latency, random, timeoutMs }) => {
    const latencyMs = Math.round(latencyAt(latency, random()) * 1_000) / 1_000;
    if (latencyMs <= timeoutMs) return { answered: true, latencyMs };
    return { answered: false, latencyMs: timeoutMs, why: `no answer within ${sayDuration(timeoutMs)}` };
  },
  'timing-out': ({ timeoutMs }) => ({
    answered: false,
    latencyMs: timeoutMs,
    why: `no answer within ${sayDuration(timeoutMs)}`,
  }),
  crashing: () => ({ answered: false, latencyMs: 0, why: 'the PDP ended before it answered' }),
  erroring: () => ({ answered: false, latencyMs: 0, why: 'the PDP answered with an error' }),
  flapping: ({ flapMs }, sinceMs) =>
    Math.floor(sinceMs / flapMs) % 2 === 0
      ? { answered: false, latencyMs: 0, why: 'the PDP was down' }
      : { answered: true, latencyMs: 0 },
};

/** Asks the PDP `sinceMs` after its trouble began. */
export function askPdp(state: PdpState, trouble: Trouble, sinceMs: number): Reply {
  return behaviours[state](trouble, sinceMs);
}

const descriptions: { readonly [state in PdpState]: (trouble: Trouble) => string } = {
  up: () => 'the PDP answers every call at once',
  slow: ({ latency, timeoutMs }) => `the PDP answers late: ${describe(latency)}; ${waits(timeoutMs)}`,
  'timing-out': ({ timeoutMs }) => `the PDP does not answer; ${waits(timeoutMs)}`,
  crashing: () => 'the PDP ends before it answers',
  erroring: () => 'the PDP answers with an error',
  flapping: ({ flapMs }) => `the PDP is down for ${sayDuration(flapMs)}, then up as long, and so on`,
};

/** The state in one line, without a full stop. */
export function describePdp(state: PdpState, trouble: Trouble): string {
  return descriptions[state](trouble);
}

function waits(timeoutMs: number): string {
  return `the PEP waits ${sayDuration(timeoutMs)}`;
}

function describe(latency: LatencyDistribution): string {
  if (latency.kind === 'samples') return `drawn from ${latency.samples.length} samples`;
  return latency.points
    .map(([share, ms]) => {
      const name = share === 0 ? 'min' : share === 1 ? 'max' : `p${Math.round(share * 100_000) / 1_000}`;
      return `${name} ${sayDuration(ms)}`;
    })
    .join(', ');
}

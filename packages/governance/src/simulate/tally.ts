import type { EnforcedCall, SimulationReport } from '@benchbook/model';
import type { Posture } from './fail-mode.ts';
import type { AgentCounts } from './findings.ts';
import type { EnforcedEntry } from './hooks.ts';

/** Sums over enforced calls. */
export interface Tally {
  visit(enforced: EnforcedCall, entry: EnforcedEntry, posture: Posture, outage: number | null): void;
  readonly outages: readonly { calls: number; unvalidated: number; blocked: number }[];
  finish(): {
    readonly agents: readonly AgentCounts[];
    readonly summary: Omit<SimulationReport['summary'], 'incidents'>;
    readonly reviewMinutes: SimulationReport['reviewMinutes'];
  };
}

/** Counts from nothing, with one row for each outage. */
export function tally(outageCount: number): Tally {
  const agents = new Map<string | null, AgentCounts>();
  const outages = Array.from({ length: outageCount }, () => ({ calls: 0, unvalidated: 0, blocked: 0 }));
  const reviews = { requested: 0, granted: 0, rejected: 0, expired: 0 };
  const summary = {
    calls: 0,
    permitted: 0,
    blocked: 0,
    unvalidated: 0,
    blockedByFailMode: 0,
    blockedByBreaker: 0,
  };
  const answers: number[] = [];

  return {
    outages,
    visit({ action, by, unvalidated }, { policies, review }, posture, outage) {
      const blocked = action === 'blocked';
      const agent = agents.get(posture.agent) ?? noCounts(posture);
      agents.set(posture.agent, agent);
      for (const one of [summary, agent, ...(outage === null ? [] : [outages[outage]!])]) {
        one.calls++;
        if (blocked) one.blocked++;
        if (unvalidated) one.unvalidated++;
      }
      if (!blocked) summary.permitted++;
      else if (by === 'fail-mode') summary.blockedByFailMode++;
      else if (by === 'breaker') summary.blockedByBreaker++;
      if (unvalidated && by === 'fail-mode' && policies.outcome !== 'allow') agent.wrongly++;
      if (policies.errors.length > 0) agent.errors++;
      if (!review) return;
      reviews.requested++;
      reviews[review.state]++;
      if (unvalidated) agent.unreviewed++;
      if (review.refused) agent.refusedAnswers++;
      if (review.answered !== null) answers.push((review.answered - review.requested) / 60_000);
    },
    finish: () => ({
      agents: [...agents.values()].sort((a, b) => compareAgents(a.posture.agent, b.posture.agent)),
      summary: { ...summary, reviews },
      reviewMinutes: figuresOf(answers),
    }),
  };
}

function noCounts(posture: Posture): AgentCounts {
  return {
    posture,
    calls: 0,
    unvalidated: 0,
    blocked: 0,
    unreviewed: 0,
    wrongly: 0,
    refusedAnswers: 0,
    errors: 0,
  };
}

/** By id; calls without an agent last. */
function compareAgents(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a < b ? -1 : 1;
}

/** Nearest-rank percentiles, to the thousandth of a minute. */
function figuresOf(minutes: number[]): SimulationReport['reviewMinutes'] {
  if (minutes.length === 0) return null;
  const sorted = minutes.sort((a, b) => a - b);
  const at = (percent: number) =>
    Math.round(sorted[Math.max(1, Math.ceil((percent * sorted.length) / 100)) - 1]! * 1_000) / 1_000;
  return { n: sorted.length, p50: at(50), p95: at(95), max: at(100) };
}

import type { Random } from '@benchbook/core';
import type { EnforcedCall, PdpState, SimulationEvent } from '@benchbook/model';
import { agenda } from './agenda.ts';
import type { BreakerBank, Trip } from './breakers.ts';
import { isoOf, timeOf } from './clock.ts';
import type { CollectedCall } from './collect.ts';
import { sayDuration } from './duration.ts';
import type { EventLog } from './events.ts';
import type { Posture, postureOf } from './fail-mode.ts';
import type { EnforcedEntry, SimulationHooks } from './hooks.ts';
import type { IncidentLog } from './incident-log.ts';
import type { Reset } from './options.ts';
import type { Outage } from './outages.ts';
import { askPdp, type Reply, type Trouble } from './pdp-states.ts';
import { type Review, reviewOf } from './reviews.ts';

/** What the PEP works with. */
export interface PepParts {
  readonly state: PdpState;
  readonly trouble: Trouble & { readonly random: Random };
  readonly outages: readonly Outage[];
  readonly resets: readonly Reset[];
  readonly breakers: BreakerBank;
  readonly incidents: IncidentLog;
  readonly events: EventLog;
  readonly postureOf: (agent: string | null) => ReturnType<typeof postureOf>;
  readonly hooks: SimulationHooks;
  /** Told of every call in the order of the clock. */
  readonly onEnforced: (
    enforced: EnforcedCall,
    entry: EnforcedEntry,
    posture: Posture,
    inOutage: number | null,
  ) => void;
  readonly onReset: (reset: Reset, outcome: 'done' | 'no-approver' | 'not-tripped') => void;
}

/** What happens by itself as time goes on. */
type Happening = () => void | Promise<void>;

/** What was decided about a call. */
interface Verdict {
  readonly action: EnforcedCall['action'];
  readonly by: EnforcedCall['by'];
  readonly unvalidated: boolean;
  readonly latencyMs: number;
  readonly answered: boolean;
  readonly review: Review | null;
  readonly note: string | null;
}

/** The policy enforcement point: calls go through it in the order of the virtual clock. */
export interface Pep {
  enforce(collected: CollectedCall, time: number): Promise<void>;
  /** Lets the clock run on until nothing is left to happen. */
  end(): Promise<void>;
}

export function createPep(parts: PepParts): Pep {
  const { state, trouble, outages, breakers, incidents, events, hooks } = parts;
  const coming = agenda<Happening>();
  enterOutages();
  for (const reset of parts.resets) coming.enter(timeOf(reset.at)!, () => reset_(reset));

  function tell(
    time: number,
    kind: SimulationEvent['kind'],
    message: string,
    of?: CollectedCall['call'],
  ): void {
    events.add({ ts: isoOf(time), kind, agent: of?.agent?.id ?? null, call: of?.id ?? null, message });
  }

  function enterOutages(): void {
    if (state === 'up') return;
    for (const { from, to } of outages) {
      coming.enter(from, () => tell(from, 'outage-begins', `the PDP is ${state}`));
      coming.enter(to, () => tell(to, 'outage-ends', `the PDP is up again after ${sayDuration(to - from)}`));
    }
  }

  async function advance(time: number): Promise<void> {
    for (let next = coming.due(time); next; next = coming.due(time)) await next.item();
  }

  async function reset_(reset: Reset): Promise<void> {
    const at = timeOf(reset.at)!;
    const open = breakers.openTrips(reset.rule, reset.key);
    const allowed = open.filter(
      ({ rule }) => rule.approvers.length === 0 || rule.approvers.includes(reset.by),
    );
    parts.onReset(reset, open.length === 0 ? 'not-tripped' : allowed.length === 0 ? 'no-approver' : 'done');
    for (const trip of allowed) {
      breakers.reset(trip, at, reset.by, reset.reason);
      events.add({
        ts: isoOf(at),
        kind: 'breaker-reset',
        agent: trip.rule.agent,
        call: null,
        message: `${trip.rule.name} for ${trip.key} by ${reset.by}: ${reset.reason}`,
      });
      await hooks.onReset?.({ ...reset, rule: trip.rule.name, call: trip.call, agent: trip.rule.agent });
    }
  }

  function ask(time: number): { reply: Reply; outage: number | null } {
    if (state !== 'up') {
      const outage = outages.findIndex(({ from, to }) => time >= from && time < to);
      if (outage !== -1) return { reply: askPdp(state, trouble, time - outages[outage]!.from), outage };
    }
    return { reply: askPdp('up', trouble, 0), outage: null };
  }

  /** What happens to a call that no breaker blocks. */
  function decide(collected: CollectedCall, time: number, posture: Posture, reply: Reply): Verdict {
    const { latencyMs } = reply;
    const failed = (why: string, answered: boolean): Verdict => ({
      action: posture.failMode === 'open' ? 'permitted' : 'blocked',
      by: 'fail-mode',
      unvalidated: posture.failMode === 'open',
      latencyMs,
      answered,
      review: null,
      note: `${why}; fail ${posture.failMode}`,
    });
    if (!reply.answered) return failed(reply.why, false);
    const plain = { unvalidated: false, latencyMs, answered: true, review: null, note: null } as const;
    switch (collected.decision.outcome) {
      case 'allow':
        return { ...plain, action: 'permitted', by: 'policy' };
      case 'deny':
        return { ...plain, action: 'blocked', by: 'policy' };
      case 'indeterminate':
        return failed('the PDP could not decide', true);
      case 'escalate':
        return { ...plain, ...reviewed(reviewOf(collected.call, time, posture), posture) };
    }
  }

  function reviewed(
    review: Review,
    { failMode, reviewMinutes }: Posture,
  ): Pick<Verdict, 'action' | 'by' | 'unvalidated' | 'review' | 'note'> {
    if (review.state !== 'expired') {
      const action = review.state === 'granted' ? 'permitted' : 'blocked';
      const note = `${review.state} by ${review.by ?? 'a person whom the recording does not name'}`;
      return { action, by: 'review', unvalidated: false, review, note };
    }
    const open = failMode === 'open';
    return {
      action: open ? 'permitted' : 'blocked',
      by: 'review',
      unvalidated: open,
      review,
      note: `${whyExpired(review, reviewMinutes)}; fail ${failMode}`,
    };
  }

  function tellVerdict(collected: CollectedCall, time: number, { by, unvalidated, note }: Verdict): void {
    const { call, decision } = collected;
    if (by !== 'fail-mode') return;
    const said = `${call.tool.name}: ${note}`;
    if (unvalidated) tell(time, 'passed-unvalidated', `${said}; the policies say ${decision.outcome}`, call);
    else tell(time, 'blocked-by-fail-mode', said, call);
  }

  function enterReview(collected: CollectedCall, enforced: EnforcedCall, entry: EnforcedEntry): void {
    const { review } = entry;
    if (!review) return;
    const { call } = collected;
    tell(review.requested, 'review-requested', `${call.tool.name} waits for a person`, call);
    coming.enter(review.settled, async () => {
      const took = sayDuration(review.settled - review.requested);
      const end = enforced.action === 'permitted' ? 'let through' : 'blocked';
      const message =
        review.state === 'expired'
          ? `${call.tool.name} ${end} unreviewed: ${entry.note}`
          : `${call.tool.name} ${end} after ${took}: ${entry.note}`;
      tell(review.settled, `review-${review.state}`, message, call);
      await hooks.onReview?.(enforced, entry);
    });
  }

  async function tellTrips(
    trips: readonly Trip[],
    collected: CollectedCall,
    posture: Posture,
  ): Promise<void> {
    for (const trip of trips) {
      const { rule, limit } = { rule: trip.rule, limit: trip.rule.rule.limit };
      const message = `${rule.name} for ${trip.key}: ${trip.count} in ${sayDuration(rule.rule.windowMinutes * 60_000)}, limit ${limit}`;
      tell(trip.at, 'breaker-tripped', message, collected.call);
      for (const incident of incidents.trip(trip, posture.agent, posture.tier)) {
        tell(trip.at, 'incident', incident.summary, collected.call);
        await hooks.onIncident?.(incident);
      }
    }
  }

  return {
    async enforce(collected, time) {
      await advance(time);
      const { call, decision, facts } = collected;
      const agent = call.agent?.id ?? null;
      const posture = parts.postureOf(agent);
      const blocking = breakers.blocks(call, agent);
      const { reply, outage } = ask(time);
      let verdict: Verdict;
      let trips: readonly Trip[] = [];
      if (blocking) {
        verdict = blockedBy(blocking);
        tell(time, 'breaker-blocked', `${call.tool.name}: ${verdict.note}`, call);
      } else {
        verdict = decide(collected, time, posture, reply);
        const goesOn = verdict.action === 'permitted';
        const violates = verdict.answered && decision.outcome === 'deny';
        trips = breakers.count({ call, agent, time, violates, goesOn });
        if (trips[0] && goesOn)
          verdict = { ...blockedBy(trips[0]), latencyMs: verdict.latencyMs, answered: verdict.answered };
        else tellVerdict(collected, time, verdict);
      }
      const enforced: EnforcedCall = {
        call: call.id,
        session: call.session,
        tool: call.tool.name,
        agent,
        ts: isoOf(time),
        decision: verdict.answered ? decision.outcome : null,
        basis: verdict.answered ? decision.basis : null,
        determining: verdict.answered ? decision.determining : [],
        action: verdict.action,
        by: verdict.by,
        unvalidated: verdict.unvalidated,
        latencyMs: verdict.latencyMs,
      };
      const entry: EnforcedEntry = {
        call,
        facts,
        policies: decision,
        review: verdict.review,
        note: verdict.note,
      };
      parts.onEnforced(enforced, entry, posture, outage);
      await hooks.onEnforced?.(enforced, entry);
      await tellTrips(trips, collected, posture);
      if (verdict.answered)
        for (const incident of incidents.violation(call.id, time, posture, decision)) {
          tell(time, 'incident', incident.summary, call);
          await hooks.onIncident?.(incident);
        }
      enterReview(collected, enforced, entry);
    },
    end: () => advance(Number.POSITIVE_INFINITY),
  };
}

/** A tripped breaker blocks before the PDP is asked. */
function blockedBy({ rule, key }: Trip): Verdict {
  return {
    action: 'blocked',
    by: 'breaker',
    unvalidated: false,
    latencyMs: 0,
    answered: false,
    review: null,
    note: `breaker ${rule.name} is tripped for ${key}`,
  };
}

function whyExpired(review: Review, minutes: number): string {
  const within = sayDuration(minutes * 60_000);
  if (review.refused === 'late') return `the answer came later than ${within}`;
  if (review.refused === 'no-approver') return `${review.by ?? 'whoever answered'} may not approve`;
  return `nobody answered within ${within}`;
}

import type { SimulationReport } from '@benchbook/model';

/** A report with something in every part; `text` stands in whatever comes from outside. */
export function simulation(text = ''): SimulationReport {
  const ts = (minute: number) => `2026-05-01T10:${String(minute).padStart(2, '0')}:00.000Z`;
  const call = `s#1${text}`;
  const agent = `bot${text}`;
  return {
    schema: 'benchbook.simulate/v1',
    pdp: { state: 'timing-out', description: 'the PDP does not answer; the PEP waits 1 s' },
    summary: {
      calls: 1_200,
      permitted: 900,
      blocked: 300,
      unvalidated: 6,
      blockedByFailMode: 20,
      blockedByBreaker: 100,
      reviews: { requested: 4, granted: 1, rejected: 1, expired: 2 },
      incidents: 1,
    },
    agents: [
      { agent, tier: 'high', failMode: 'open', overridden: true, calls: 1_100, unvalidated: 6, blocked: 290 },
      {
        agent: null,
        tier: 'critical',
        failMode: 'closed',
        overridden: false,
        calls: 100,
        unvalidated: 0,
        blocked: 10,
      },
    ],
    outages: [{ from: ts(10), to: ts(20), calls: 26, unvalidated: 6, blocked: 20 }],
    breakers: [
      {
        rule: `${agent}/orders`,
        key: agent,
        trippedAt: ts(30),
        call,
        count: 101,
        limit: 100,
        blocked: 60,
        reset: { at: ts(40), by: `ann${text}`, reason: `seen to${text}` },
      },
      {
        rule: 'sum',
        key: 'ann',
        trippedAt: ts(45),
        call,
        count: 100.5,
        limit: 100,
        blocked: 40,
        reset: null,
      },
    ],
    reviewMinutes: { n: 2, p50: 0.5, p95: 12.25, max: 12.25 },
    audit: [
      {
        policy: `policies/trial.cedar#small${text}`,
        effect: 'forbid',
        wouldBlock: 3,
        wouldEscalate: 0,
        falseAlarms: 1,
        confirmed: 2,
        unlabelled: 0,
        recommendation: 'mend',
        why: `it would have stopped 1 call that was right, first ${call}`,
      },
    ],
    events: [
      { ts: ts(10), kind: 'outage-begins', agent: null, call: null, message: 'the PDP is timing-out' },
      ...Array.from({ length: 6 }, (_, n) => ({
        ts: ts(11 + n),
        kind: 'passed-unvalidated' as const,
        agent,
        call,
        message: `order${text}: no answer within 1 s; fail open; the policies say deny`,
      })),
      {
        ts: ts(20),
        kind: 'outage-ends',
        agent: null,
        call: null,
        message: 'the PDP is up again after 10 min',
      },
      { ts: ts(30), kind: 'breaker-tripped', agent, call, message: `${agent}/orders: 101 in 1 h, limit 100` },
      { ts: ts(40), kind: 'breaker-reset', agent, call: null, message: `${agent}/orders by ann${text}` },
    ],
    eventsLeftOut: 7,
    incidents: [
      {
        key: `breaker:${agent}`,
        kind: 'breaker',
        severity: 'critical',
        summary: `breaker ${agent}/orders tripped`,
        agent,
        policy: null,
        firstCall: call,
        first: ts(30),
        last: ts(30),
        count: 2,
      },
    ],
    findings: [
      {
        code: 'passed-unvalidated',
        severity: 'error',
        message: `${agent} (high): 6 calls passed unvalidated`,
      },
      { code: 'fail-mode-looser', severity: 'warning', message: `${agent}: its card lets it fail open` },
    ],
  };
}

/** Nothing at all. */
export const nothing: SimulationReport = {
  ...simulation(),
  pdp: { state: 'up', description: 'the PDP answers every call at once' },
  summary: {
    calls: 0,
    permitted: 0,
    blocked: 0,
    unvalidated: 0,
    blockedByFailMode: 0,
    blockedByBreaker: 0,
    reviews: { requested: 0, granted: 0, rejected: 0, expired: 0 },
    incidents: 0,
  },
  agents: [],
  outages: [],
  breakers: [],
  reviewMinutes: null,
  audit: [],
  events: [],
  eventsLeftOut: 0,
  incidents: [],
  findings: [],
};

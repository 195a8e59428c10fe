import { type PreparedWorkspace, type RequestTableOptions, seededRandom } from '@benchbook/core';
import type { AgentRecord, ByteSource, SimulationReport } from '@benchbook/model';
import { auditTally } from './audit-policies.ts';
import { breakerBank, type NamedRule, reportTrips } from './breakers.ts';
import { isoOf, placeCalls, timeOrder } from './clock.ts';
import { type Collected, collectCalls } from './collect.ts';
import { eventLog } from './events.ts';
import { type Posture, postureOf } from './fail-mode.ts';
import { type AgentCounts, findingsOf, type Seen } from './findings.ts';
import type { SimulationHooks } from './hooks.ts';
import { incidentLog } from './incident-log.ts';
import { DEFAULT_LATENCY } from './latency.ts';
import {
  DEFAULT_EVIDENCE,
  DEFAULT_FLAP_MS,
  DEFAULT_LABELS,
  DEFAULT_TIMEOUT_MS,
  type SimulationOptions,
} from './options.ts';
import { type Outage, outagesOver } from './outages.ts';
import { describePdp } from './pdp-states.ts';
import { createPep } from './pep.ts';
import type { SimulationState } from './state.ts';
import { type Tally, tally } from './tally.ts';

export interface SimulationResult {
  readonly report: SimulationReport;
  /** What the next run goes on from: see `before` of the options. */
  readonly after: SimulationState;
  /** What was read, and the first places that could not be. */
  readonly read: Pick<Collected, 'recordings' | 'unreadable'>;
}

/** Sends the recorded calls through a PEP whose PDP is in trouble for a while. Rejects where a recording cannot be opened. */
export async function simulate(
  prepared: PreparedWorkspace,
  records: readonly AgentRecord[],
  recordings: readonly ByteSource[],
  options: SimulationOptions = {},
  hooks: SimulationHooks = {},
  table?: RequestTableOptions,
): Promise<SimulationResult> {
  const { state = 'up' } = options;
  const collected = await collectCalls(prepared, recordings, table, hooks.onProgress);
  const { calls } = collected;
  const placed = placeCalls(calls);
  const order = timeOrder(placed);
  const first = order.length > 0 ? placed.times[order[0]!]! : 0;
  const last = order.length > 0 ? placed.times[order.at(-1)!]! : 0;
  const outages =
    state === 'up'
      ? []
      : outagesOver(
          options.outages ?? [],
          order.map((index) => placed.times[index]!),
        );
  const trouble = {
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    flapMs: options.flapMs ?? DEFAULT_FLAP_MS,
    latency: options.latency ?? DEFAULT_LATENCY,
    random: seededRandom(options.seed ?? 1),
  };

  const rules = namedRules(records, options);
  const breakers = breakerBank(rules, options.before, first);
  const policies = prepared.policies.everything.flatMap((set) => set.policies);
  const escalating = policies.filter(({ effect }) => effect === 'escalate').map(({ id }) => id);
  const incidents = incidentLog(
    options.critical ?? prepared.workspace.manifest.governance?.critical ?? [],
    new Set(escalating),
  );
  const events = eventLog();
  const audit = auditTally(
    policies.filter(({ file }) => prepared.modeOf(file) === 'audit'),
    options.labels ?? DEFAULT_LABELS,
    options.evidence ?? DEFAULT_EVIDENCE,
  );
  for (const { call, decision, wouldBe } of calls) audit.visit(call, decision, wouldBe);

  const counts = tally(outages.length);
  const resets: Seen['resets'][number][] = [];
  const pep = createPep({
    state,
    trouble,
    outages,
    resets: options.resets ?? [],
    breakers,
    incidents,
    events,
    hooks,
    postureOf: postures(records, options),
    onEnforced: counts.visit,
    onReset: (reset, outcome) => void resets.push({ reset, outcome }),
  });
  for (const index of order) await pep.enforce(calls[index]!, placed.times[index]!);
  await pep.end();

  const { agents, summary, reviewMinutes } = counts.finish();
  return {
    report: {
      schema: 'benchbook.simulate/v1',
      pdp: { state, description: describePdp(state, trouble) },
      summary: { ...summary, incidents: incidents.incidents.length },
      agents: agents.map(reportAgent),
      outages: outages.map((outage, index) => reportOutage(outage, counts.outages[index]!)),
      breakers: reportTrips(breakers.trips),
      reviewMinutes,
      audit: audit.report((last - first) / 86_400_000),
      ...events.finish(),
      incidents: incidents.incidents,
      findings: findingsOf({
        agents,
        resets,
        rules,
        withoutNumber: breakers.withoutNumber,
        withoutTime: placed.withoutTime,
        emptyOutages: counts.outages.filter((outage) => outage.calls === 0).length,
        unreadable: collected.unreadableCount,
      }),
    },
    after: breakers.state(last),
    read: { recordings: collected.recordings, unreadable: collected.unreadable },
  };
}

/** Rules of the cards first, then those of the command line, which count all agents. */
function namedRules(records: readonly AgentRecord[], options: SimulationOptions): readonly NamedRule[] {
  const ofCards = records.flatMap(({ id, deployment: { breakers, approvers } }) =>
    breakers.map((rule) => ({ name: `${id}/${rule.id}`, rule, agent: id, approvers })),
  );
  const everyone = [...new Set(records.flatMap(({ deployment }) => deployment.approvers))].sort();
  const ofOptions = (options.breakers ?? []).map((rule) => ({
    name: rule.id,
    rule,
    agent: null,
    approvers: everyone,
  }));
  return [...ofCards, ...ofOptions];
}

function postures(
  records: readonly AgentRecord[],
  { failMode }: SimulationOptions,
): (agent: string | null) => Posture {
  const byId = new Map(records.map((record) => [record.id, record]));
  const known = new Map<string | null, Posture>();
  return (agent) => {
    let posture = known.get(agent);
    if (!posture) {
      posture = postureOf(agent, agent === null ? null : (byId.get(agent) ?? null), failMode);
      known.set(agent, posture);
    }
    return posture;
  };
}

function reportAgent({
  posture,
  calls,
  unvalidated,
  blocked,
}: AgentCounts): SimulationReport['agents'][number] {
  const { agent, tier, failMode, tierMode } = posture;
  return { agent, tier, failMode, overridden: failMode !== tierMode, calls, unvalidated, blocked };
}

function reportOutage(
  { from, to }: Outage,
  counts: Tally['outages'][number],
): SimulationReport['outages'][number] {
  return { from: isoOf(from), to: isoOf(to), ...counts };
}

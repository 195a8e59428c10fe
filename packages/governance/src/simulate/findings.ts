import type { FailMode, RiskTier, SimulationReport } from '@benchbook/model';
import type { NamedRule } from './breakers.ts';
import { isGrave, type Posture } from './fail-mode.ts';
import type { Reset } from './options.ts';

type Finding = SimulationReport['findings'][number];

/** What one agent's calls came to. */
export interface AgentCounts {
  readonly posture: Posture;
  calls: number;
  unvalidated: number;
  blocked: number;
  /** Of `unvalidated` those that no person reviewed in time. */
  unreviewed: number;
  /** Of `unvalidated` those that the policies would have denied or escalated. */
  wrongly: number;
  /** Answers that were not honoured. */
  refusedAnswers: number;
  /** Calls on which a policy errs. */
  errors: number;
}

/** What else was seen. */
export interface Seen {
  readonly agents: readonly AgentCounts[];
  readonly resets: readonly {
    readonly reset: Reset;
    readonly outcome: 'done' | 'no-approver' | 'not-tripped';
  }[];
  readonly rules: readonly NamedRule[];
  readonly withoutNumber: ReadonlyMap<string, number>;
  readonly withoutTime: number;
  /** Outages in which no call was made. */
  readonly emptyOutages: number;
  readonly unreadable: number;
}

/** What a person should act on; errors first, then by code and text. */
export function findingsOf(seen: Seen): readonly Finding[] {
  const found: Finding[] = [
    ...seen.agents.flatMap(agentFindings),
    ...seen.resets.flatMap(resetFinding),
    ...[...seen.withoutNumber].map(([rule, calls]): Finding => {
      const pointer = seen.rules.find(({ name }) => name === rule)?.rule.pointer ?? '';
      return {
        code: 'breaker-without-number',
        severity: 'warning',
        message: `breaker ${rule}: ${count(calls)} had no number at ${pointer} and counted as nothing`,
      };
    }),
  ];
  if (seen.emptyOutages > 0)
    found.push({
      code: 'outage-without-calls',
      severity: 'warning',
      message: `${seen.emptyOutages === 1 ? '1 outage' : `${seen.emptyOutages} outages`} met no call and rehearsed nothing; choose another time with \`--outage\``,
    });
  if (seen.withoutTime > 0)
    found.push({
      code: 'calls-without-time',
      severity: 'info',
      message: `${count(seen.withoutTime)} had no recorded time and stand one second apart`,
    });
  if (seen.unreadable > 0)
    found.push({
      code: 'unreadable',
      severity: 'warning',
      message: `${seen.unreadable} places of the recordings could not be read; the simulation lacks them`,
    });
  const rank = { error: 0, warning: 1, info: 2, hint: 3 };
  return found.sort(
    (a, b) => rank[a.severity] - rank[b.severity] || compare(a.code, b.code) || compare(a.message, b.message),
  );
}

function agentFindings(counts: AgentCounts): Finding[] {
  const { posture, calls, unvalidated, unreviewed, wrongly, refusedAnswers, errors } = counts;
  const { agent, record, tier, failMode, tierMode, setBy } = posture;
  const name = agent ?? 'calls without an agent';
  const found: Finding[] = [];
  const severity = isGrave(tier) ? 'error' : 'warning';
  if (record === null)
    found.push({
      code: 'agent-unknown',
      severity: 'warning',
      message: `${name}: no card in the registry, so its ${count(calls)} ran as of the critical tier; write a card`,
    });
  if (failMode !== tierMode) found.push(overridden(name, tier, failMode, tierMode, setBy));
  const passed = unvalidated - unreviewed;
  if (passed > 0)
    found.push({
      code: 'passed-unvalidated',
      severity,
      message: `${name} (${tier}): ${count(passed)} passed unvalidated, of them ${wrongly} that the policies do not allow; ${isGrave(tier) ? 'let it fail closed' : 'look through their log'}`,
    });
  if (unreviewed > 0)
    found.push({
      code: 'passed-unreviewed',
      severity,
      message: `${name} (${tier}): ${count(unreviewed)} that a person must approve passed when the review ran out; name approvers who can answer in time, or let it fail closed`,
    });
  if (refusedAnswers > 0)
    found.push({
      code: 'answer-not-honoured',
      severity: 'warning',
      message: `${name}: ${refusedAnswers === 1 ? '1 answer to a review' : `${refusedAnswers} answers to reviews`} came late, or from nobody whom the card names as approver`,
    });
  if (errors > 0)
    found.push({
      code: 'policy-errs',
      severity: 'warning',
      message: `${name}: a policy errs on ${count(errors)}; see \`benchbook replay\``,
    });
  return found;
}

function overridden(
  name: string,
  tier: RiskTier,
  failMode: FailMode,
  tierMode: FailMode,
  setBy: Posture['setBy'],
): Finding {
  const where = setBy === 'card' ? 'its card' : '`--fail-mode`';
  return failMode === 'open'
    ? {
        code: 'fail-mode-looser',
        severity: 'warning',
        message: `${name}: ${where} lets it fail open, but its tier (${tier}) fails closed`,
      }
    : {
        code: 'fail-mode-stricter',
        severity: 'info',
        message: `${name}: ${where} lets it fail ${failMode}, its tier (${tier}) would fail ${tierMode}`,
      };
}

function resetFinding({ reset, outcome }: Seen['resets'][number]): Finding[] {
  if (outcome === 'done') return [];
  const { rule, key, by, at } = reset;
  return outcome === 'no-approver'
    ? [
        {
          code: 'reset-refused',
          severity: 'error',
          message: `reset of ${rule} for ${key} at ${at}: ${by} is no approver of the card; the breaker stays tripped`,
        },
      ]
    : [
        {
          code: 'reset-without-trip',
          severity: 'warning',
          message: `reset of ${rule} for ${key} at ${at}: no such breaker was tripped then`,
        },
      ];
}

function count(calls: number): string {
  return `${calls} ${calls === 1 ? 'call' : 'calls'}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The facts document: what a check is asked about (docs/agents.md). Members are always there; what is not stated is null. */
import {
  type AgentCard,
  type AgentRecord,
  type Facts,
  type Json,
  type JsonObject,
  type Review,
  setOwn,
} from '@benchbook/model';
import type { Workspace } from '@benchbook/workspace';
import { daysSince } from '../registry/days.ts';
import { compareTiers, failModeOf } from '../registry/tiers.ts';
import type { CheckedEvidence } from './evidence.ts';
import type { Grants } from './grants.ts';
import type { ObservedAgent } from './observe.ts';

/** All that is known of one agent. */
export interface AgentKnowledge {
  readonly agent: AgentRecord;
  readonly card: AgentCard | undefined;
  readonly observed: ObservedAgent;
  readonly grants: Grants;
  readonly evidence: readonly CheckedEvidence[];
  readonly workspace: Pick<Workspace, 'manifest'>;
  /** ISO time. */
  readonly now: string;
}

/** What every check is asked about one agent. */
export function checkFacts(known: AgentKnowledge): Facts {
  return {
    agent: { id: known.agent.id },
    tool: { name: 'build-check' },
    args: checkArgs(known),
    session: { calls: 0, tools: [], history: [] },
    ts: known.now,
  };
}

function checkArgs({ agent, card, observed, grants, evidence, workspace, now }: AgentKnowledge): JsonObject {
  const { manifest } = workspace;
  const { derived, stated, reason, effective } = agent.tier;
  const stateOf = (member: string): string | null =>
    evidence.find((one) => one.member === member)?.state ?? null;
  const review = (member: string, made: Review | null): JsonObject | null =>
    made && {
      date: made.date,
      by: made.by,
      ageDays: daysSince(made.date, now),
      evidence: made.evidence ? { file: made.evidence.file, state: stateOf(member) } : null,
    };
  const { deployment, reviews } = agent;
  return {
    now,
    agent: {
      id: agent.id,
      name: agent.name,
      owner: agent.owner,
      accountable: agent.accountable,
      purpose: agent.purpose,
      risk: agent.risk,
      tools: agent.tools.map(({ name, scopes }) => ({ name, scopes })),
      model: agent.model,
      attributes: ownAttributes(card),
    },
    tier: {
      effective,
      derived,
      stated,
      reason,
      lowered: derived !== null && stated !== null && compareTiers(stated, derived) < 0,
    },
    deployment: {
      environment: deployment.environment,
      failMode: deployment.failMode,
      failModeOfTier: failModeOf(effective),
      breakers: deployment.breakers.map((breaker) => ({
        ...breaker,
        pointer: breaker.pointer ?? null,
        tools: breaker.tools ?? [],
      })),
      approvers: deployment.approvers,
      reviewMinutes: deployment.reviewMinutes,
      retentionMonths: deployment.retentionMonths ?? manifest.governance?.retentionMonths ?? null,
    },
    reviews: {
      impactAssessment: review('reviews.impactAssessment', reviews.impactAssessment),
      adversarialTest: review('reviews.adversarialTest', reviews.adversarialTest),
      signOffs: reviews.signOffs.map((signOff, index) => ({
        role: signOff.role,
        ...review(`reviews.signOffs.${index}`, signOff),
        envelope: signOff.envelope ?? null,
      })),
    },
    evidence: evidence.map(({ member, file, state }) => ({ member, file, state })),
    calls: { total: observed.calls, outcomes: observed.outcomes },
    grants: { ...grants },
    suite: {
      calls: observed.suite.calls,
      met: observed.suite.calls - observed.suite.missed,
      missed: observed.suite.missed,
      missedCalls: observed.suite.missedCalls,
      tools: [...observed.suite.tools].sort(),
    },
    workspace: {
      governed: manifest.governance !== null,
      default: manifest.default,
      role: manifest.profile.role ?? null,
      riskClass: manifest.profile.riskClass ?? null,
    },
  };
}

/** Members that mean something here, and are told under their own names. */
const MEANT = new Set([
  'name',
  'owner',
  'accountable',
  'purpose',
  'risk',
  'riskTier',
  'tierReason',
  'tools',
  'model',
  'deployment',
  'reviews',
]);

function ownAttributes(card: AgentCard | undefined): JsonObject {
  const own: { [key: string]: Json } = {};
  for (const [key, value] of Object.entries(card?.attributes ?? {}))
    if (!MEANT.has(key)) setOwn(own, key, value);
  return own;
}

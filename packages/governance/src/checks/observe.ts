import {
  createDecider,
  type DecidedCall,
  openPdps,
  type PreparedWorkspace,
  type RequestTableOptions,
  readThrough,
  requestTable,
} from '@benchbook/core';
import type { ByteSource, Outcome } from '@benchbook/model';
import type { PdpDecision } from '@benchbook/pdp';

/** What recorded calls show of one agent, decided by the policies as they are. */
export interface ObservedAgent {
  calls: number;
  readonly outcomes: { [outcome in Outcome]: number };
  /** By tool: calls of its own, and what was asked in its name. */
  readonly tools: Map<string, ObservedTool>;
  /** Calls that a reviewer says must be denied, and those of them that are not. */
  readonly suite: {
    calls: number;
    missed: number;
    readonly missedCalls: string[];
    readonly tools: Set<string>;
  };
  /** Ids of policies that applied to some call by it, or asked in its name, and determined it. */
  readonly applied: Set<string>;
}

/** One tool as an agent used it. */
export interface ObservedTool {
  calls: number;
  /** Of them allowed, or left to a person. */
  granted: number;
  /** Recorded calls of others that were asked in its name, and those of them that would be granted. */
  asked: number;
  askedGranted: number;
}

/** What recordings show of every registered agent. */
export interface Observed {
  of(agent: string): ObservedAgent;
  /** Names of all tools that some agent called. */
  readonly tools: ReadonlySet<string>;
}

/** Calls of others that are asked in an agent's name, per tool: enough to see whether the policies tell agents apart. */
const ASKED_PER_TOOL = 5;
/** In all, so that many agents over many tools stay quick. */
const ASKED_IN_ALL = 20_000;
const MISSED_SHOWN = 5;

/**
 * Decides every recorded call once. A tool that an agent never called is asked for in its name: with recorded calls of
 * other agents, at their place in their session. Rejects where a recording cannot be opened.
 */
export async function observeAgents(
  prepared: PreparedWorkspace,
  agents: readonly string[],
  recordings: readonly ByteSource[],
  table: RequestTableOptions = {},
): Promise<Observed> {
  const observed = new Map(agents.map((id) => [id, newAgent()]));
  const tools = new Set<string>();
  const pdps = openPdps(prepared, requestTable(table));
  let asked = 0;

  function visit(decided: DecidedCall): void {
    const { call, session } = decided;
    const tool = call.tool.name;
    tools.add(tool);
    const own = call.agent && observed.get(call.agent.id);
    if (own) addCall(own, decided);
    for (const [id, agent] of observed) {
      if (agent === own || asked >= ASKED_IN_ALL) continue;
      const seen = toolOf(agent, tool);
      if (seen.asked >= ASKED_PER_TOOL) continue;
      asked++;
      seen.asked++;
      const answer = pdps.enforced.decide({ ...call, agent: { id } }, session);
      if (isGrant(answer)) seen.askedGranted++;
      addApplied(agent, answer);
    }
  }

  await readThrough(recordings, createDecider(pdps, visit));
  const none = newAgent();
  return { of: (agent) => observed.get(agent) ?? none, tools };
}

function newAgent(): ObservedAgent {
  return {
    calls: 0,
    outcomes: { allow: 0, deny: 0, escalate: 0, indeterminate: 0 },
    tools: new Map(),
    suite: { calls: 0, missed: 0, missedCalls: [], tools: new Set() },
    applied: new Set(),
  };
}

function toolOf(agent: ObservedAgent, name: string): ObservedTool {
  let tool = agent.tools.get(name);
  if (!tool) {
    tool = { calls: 0, granted: 0, asked: 0, askedGranted: 0 };
    agent.tools.set(name, tool);
  }
  return tool;
}

function addCall(agent: ObservedAgent, { call, decision }: DecidedCall): void {
  agent.calls++;
  agent.outcomes[decision.outcome]++;
  const tool = toolOf(agent, call.tool.name);
  tool.calls++;
  if (isGrant(decision)) tool.granted++;
  addApplied(agent, decision);
  if (call.expect !== 'deny') return;
  const { suite } = agent;
  suite.calls++;
  suite.tools.add(call.tool.name);
  if (decision.outcome === 'deny') return;
  suite.missed++;
  if (suite.missedCalls.length < MISSED_SHOWN) suite.missedCalls.push(call.id);
}

function isGrant({ outcome }: PdpDecision): boolean {
  return outcome === 'allow' || outcome === 'escalate';
}

function addApplied(agent: ObservedAgent, { determining }: PdpDecision): void {
  for (const id of determining) agent.applied.add(id);
}

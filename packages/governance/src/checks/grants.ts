import type { PreparedWorkspace } from '@benchbook/core';
import type { AgentRecord, Policy } from '@benchbook/model';
import { nameMatcher } from '@benchbook/workspace';
import type { Observed, ObservedTool } from './observe.ts';

/** What the policies grant an agent, held against its card and against what it did. Names of tools, sorted. */
export interface Grants {
  /** Allowed, or left to a person, in some recorded or asked call; or permitted by name where nobody ever called it. */
  readonly granted: readonly string[];
  /** Declared, granted, never used by it. */
  readonly unused: readonly string[];
  /** Granted, not declared. */
  readonly undeclared: readonly string[];
  /** Of these, what it used. */
  readonly usedUndeclared: readonly string[];
  /** Used, not declared, and never granted. */
  readonly attempted: readonly string[];
  /** Declared, and nothing allows it. */
  readonly notGranted: readonly string[];
  /** Policies that grant without naming a tool. */
  readonly wildcards: readonly string[];
  /** Patterns on the card. */
  readonly cardWildcards: readonly string[];
}

/** Names that a workspace knows. */
interface Known {
  readonly tools: ReadonlySet<string>;
  readonly agents: ReadonlySet<string>;
}

/** Works out the grants of one agent; `agents` are the ids of all that are registered. */
export function grantsOf(
  agent: AgentRecord,
  prepared: PreparedWorkspace,
  observed: Observed,
  agents: readonly string[],
): Grants {
  const declaredNames = agent.tools.map(({ name }) => name);
  const isDeclared = nameMatcher(declaredNames);
  const cardWildcards = declaredNames.filter(isPattern).sort();
  const tools = new Set([
    ...prepared.workspace.tools.map(({ name }) => name),
    ...observed.tools,
    ...declaredNames.filter((name) => !isPattern(name)),
  ]);
  const known = { tools, agents: new Set(agents) };
  const permits = prepared.policies.enforced
    .flatMap((set) => set.policies)
    .filter((policy) => policy.effect === 'permit' && mayBeAbout(policy, agent.id, known));
  const seen = observed.of(agent.id);

  const status = (tool: string) => {
    const use = seen.tools.get(tool);
    const shown = use !== undefined && use.granted + use.askedGranted > 0;
    const named = permits.some(({ mentions }) => mentions.includes(tool));
    const asked = use !== undefined && use.calls + use.asked > 0;
    return { use, granted: shown || (named && !asked), possible: shown || named };
  };
  const wildcards = permits.filter((policy) => isWildcard(policy, known));
  const effective = wildcards.filter(({ id }) => seen.applied.has(id) || seen.tools.size === 0);
  const defaultAllows = prepared.workspace.manifest.default === 'allow';

  const all = [...tools].sort();
  const granted = all.filter((tool) => status(tool).granted);
  const undeclared = granted.filter((tool) => !isDeclared(tool));
  const used = (tool: string): boolean => (status(tool).use?.calls ?? 0) > 0;
  const opaque = canAllowUnnamed(prepared);
  return {
    granted,
    unused: granted.filter((tool) => isDeclared(tool) && !used(tool)),
    undeclared,
    usedUndeclared: undeclared.filter(used),
    attempted: all.filter((tool) => used(tool) && !isDeclared(tool) && !status(tool).granted),
    notGranted: all.filter(
      (tool) =>
        declaredNames.includes(tool) &&
        !status(tool).possible &&
        (wasAsked(status(tool).use) || !(opaque || defaultAllows || wildcards.length > 0)),
    ),
    wildcards: [
      ...effective.map(({ id }) => id),
      ...(defaultAllows ? ['`default: allow` of benchbook.yaml'] : []),
    ].sort(),
    cardWildcards,
  };
}

/** A permit that names other agents and not this one is not about it. */
function mayBeAbout({ mentions }: Policy, agent: string, { agents }: Known): boolean {
  return mentions.includes(agent) || !mentions.some((one) => agents.has(one));
}

function isWildcard({ mentions }: Policy, { tools }: Known): boolean {
  return !mentions.some((one) => tools.has(one));
}

/** Some set can allow, and not by policies that are written as permits: what it grants shows only in calls. */
function canAllowUnnamed({ policies }: PreparedWorkspace): boolean {
  return policies.enforced.some((set) => set.canAllow && set.policies.some(({ effect }) => effect === null));
}

function wasAsked(use: ObservedTool | undefined): boolean {
  return use !== undefined && use.calls + use.asked > 0;
}

function isPattern(name: string): boolean {
  return /[*?[{]/.test(name);
}

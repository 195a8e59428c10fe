import type { PolicyLoader, PreparedWorkspace, RequestTableOptions } from '@benchbook/core';
import type {
  AgentRecord,
  ByteSource,
  CheckFinding,
  Diagnostic,
  FileTree,
  Severity,
  TextRange,
} from '@benchbook/model';
import { applyIgnores, sortDiagnostics, type Workspace } from '@benchbook/workspace';
import type { Registry } from '../registry/registry.ts';
import { decideChecks, type Objection } from './decide.ts';
import { checkEvidence } from './evidence.ts';
import { checkFacts } from './facts.ts';
import { grantsOf } from './grants.ts';
import { checkIdOf, loadChecks } from './load.ts';
import { observeAgents } from './observe.ts';

export interface BuildCheckOptions {
  /** ISO time that ages are counted to. */
  readonly now: string;
  /** Opens the engines that the checks are written for. */
  readonly loader: PolicyLoader;
  /** Evidence is read from it. */
  readonly tree: FileTree;
  readonly table?: RequestTableOptions;
  /** `full`: as in a workspace whose manifest has a section `governance`, whatever this one has. */
  readonly strength?: 'full';
}

/** What the build checks say of all agents. */
export interface BuildChecks {
  /** By file, place and check; nothing silenced yet. */
  readonly findings: readonly CheckFinding[];
  /** By agent: checks that found something, and that did not; calls of the recordings. */
  readonly agents: ReadonlyMap<
    string,
    { readonly passed: number; readonly failed: number; readonly calls: number }
  >;
}

/** Decides every check about every agent. Rejects where a recording cannot be opened. */
export async function decideBuildChecks(
  prepared: PreparedWorkspace,
  registry: Registry,
  recordings: readonly ByteSource[],
  options: BuildCheckOptions,
): Promise<BuildChecks> {
  const { workspace } = prepared;
  const ids = registry.agents.map(({ id }) => id);
  const checks = await loadChecks(workspace, options.loader);
  if (ids.length === 0)
    return { findings: sortFindings(checks.broken.map((one) => brokenCheck('', one))), agents: new Map() };
  const observed = await observeAgents(prepared, ids, recordings, options.table);
  const cards = new Map(workspace.agents.map((card) => [card.id, card]));
  const findings: CheckFinding[] = [];
  const agents = new Map<string, { passed: number; failed: number; calls: number }>();
  for (const agent of registry.agents) {
    const seen = observed.of(agent.id);
    const facts = checkFacts({
      agent,
      card: cards.get(agent.id),
      observed: seen,
      grants: grantsOf(agent, prepared, observed, ids),
      evidence: await checkEvidence(agent, options.tree),
      workspace,
      now: options.now,
    });
    const { objections, asked } = decideChecks(checks, facts, prepared.controls);
    const soften = options.strength === 'full' ? 0 : leniency(agent, workspace);
    findings.push(...objections.map((objection) => finding(agent, objection, soften)));
    findings.push(...checks.broken.map((diagnostic) => brokenCheck(agent.id, diagnostic)));
    const failed = new Set(objections.map(({ check }) => check)).size;
    agents.set(agent.id, { passed: asked.length - failed, failed, calls: seen.calls });
  }
  return { findings: sortFindings(findings), agents };
}

/** The findings of {@link decideBuildChecks} that neither the manifest nor a `benchbook-ignore` silences. */
export async function runBuildChecks(
  prepared: PreparedWorkspace,
  registry: Registry,
  recordings: readonly ByteSource[],
  options: BuildCheckOptions,
): Promise<readonly CheckFinding[]> {
  const { findings } = await decideBuildChecks(prepared, registry, recordings, options);
  return withoutSilenced(findings, prepared.workspace);
}

/** What is left once the manifest's severities and comments `benchbook-ignore check/ID: reason` have spoken. */
export function withoutSilenced(
  findings: readonly CheckFinding[],
  workspace: Pick<Workspace, 'otherTexts' | 'manifest'>,
): readonly CheckFinding[] {
  return findings.flatMap((one) => {
    const [kept] = applyIgnores(
      [checkDiagnostic(one)],
      workspace.otherTexts.filter(({ path }) => path === one.file),
      workspace.manifest.diagnostics,
    ).filter(({ code }) => code === checkCode(one));
    return kept ? [{ ...one, severity: kept.severity }] : [];
  });
}

/** Findings as diagnostics, each once: a check that does not load is told once and not for every agent. */
export function checkDiagnostics(findings: readonly CheckFinding[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return sortDiagnostics(
    findings.map(checkDiagnostic).filter(({ code, file, range, message }) => {
      const key = JSON.stringify([code, file, range, message]);
      return !seen.has(key) && seen.add(key);
    }),
  );
}

/** True where nobody asked for the agents to be governed: no section `governance`, and cards as they always were. */
export function isUngoverned(registry: Registry, workspace: Pick<Workspace, 'manifest'>): boolean {
  return (
    workspace.manifest.governance === null &&
    registry.agents.every((agent) => leniency(agent, workspace) === 2)
  );
}

function checkDiagnostic(finding: CheckFinding): Diagnostic {
  const { severity, message, file, range } = finding;
  const code = checkCode(finding);
  const about = code === BROKEN ? message : `${finding.agent}: ${message}`;
  return { code, severity, message: about, file, range };
}

const BROKEN = 'check-broken';

/** What `benchbook-ignore` and the manifest name: `check/owner`. */
function checkCode({ check }: CheckFinding): string {
  if (check === BROKEN) return BROKEN;
  const name = check.slice(check.lastIndexOf('#') + 1);
  return `check/${checkIdOf({ name })}`;
}

const MEMBERS = ['accountable', 'risk', 'tierReason', 'deployment', 'reviews'] as const;
const LADDER: readonly Severity[] = ['error', 'warning', 'info', 'info'];

/** Steps by which findings are milder: 0 where the manifest speaks of governance, 1 where the card does, else 2. */
function leniency(agent: AgentRecord, { manifest }: Pick<Workspace, 'manifest'>): 0 | 1 | 2 {
  if (manifest.governance) return 0;
  return MEMBERS.some((member) => agent.at(member) !== null) ? 1 : 2;
}

function finding(agent: AgentRecord, objection: Objection, soften: 0 | 1 | 2): CheckFinding {
  const { kind, policy, message, controls, member } = objection;
  // A check that cannot be decided is a mistake in the check, whoever the agent is.
  const severity = kind === 'broken' ? 'error' : LADDER[soften + (kind === 'deny' ? 0 : 1)]!;
  const range = placeOf(agent, member);
  return { agent: agent.id, check: policy, severity, message, controls, file: agent.file, range };
}

/** The member, else what of it is written, else the id. */
function placeOf(agent: AgentRecord, member: string | null): TextRange {
  for (let at = member ?? ''; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const range = agent.at(at);
    if (range) return range;
  }
  return agent.at('id') ?? agent.range;
}

function brokenCheck(agent: string, { message, file, range }: Diagnostic): CheckFinding {
  return {
    agent,
    check: BROKEN,
    severity: 'error',
    message: `a check does not load, so that it checks nothing: ${message}`,
    controls: [],
    file,
    range,
  };
}

function sortFindings(findings: readonly CheckFinding[]): CheckFinding[] {
  const key = ({ file, range, check, agent, message }: CheckFinding) =>
    [file, String(range?.start ?? -1).padStart(9, '0'), agent, check, message].join('\n');
  return [...findings].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

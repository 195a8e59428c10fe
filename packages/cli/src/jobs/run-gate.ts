import { type PolicyLoader, type PreparedWorkspace, type RequestTableOptions, replay } from '@benchbook/core';
import { engines } from '@benchbook/engines';
import {
  agentSubjects,
  certificatePath,
  decideBuildChecks,
  fileNameOf,
  fileText,
  keyWith,
  MAX_ENVELOPE,
  readDependencies,
  readRegistry,
  readSigningKey,
  readSuite,
  readWorkspaceKeys,
  runGate,
  type SubjectSources,
  signSignOff,
  verifyCertificate,
  withoutSilenced,
  writeEnvelope,
} from '@benchbook/governance';
import { type DigestedSource, nodeAssets } from '@benchbook/host/node';
import type { AgentRecord, CheckFinding, FileTree, VerifyReport } from '@benchbook/model';
import type { Workspace } from '@benchbook/workspace';
import { version } from '../version.ts';
import type { JobKind, JobRefusal, JobResult } from './job.ts';

/** What every job of the gate starts from. */
export interface GateStart {
  readonly workspace: Workspace;
  readonly tree: FileTree;
  readonly recordings: readonly DigestedSource[];
  readonly assets: readonly string[];
}

type GateJob = Extract<JobKind, { kind: 'gate' }>;
type VerifyJob = Extract<JobKind, { kind: 'gate-verify' }>;
type SignOffJob = Extract<JobKind, { kind: 'sign-off' }>;

/** Holds an agent against the rules of its tier over policies that are loaded. */
export async function gateJob(
  job: GateJob,
  start: GateStart,
  prepared: PreparedWorkspace,
  loader: PolicyLoader,
  table: RequestTableOptions,
  onProgress: (calls: number, bytes: number) => void,
): Promise<JobResult | JobRefusal> {
  const { workspace, tree, recordings } = start;
  const sources = await sourcesOf(job.agent, start);
  if ('refused' in sources) return sources;
  const key = job.key === undefined ? null : await signingKey(job.key);
  const registry = readRegistry(workspace);
  const { report: replayed } = await replay(prepared, recordings, { table, onProgress });
  const now = new Date(job.now).toISOString();
  const options = { now, loader, tree, table, strength: 'full' } as const;
  const { findings: all } = await decideBuildChecks(prepared, registry, recordings, options);
  const findings = withoutSilenced(all, workspace);
  const { report, envelope } = await runGate({
    ...sources,
    findings,
    diagnostics: prepared.diagnoseWith(registry.diagnostics),
    replay: replayed,
    ring: await readWorkspaceKeys(workspace, tree),
    controls: prepared.controls,
    now: job.now,
    key,
    notes: silencedNotes(job.agent, all, findings),
    ...(job.validDays !== undefined && { validDays: job.validDays }),
  });
  return {
    kind: 'gate',
    report,
    certificate: envelope && writeEnvelope(envelope),
    path: certificatePath(workspace.manifest.governance, job.agent),
  };
}

/** Holds a certificate against the files as they are; policies need not load for it. */
export async function verifyJob(job: VerifyJob, start: GateStart): Promise<JobResult | JobRefusal> {
  const { workspace, tree } = start;
  const sources = await sourcesOf(job.agent, start);
  if ('refused' in sources) return sources;
  const [subjects, ring] = await Promise.all([agentSubjects(sources), readWorkspaceKeys(workspace, tree)]);
  const { agent } = sources;
  const text = job.certificate ?? (await ownCertificate(agent.id, workspace, tree));
  if (typeof text !== 'string') return { kind: 'gate-verify', report: noCertificate(agent.id, text.error) };
  const report = await verifyCertificate(text, { agent, subjects, ring, now: job.now });
  return { kind: 'gate-verify', report };
}

async function ownCertificate(agent: string, { manifest }: Workspace, tree: FileTree) {
  const path = certificatePath(manifest.governance, agent);
  if (!(await tree.list()).includes(path)) return { error: `there is no certificate ${path}` };
  const read = await fileText(tree, path, MAX_ENVELOPE);
  return 'text' in read ? read.text : { error: `${path}: ${read.error}` };
}

function noCertificate(agent: string, reason: string): VerifyReport {
  const nothing = { issued: null, expires: null, key: null };
  return { schema: 'benchbook.verify/v1', agent, state: 'invalid', reasons: [reason], ...nothing };
}

/** Signs off the agent as it is. */
export async function signOffJob(job: SignOffJob, start: GateStart): Promise<JobResult | JobRefusal> {
  const { workspace, tree } = start;
  const sources = await sourcesOf(job.agent, start);
  if ('refused' in sources) return sources;
  const [subjects, ring] = await Promise.all([agentSubjects(sources), readWorkspaceKeys(workspace, tree)]);
  if (subjects.unreadable.length > 0) return { refused: subjects.unreadable[0]! };
  const key = await signingKey(job.key);
  const trusted = keyWith(ring, key.publicKey);
  if (!trusted)
    return {
      refused: 'the key is not among governance.keys, so nobody could verify the sign-off: enter it there',
    };
  if (trusted.revokedAt !== null && trusted.revokedAt <= job.now)
    return { refused: `the key ${trusted.id} is revoked` };
  const { agent } = sources;
  const date = new Date(job.now).toISOString().replace(/\.\d+Z$/, 'Z');
  const statement = { role: job.role, by: trusted.holder, date };
  const envelope = await signSignOff(
    { ...statement, agent: agent.id, tier: agent.tier.effective, subjects: subjects.signOff },
    key,
    trusted.id,
  );
  return {
    kind: 'sign-off',
    envelope: writeEnvelope(envelope),
    path: `governance/sign-offs/${fileNameOf(agent.id)}-${fileNameOf(trusted.id)}-${fileNameOf(job.role)}.json`,
    ...statement,
  };
}

async function sourcesOf(
  id: string,
  { workspace, tree, recordings, assets }: GateStart,
): Promise<(SubjectSources & { readonly agent: AgentRecord }) | JobRefusal> {
  const { agents, of } = readRegistry(workspace);
  const agent = of(id);
  if (!agent) {
    const known = agents.map((one) => one.id).sort();
    const registered = known.length === 0 ? 'no agent is registered' : `registered: ${known.join(', ')}`;
    return { refused: `no agent '${id}' in the registry; ${registered}` };
  }
  const manifests = engines.map(({ manifest }) => manifest);
  return {
    workspace,
    tree,
    agent,
    suite: await readSuite(recordings),
    dependencies: await readDependencies(workspace, manifests, nodeAssets(assets), version),
  };
}

async function signingKey(text: string) {
  const read = await readSigningKey(text);
  // The command has read it already: what is wrong with a key is told there.
  if ('error' in read) throw new Error(`the key ${read.error}`);
  return read.key;
}

/** A silenced finding has its reason in the file; whoever reads the certificate must still know of it. */
function silencedNotes(
  agent: string,
  all: readonly CheckFinding[],
  kept: readonly CheckFinding[],
): readonly string[] {
  const left = new Set(kept.map(nameOf));
  const silenced = all.filter((one) => one.agent === agent && !left.has(nameOf(one)));
  return [...new Set(silenced.map(({ check }) => `the build check ${check} is silenced`))].sort();
}

function nameOf({ agent, check, file, range, message }: CheckFinding): string {
  return JSON.stringify([agent, check, file, range, message]);
}

/** A small workspace with one agent, its replay, and people with keys. */
import { policyLoader, prepareWorkspace, replay } from '@benchbook/core';
import { engines } from '@benchbook/engines';
import { type Call, digest, type FileTree, type Json, type RiskTier, writeJson } from '@benchbook/model';
import { memorySource, memoryTree, sourceAssets } from '@benchbook/testkit';
import { loadWorkspace } from '@benchbook/workspace';
import { writeEnvelope } from '../../src/dsse/envelope.ts';
import { keyRingEntry } from '../../src/dsse/key-ring.ts';
import { type SigningKey, signingKeyOf } from '../../src/dsse/keys.ts';
import {
  agentSubjects,
  type GateInput,
  readDependencies,
  readRegistry,
  readSuite,
  readWorkspaceKeys,
  runGate,
  signSignOff,
} from '../../src/index.ts';

export const NOW = Date.parse('2026-06-01T12:00:00Z');

export type Files = Record<string, string | Uint8Array>;

/** The key of a person, always the same. */
export async function keyOf(person: string): Promise<SigningKey> {
  const seed = new Uint8Array(32);
  seed.set(new TextEncoder().encode(person).slice(0, 32));
  const made = await signingKeyOf(seed);
  if ('error' in made) throw new Error(made.error);
  return made.key;
}

/** `governance/keys.yaml` for people; `gate` is the key that certifies. */
export async function keysYaml(...people: string[]): Promise<string> {
  const entries = await Promise.all(
    ['gate', ...people].map(async (one) => keyRingEntry(one, one, (await keyOf(one)).publicKey)),
  );
  return entries.join('');
}

function line(
  seq: number,
  amount: number,
  expect?: string,
  changes: Partial<Record<keyof Call, Json>> = {},
): string {
  return writeJson({
    v: 1,
    session: 's1',
    seq,
    agent: { id: 'payer' },
    tool: { name: 'pay', server: 'bank' },
    args: { amount },
    ...(expect !== undefined && { expect }),
    ...changes,
  });
}

export const POLICY = `name: pay
rule:
  id: pay
  match:
    # @controls eu-ai-act:14(4)(d)
    - id: large
      condition: args.amount > 1000
      output: "'deny'"
    # @controls eu-ai-act:14(4)(e)
    - id: small
      condition: args.amount > 0
      output: "'allow'"
`;

export const TRACE = `${[line(0, 10, 'allow'), line(1, 5000, 'deny'), line(2, 900), line(3, 2000), line(4, 0)].join('\n')}\n`;

const IMPACT = 'No harm is to be expected.\n';

const MANIFEST = `version: 1
controls: [eu-ai-act]
governance:
  keys: governance/keys.yaml
`;

export interface CardParts {
  readonly tier?: RiskTier;
  readonly reviews?: Json;
  readonly purpose?: string;
}

/** The agent's card, as JSON (which is YAML). */
export function card({ tier = 'low', reviews, purpose = 'Pays small bills.' }: CardParts = {}): string {
  return writeJson({
    id: 'payer',
    name: 'Payer',
    owner: 'finance',
    accountable: { name: 'Ann', role: 'CFO' },
    purpose,
    risk: { dataSensitivity: 'public', decisionAuthority: 'informs', blastRadius: 'one-record' },
    riskTier: tier,
    tools: ['pay'],
    ...(reviews !== undefined && { reviews }),
  });
}

/** A workspace that passes at tier low. */
export async function files(parts: CardParts = {}, more: Files = {}): Promise<Files> {
  return {
    'benchbook.yaml': MANIFEST,
    'agents/payer.yaml': card(parts),
    'policies/pay.cel.yaml': POLICY,
    'tools/bank.json': '{"tools":[{"name":"pay","inputSchema":{"type":"object"}}]}',
    'traces/a.jsonl': TRACE,
    'governance/keys.yaml': await keysYaml('Ann', 'Ben', 'Cleo'),
    'evidence/impact.md': IMPACT,
    ...more,
  };
}

/** All that the gate looks at, from files held in memory. */
export async function inputOf(
  contents: Files,
  changes: Partial<GateInput> = {},
  tree: FileTree = memoryTree(contents),
): Promise<GateInput> {
  const manifests = engines.map(({ manifest }) => manifest);
  const workspace = await loadWorkspace(tree, manifests);
  const recordings = workspace.tracePaths.map((path) => memorySource(path, contents[path]!));
  const loader = policyLoader(engines, sourceAssets(), () => ({}));
  const prepared = await prepareWorkspace(workspace, loader, recordings);
  const { report } = await replay(prepared, recordings);
  loader.close();
  const agent = readRegistry(workspace).of('payer');
  if (!agent) throw new Error('no card');
  return {
    workspace,
    tree,
    agent,
    suite: await readSuite(recordings),
    dependencies: await readDependencies(workspace, manifests, sourceAssets(), '0.1.0'),
    findings: [],
    diagnostics: prepared.diagnostics,
    replay: report,
    ring: await readWorkspaceKeys(workspace, tree),
    controls: prepared.controls,
    now: NOW,
    key: await keyOf('gate'),
    ...changes,
  };
}

/** A workspace with sign-offs of people in roles, signed over what it is. */
export async function signedFiles(
  tier: RiskTier,
  people: readonly (readonly [person: string, role: string])[],
  more: Files = {},
  change: (statement: Parameters<typeof signSignOff>[0], person: string) => typeof statement = (one) => one,
): Promise<Files> {
  const date = '2026-05-30';
  const reviews = (signOffs: Json): Json => ({
    impactAssessment: {
      date: '2026-04-01',
      by: 'Dora',
      evidence: { file: 'evidence/impact.md', sha256: digest(IMPACT) },
    },
    signOffs,
  });
  const bare = await files({ tier, reviews: reviews([]) }, more);
  const { agent, ...sources } = await inputOf(bare);
  const { signOff: subjects } = await agentSubjects({ ...sources, agent });
  const signOffs: Json[] = [];
  const envelopes: Files = {};
  for (const [index, [person, role]] of people.entries()) {
    const statement = change({ agent: 'payer', tier, role, by: person, date, subjects }, person);
    const envelope = `governance/sign-offs/${index}.json`;
    envelopes[envelope] = writeEnvelope(await signSignOff(statement, await keyOf(person), person));
    signOffs.push({ role, by: person, date, envelope });
  }
  return { ...(await files({ tier, reviews: reviews(signOffs) }, more)), ...envelopes };
}

/** Runs the gate: its outcome, and the conditions that did not pass. */
export async function gate(contents: Files, changes: Partial<GateInput> = {}) {
  const { report, envelope } = await runGate(await inputOf(contents, changes));
  const open = report.checks.filter(({ state }) => state !== 'passed');
  return {
    report,
    envelope,
    outcome: report.outcome,
    open: Object.fromEntries(open.map(({ id, state, message }) => [id, `${state}: ${message}`])),
  };
}

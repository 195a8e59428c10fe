/** A workspace whose one agent passes every check, to be changed by tests; decided by the real engines. */
import { engineOptions, policyLoader, prepareWorkspace } from '@benchbook/core';
import { engines } from '@benchbook/engines';
import { type CheckFinding, digest } from '@benchbook/model';
import {
  type CallParts,
  memorySource,
  memoryTree,
  nativeLines,
  sessionOf,
  sourceAssets,
} from '@benchbook/testkit';
import { DEFAULT_MANIFEST, loadWorkspace } from '@benchbook/workspace';
import { type BuildChecks, decideBuildChecks, readRegistry, runBuildChecks } from '../../src/index.ts';

export const NOW = '2026-06-01T12:00:00Z';
const ASSESSMENT = 'What may go wrong, and for whom.';

export const CARD = `id: bot
owner: desk@example.com
accountable: { name: Ada, role: head of support }
purpose: Refunds small amounts.
risk: { dataSensitivity: restricted, decisionAuthority: acts-with-approval, blastRadius: one-team }
riskTier: high
tools: [get_order, refund]
deployment:
  environment: production
  failMode: closed
  breakers: [{ id: many, count: calls, per: agent, limit: 200, windowMinutes: 60 }]
  approvers: [Bo]
  retentionMonths: 6
reviews:
  impactAssessment: { date: 2026-05-01, by: Cy, evidence: { file: docs/a.md, sha256: ${digest(ASSESSMENT)} } }
  adversarialTest: { date: 2026-05-02, by: Cy }
`;

export const POLICIES = `@id("read") permit (principal == Agent::"bot", action == Action::"get_order", resource);
@id("refund") permit (principal == Agent::"bot", action == Action::"refund", resource)
when { context.input has amount && context.input.amount <= 100 };
`;

export const CALLS: readonly CallParts[] = [
  { tool: 'get_order', args: { order: 'A-1' } },
  { tool: 'refund', args: { amount: 40 } },
  { tool: 'refund', args: { amount: 4000 }, expect: 'deny' },
];

const FILES = {
  'benchbook.yaml': 'version: 1\ngovernance: { checks: ["governance/checks/**"] }\n',
  'agents/bot.yaml': CARD,
  'policies/desk.cedar': POLICIES,
  'docs/a.md': ASSESSMENT,
};

export interface Given {
  readonly files?: Readonly<Record<string, string>>;
  readonly calls?: readonly CallParts[];
  readonly now?: string;
}

/** Engines are dear: they are opened once. */
const loader = policyLoader(engines, sourceAssets(), (engine) => engineOptions(engine, DEFAULT_MANIFEST));

async function start({ files = {}, calls = CALLS, now = NOW }: Given) {
  const tree = memoryTree({ ...FILES, ...files });
  const workspace = await loadWorkspace(
    tree,
    engines.map(({ manifest }) => manifest),
  );
  const recordings = [memorySource('traces/a.jsonl', nativeLines(sessionOf('s1', calls)))];
  const prepared = await prepareWorkspace(workspace, loader, recordings);
  return { prepared, registry: readRegistry(workspace), recordings, options: { now, loader, tree } };
}

/** What is found, silenced findings left out. */
export async function findingsOf(given: Given): Promise<readonly CheckFinding[]> {
  const { prepared, registry, recordings, options } = await start(given);
  return runBuildChecks(prepared, registry, recordings, options);
}

/** `severity check` of each. */
export async function told(given: Given): Promise<string[]> {
  return (await findingsOf(given)).map(({ severity, check }) => `${severity} ${check}`);
}

export async function decided(given: Given): Promise<BuildChecks> {
  const { prepared, registry, recordings, options } = await start(given);
  return decideBuildChecks(prepared, registry, recordings, options);
}

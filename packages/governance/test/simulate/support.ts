/** A workspace over real Cedar: orders above 1,000 are denied, above 500 a person must approve. */
import { policyLoader, prepareWorkspace } from '@benchbook/core';
import { engines } from '@benchbook/engines';
import type { Call, SimulationReport } from '@benchbook/model';
import {
  type CallParts,
  call,
  memorySource,
  memoryTree,
  nativeLines,
  sourceAssets,
} from '@benchbook/testkit';
import { loadWorkspace } from '@benchbook/workspace';
import { readRegistry, type SimulationHooks, type SimulationOptions, simulate } from '../../src/index.ts';

export const POLICIES = `
@id("orders")
permit (principal, action, resource);

@id("too-much")
forbid (principal, action == Action::"create_order", resource) when { context.input.amount > 1000 };

@id("much") @effect("escalate")
forbid (principal, action == Action::"create_order", resource) when { context.input.amount > 500 };
`;

export const START = Date.parse('2026-05-01T10:00:00Z');

/** The ISO time so many seconds after the start. */
export function at(seconds: number): string {
  return new Date(START + seconds * 1_000).toISOString();
}

/** An order so many seconds after the start. */
export function order(seconds: number, amount: number, parts: CallParts = {}): Call {
  return call({
    session: 's',
    tool: 'create_order',
    args: { amount },
    ts: at(seconds),
    ...parts,
    seq: parts.seq ?? seconds,
  });
}

/** The card of agent `bot`. */
export function card(tier: string, deployment = ''): string {
  return `id: bot\nowner: desk@example.com\nriskTier: ${tier}\n${deployment === '' ? '' : `deployment: ${deployment}\n`}`;
}

export interface World {
  readonly files?: Readonly<Record<string, string>>;
  readonly calls: readonly Call[];
  readonly options?: SimulationOptions;
  readonly hooks?: SimulationHooks;
}

/** Opening an engine takes longer than a run; one is enough for a file of tests. */
const loader = policyLoader(engines, sourceAssets(), () => ({}));

/** The prepared workspace of files and calls, with the registry that its cards make. */
export async function prepare({ files = {}, calls }: World) {
  const tree = memoryTree({ 'policies/orders.cedar': POLICIES, ...files });
  const workspace = await loadWorkspace(
    tree,
    engines.map(({ manifest }) => manifest),
  );
  const recordings = [memorySource('traces/orders.jsonl', nativeLines(calls))];
  const prepared = await prepareWorkspace(workspace, loader, recordings);
  return { prepared, recordings, records: readRegistry(workspace).agents };
}

/** Runs a simulation over calls. */
export async function run(world: World) {
  const { prepared, recordings, records } = await prepare(world);
  return simulate(prepared, records, recordings, world.options, world.hooks);
}

/** Codes of findings with their severity, in order. */
export function codes({ findings }: SimulationReport): string[] {
  return findings.map(({ code, severity }) => `${code} ${severity}`);
}

import { type PreparedWorkspace, policyLoader, prepareWorkspace } from '@benchbook/core';
import { engines } from '@benchbook/engines';
import { nodeAssets, nodeByteSource, nodeFileTree } from '@benchbook/host/node';
import type { Call, EngineOptions } from '@benchbook/model';
import { readRecording } from '@benchbook/traces';
import { loadWorkspace } from '@benchbook/workspace';

/** All calls of one recording. */
export async function readCalls(root: string, path: string): Promise<Call[]> {
  const calls: Call[] = [];
  for await (const batch of readRecording(nodeByteSource(root, path))) calls.push(...batch.calls);
  return calls;
}

/** A bench workspace with its policies loaded. Stays open until the process ends. */
export async function openWorkspace(root: string, options: EngineOptions = {}): Promise<PreparedWorkspace> {
  const manifests = engines.map(({ manifest }) => manifest);
  const workspace = await loadWorkspace(nodeFileTree(root), manifests);
  const loader = policyLoader(engines, nodeAssets(['packages/cli/dist/assets']), () => options);
  const prepared = await prepareWorkspace(workspace, loader, []);
  const broken = prepared.diagnostics.find(({ severity }) => severity === 'error');
  if (broken) throw new Error(`${broken.file}: ${broken.message}`);
  return prepared;
}

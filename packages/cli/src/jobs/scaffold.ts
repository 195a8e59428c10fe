import { firstPolicies } from '@benchbook/core';
import { engines } from '@benchbook/engines';
import { nodeAssets } from '@benchbook/host/node';
import type { ToolDefinition } from '@benchbook/model';
import type { Workspace } from '@benchbook/workspace';

/** First policies in one language, for the tools of a workspace. Rejects where the engine cannot be had. */
export async function scaffold(
  job: {
    readonly engine: string;
    readonly assets: readonly string[];
    readonly tools: readonly ToolDefinition[];
  },
  workspace: Workspace,
): Promise<readonly { path: string; text: string }[]> {
  const entry = engines.find(({ manifest }) => manifest.name === job.engine);
  if (!entry) return [];
  const tools = workspace.tools.length > 0 ? workspace.tools : job.tools;
  return firstPolicies(entry, nodeAssets(job.assets), { tools, agents: workspace.agents });
}

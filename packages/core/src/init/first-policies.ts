import type { AgentCard, EngineAssets, ToolDefinition } from '@benchbook/model';
import type { EngineEntry } from '../load/engine-slot.ts';

/** First policies in one language, for the tools and agents there are. Rejects where the engine cannot be had. */
export async function firstPolicies(
  entry: EngineEntry,
  assets: EngineAssets,
  known: { readonly tools: readonly ToolDefinition[]; readonly agents: readonly AgentCard[] },
): Promise<readonly { path: string; text: string }[]> {
  const session = await (await entry.load()).open(assets, {});
  try {
    return session.language.scaffold?.(known) ?? [];
  } finally {
    session.close();
  }
}

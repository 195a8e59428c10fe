import { compareText } from '../diagnostics.ts';
import type { EntityStore } from '../entities/store.ts';
import type { PolicyAnalysis } from './analysis.ts';
import { baseName, uidKey } from './uid.ts';

/** More texts than a policy of a person names. */
const MAX_MENTIONS = 10_000;

/** Tells what a policy names: strings and ids of entities; of a group of actions, all that are in it. */
export function mentionReader(store: EntityStore): (analysis: PolicyAnalysis) => readonly string[] {
  let groups: ReadonlyMap<string, readonly string[]> | undefined;
  return ({ strings, literals }) => {
    const mentions = new Set<string>(strings);
    for (const uid of literals) {
      const isAction = baseName(uid.type) === 'Action';
      if (isAction) groups ??= store.actionsWithin();
      const within = isAction ? (groups?.get(uidKey(uid)) ?? []) : [];
      for (const id of [uid.id, ...within]) {
        mentions.add(id);
        const tool = isAction ? toolOf(id) : null;
        if (tool !== null) mentions.add(tool);
      }
    }
    return [...mentions].sort(compareText).slice(0, MAX_MENTIONS);
  };
}

/** The tool in `Target___tool` and `mcp__server__tool`; null where an action is named by its tool alone. */
function toolOf(action: string): string | null {
  const match = /^mcp__.+?__(.+)$/s.exec(action) ?? /^.+?___(.+)$/s.exec(action);
  return match ? match[1]! : null;
}

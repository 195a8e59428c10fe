import type { CodeFix, Completion, Hover, TextRange } from '@benchbook/model';
import { hoverManifest } from '../manifest/hover.ts';
import type { VerbContext } from '../verbs/context.ts';
import { completeCard } from './complete.ts';
import { cardFixes } from './fixes.ts';
import { cardKeys } from './keys.ts';

/** What an editor asks of agent cards; undefined for files that are none. */
export interface CardVerbs {
  complete(path: string, offset: number): Promise<Omit<Completion, 'control'> | undefined>;
  hover(path: string, offset: number): Promise<Hover | null | undefined>;
  fixes(path: string, range: TextRange): Promise<readonly CodeFix[] | undefined>;
}

export function cardVerbs(context: VerbContext): CardVerbs {
  const keys = cardKeys();
  async function textOf(path: string): Promise<string | undefined> {
    const { workspace } = await context.state();
    return workspace.agentFiles.find((file) => file.path === path)?.text;
  }
  return {
    async complete(path, offset) {
      const text = await textOf(path);
      return text === undefined
        ? undefined
        : { items: completeCard(text, offset, keys, context.knowledge()) };
    },
    async hover(path, offset) {
      const text = await textOf(path);
      return text === undefined ? undefined : hoverManifest(text, offset, keys);
    },
    async fixes(path, range) {
      const text = await textOf(path);
      return text === undefined ? undefined : cardFixes(path, text, range, context.diagnostics(path), keys);
    },
  };
}

import { type ControlCompletion, completeControls } from '@benchbook/controls';
import type { Completion, CompletionItem, ControlSlot } from '@benchbook/model';
import { MANIFEST_FILE } from '@benchbook/workspace';
import { completeManifest } from '../manifest/complete.ts';
import type { ManifestKeys } from '../manifest/keys.ts';
import type { VerbContext } from './context.ts';

/** What may stand at a place: what the language says, and controls where one is being written. */
export async function complete(
  context: VerbContext,
  keys: ManifestKeys,
  path: string,
  offset: number,
): Promise<Omit<Completion, 'control'>> {
  if (path === MANIFEST_FILE) {
    const { workspace } = await context.state();
    const text = workspace.otherTexts.find((file) => file.path === path)?.text;
    return { items: text === undefined ? [] : completeManifest(text, offset, keys) };
  }
  const known = context.knowledge();
  const found = await context.ask(path, (features) => features.complete?.(path, offset, known));
  if (!found) return { items: [] };
  if (!found.control) return { items: found.items };
  return { items: [...found.items, ...(await controlItems(context, found.control))] };
}

async function controlItems(context: VerbContext, slot: ControlSlot): Promise<CompletionItem[]> {
  const found = completeControls(slot.prefix, await context.controls());
  return found.map((item, index) => controlItem(item, slot.at, index));
}

/** In the catalog's own order, before what the language offers. */
function controlItem(
  { label, insertText, replaces, detail, documentation }: ControlCompletion,
  at: number,
  index: number,
): CompletionItem {
  return {
    label,
    kind: 'control',
    detail,
    documentation,
    range: { start: Math.max(0, at - replaces), end: at },
    newText: insertText,
    rank: 10 + index / 1_000,
  };
}

import type { CompletionItem, ToolKnowledge } from '@benchbook/model';
import { completeManifest } from '../manifest/complete.ts';
import type { ManifestKeys } from '../manifest/keys.ts';
import { placeIn } from '../manifest/place.ts';
import { inCard } from './keys.ts';

/** Members of an agent card that may stand beside the cursor, the words of a value, and tools where tools are listed. */
export function completeCard(
  text: string,
  offset: number,
  keys: ManifestKeys,
  { tools }: ToolKnowledge,
): readonly CompletionItem[] {
  const found = completeManifest(text, offset, keys);
  const place = placeIn(text, offset);
  if (!place || place.isInValue || inCard(place.path).join('.') !== 'tools') return found;
  const names = [...new Set(tools.map(({ name }) => name))].sort();
  return [
    ...names.map((name, index) => ({
      label: name,
      kind: 'action' as const,
      detail: '',
      documentation: '',
      range: place.typed,
      newText: name,
      rank: 5 + index / 1_000,
    })),
    ...found,
  ];
}

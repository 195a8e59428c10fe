import type { CompletionItem } from '@benchbook/model';
import type { ManifestKeys } from './keys.ts';
import { placeIn } from './place.ts';

/** Keys of `benchbook.yaml` that are not there yet beside the cursor, or the words that a value may be. */
export function completeManifest(
  text: string,
  offset: number,
  keys: ManifestKeys,
): readonly CompletionItem[] {
  const place = placeIn(text, offset);
  if (!place) return [];
  const { path, key, typed, isInValue } = place;
  if (isInValue && key) {
    return (keys.at([...path, key.name])?.words ?? []).map((word) => ({
      label: word,
      kind: 'constant',
      detail: '',
      documentation: '',
      range: typed,
      newText: word,
    }));
  }
  const range = key?.range ?? typed;
  const written = path.length === 0 ? new Set(text.match(/^[\w-]+(?=:)/gm)) : new Set<string>();
  return keys
    .below(path)
    .filter(({ name }) => !written.has(name) || name === key?.name)
    .map(({ name, description, type }, index) => ({
      label: name,
      kind: 'member',
      detail: type,
      documentation: description,
      range,
      newText: key ? name : `${name}: `,
      rank: 10 + index / 1_000,
    }));
}

import type { Hover } from '@benchbook/model';
import { escapeMarkdown } from '../text/markdown.ts';
import type { ManifestKeys } from './keys.ts';
import { placeIn } from './place.ts';

/** What a key of `benchbook.yaml` is for. */
export function hoverManifest(text: string, offset: number, keys: ManifestKeys): Hover | null {
  const place = placeIn(text, offset);
  if (!place?.key || place.isInValue) return null;
  const key = keys.at([...place.path, place.key.name]);
  if (!key) return null;
  const head = `**${escapeMarkdown(key.name)}** (${escapeMarkdown(key.type)})`;
  return {
    range: place.key.range,
    contents: key.description === '' ? head : `${head}\n\n${escapeMarkdown(key.description)}`,
  };
}

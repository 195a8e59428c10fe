import type { Hover, TextRange } from '@benchbook/model';
import { escapeMarkdown } from '../text/markdown.ts';
import type { ManifestKeys } from './keys.ts';
import { placeIn } from './place.ts';

/** What a key is for; of a word that its value may be, what its key is for. */
export function hoverManifest(text: string, offset: number, keys: ManifestKeys): Hover | null {
  const place = placeIn(text, offset);
  if (!place?.key) return null;
  const key = keys.at([...place.path, place.key.name]);
  const range = place.isInValue ? wordAt(text, offset) : place.key.range;
  if (!key || (place.isInValue && !key.words.includes(text.slice(range.start, range.end)))) return null;
  const head = `**${escapeMarkdown(key.name)}** (${escapeMarkdown(key.type)})`;
  return {
    range,
    contents: key.description === '' ? head : `${head}\n\n${escapeMarkdown(key.description)}`,
  };
}

/** The letters, digits and hyphens around a place, as words of schemas are spelt. */
function wordAt(text: string, offset: number): TextRange {
  const before = /[\w@.-]*$/.exec(text.slice(Math.max(0, offset - 100), offset))![0];
  const after = /^[\w@.-]*/.exec(text.slice(offset, offset + 100))![0];
  return { start: offset - before.length, end: offset + after.length };
}

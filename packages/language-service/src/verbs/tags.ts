import type { ControlTag, Policy } from '@benchbook/model';
import { editMap } from '../display/edit-map.ts';
import type { Loaded } from '../loop/loop.ts';

/** A tag at its place in the text as it stands, with the policy that has it. */
export interface PlacedTag {
  readonly tag: ControlTag;
  readonly policy: Policy;
}

/** The references to controls in a file, as far as the policies loaded last have them. */
export function tagsIn(loaded: Loaded | null, path: string, text: string): readonly PlacedTag[] {
  if (!loaded) return [];
  const map = editMap(loaded.prepared.texts(path).text, text);
  const placed: PlacedTag[] = [];
  for (const { policies } of loaded.prepared.policies.everything) {
    for (const policy of policies) {
      for (const tag of policy.controls) {
        if (tag.file !== path) continue;
        const range = map.range(tag.range);
        if (range) placed.push({ tag: { ...tag, range }, policy });
      }
    }
  }
  return placed;
}

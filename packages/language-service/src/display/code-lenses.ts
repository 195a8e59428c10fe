import type { Policy, Preview, TextRange } from '@benchbook/model';
import type { CodeLens } from '../api.ts';
import { count } from '../text/counts.ts';
import { editMap } from './edit-map.ts';
import type { HintedFile } from './inlay-hints.ts';
import { headOf } from './place.ts';

/** What can be done with the policies of one file; `policies` with their places in the text as it stands. */
export function codeLenses(
  { path, text, comment }: HintedFile,
  policies: readonly Pick<Policy, 'id' | 'name' | 'range'>[],
  preview: Preview | null,
): readonly CodeLens[] {
  const lenses: CodeLens[] = [];
  const seen = new Map(preview?.policies.filter(({ file }) => file === path).map((one) => [one.id, one]));
  const map = editMap(preview?.texts.get(path) ?? text, text);
  const placed: { id: string; name: string; range: TextRange }[] = [];
  // Policies that do not load now stand where the preview last saw them.
  for (const { id, name, range } of policies.length > 0 ? policies : seen.values()) {
    const at = policies.length > 0 ? range : map.range(range);
    if (at) placed.push({ id, name, range: at });
  }
  placed.sort((a, b) => a.range.start - b.range.start);
  for (const [index, { id, name, range: whole }] of placed.entries()) {
    const range = headOf(text, whole, comment);
    if (index === 0) lenses.push({ range, title: 'Replay', action: { kind: 'replay' } });
    if (preview && preview.total > 0)
      lenses.push({
        range,
        title: 'Calls it decides',
        action: { kind: 'calls', filter: { policy: id }, title: `Calls that ${name} decides` },
      });
    const flips = seen.get(id)?.flips ?? 0;
    if (preview?.base.name != null && flips > 0) {
      const title = `${count(flips)} ${flips === 1 ? 'call flips' : 'calls flip'} against ${preview.base.name}`;
      lenses.push({
        range,
        title,
        action: { kind: 'calls', filter: { policy: id, flipped: true }, title: `${name}: ${title}` },
      });
    }
    lenses.push({ range, title: 'Evaluate', action: { kind: 'evaluate', policy: id } });
  }
  return lenses;
}

import { type ControlContext, hoverControl, parseReference } from '@benchbook/controls';
import type { Hover, TextRange } from '@benchbook/model';
import { MANIFEST_FILE } from '@benchbook/workspace';
import { hoverManifest } from '../manifest/hover.ts';
import type { ManifestKeys } from '../manifest/keys.ts';
import type { VerbContext } from './context.ts';
import { hoverCounts } from './hover-counts.ts';
import { hoverUse } from './hover-use.ts';
import { tagsIn } from './tags.ts';

/** What is known of a place: a control, what the language says, and what the recordings show of it. */
export async function hover(
  context: VerbContext,
  keys: ManifestKeys,
  path: string,
  offset: number,
): Promise<Hover | null> {
  if (path === MANIFEST_FILE) {
    const { workspace } = await context.state();
    const text = workspace.otherTexts.find((one) => one.path === path)?.text;
    return text === undefined ? null : hoverManifest(text, offset, keys);
  }
  const file = await context.file(path);
  if (!file) return null;
  const controls = await context.controls();
  const tag = tagsIn(context.loaded(), path, file.text).find((one) => holds(one.tag.range, offset));
  if (tag) return hoverControl(tag.tag, controls);
  const known = context.knowledge();
  const told = await context.ask(path, (features) => ({
    own: features.hover?.(path, offset, known) ?? null,
    control: halfTyped(file.text, offset, (at) => features.complete?.(path, at, known).control?.prefix),
    use: features.uses?.(path).find(({ range }) => holds(range, offset)),
  }));
  const control = told?.control && hoverReference(path, told.control, controls);
  if (control) return control;
  const own = told?.own ?? (told?.use ? hoverUse(told.use, known) : null);
  const counts = hoverCounts(context, path, file.text, offset);
  if (!own || !counts) return own ?? counts;
  return { range: own.range, contents: `${own.contents}\n\n---\n\n${counts.contents}` };
}

function holds({ start, end }: TextRange, offset: number): boolean {
  return start <= offset && offset <= end;
}

interface HalfTyped {
  /** Framework first. */
  readonly reference: string;
  readonly range: TextRange;
}

/** The reference to a control that a cursor behind the word at `offset` would complete. */
function halfTyped(
  text: string,
  offset: number,
  slotAt: (offset: number) => string | undefined,
): HalfTyped | undefined {
  const word = wordAround(text, offset);
  if (!word || !/\d/.test(text.slice(word.start, word.end))) return undefined;
  const reference = slotAt(word.end);
  return reference === undefined || reference.trim() === '' ? undefined : { reference, range: word };
}

/** The letters, digits and signs of a control's id around a place. */
function wordAround(text: string, offset: number): TextRange | undefined {
  const isPart = (at: number): boolean => /[\w().:@-]/.test(text[at] ?? '');
  let start = offset;
  let end = offset;
  while (start > 0 && offset - start < 100 && isPart(start - 1)) start--;
  while (end < text.length && end - offset < 100 && isPart(end)) end++;
  return start < end ? { start, end } : undefined;
}

function hoverReference(
  file: string,
  { reference, range }: HalfTyped,
  controls: ControlContext,
): Hover | undefined {
  const parsed = parseReference(reference);
  if (!parsed) return undefined;
  const { contents } = hoverControl({ ...parsed, file, range }, controls);
  return { range, contents };
}

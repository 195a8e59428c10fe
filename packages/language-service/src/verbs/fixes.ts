import { controlFixes } from '@benchbook/controls';
import type { CodeFix, Diagnostic, TextRange } from '@benchbook/model';
import type { PolicyFile } from '@benchbook/workspace';
import { editMap } from '../display/edit-map.ts';
import type { VerbContext } from './context.ts';
import { tagsIn } from './tags.ts';

/** What can be mended where `range` lies: by the language, by the catalogs, by what tools there are. */
export async function fixes(
  context: VerbContext,
  path: string,
  range: TextRange,
): Promise<readonly CodeFix[]> {
  const file = await context.file(path);
  if (!file) return [];
  const told = context.diagnostics(path);
  const known = context.knowledge();
  const own = await context.ask(path, (features) => features.fixes?.(path, range, told, known));
  return distinct([
    ...(own ?? []),
    ...ofControls(context, file, range, told, await context.controls()),
    ...ofTools(context, file, range, told).filter(
      ({ diagnostic }) => !own?.some((one) => mends(one, diagnostic)),
    ),
  ]);
}

/** What the language mends itself it knows best how to write. */
function mends({ diagnostic }: CodeFix, found: Diagnostic | undefined): boolean {
  return diagnostic !== undefined && diagnostic === found;
}

function ofControls(
  context: VerbContext,
  { path, text }: PolicyFile,
  range: TextRange,
  told: readonly Diagnostic[],
  controls: Parameters<typeof controlFixes>[2],
): readonly CodeFix[] {
  const loaded = context.loaded();
  return tagsIn(loaded, path, text)
    .filter(({ tag }) => touches(tag.range, range))
    .flatMap(({ tag, policy }) => {
      const written = text.slice(tag.range.start, tag.range.end);
      const whole = loaded!.prepared.texts(policy.file).text.slice(policy.range.start, policy.range.end);
      return controlFixes(tag, { written, policy: { id: policy.id, text: whole } }, controls).map(
        ({ code, title, newText }, index): CodeFix => {
          const diagnostic = told.find(
            (one) => one.code === code && one.range && touches(one.range, tag.range),
          );
          return {
            title,
            kind: 'quickfix',
            edits: [{ file: path, edits: [{ range: tag.range, newText }] }],
            ...(diagnostic && { diagnostic }),
            ...(index === 0 && { isPreferred: true }),
          };
        },
      );
    });
}

function ofTools(
  context: VerbContext,
  { path, text }: PolicyFile,
  range: TextRange,
  told: readonly Diagnostic[],
): readonly CodeFix[] {
  const loaded = context.loaded();
  if (!loaded) return [];
  const map = editMap(loaded.prepared.texts(path).text, text);
  return loaded.tools.flatMap(({ diagnostic: found, meant }) => {
    const at = found.file === path && found.range ? map.range(found.range) : null;
    const place = meant && map.range(meant.range);
    if (!at || !place || !touches(at, range)) return [];
    const diagnostic = told.find(
      ({ code, range: other }) => code === found.code && other?.start === at.start && other.end === at.end,
    );
    return [
      {
        title: `Write ${meant.newText}`,
        kind: 'quickfix' as const,
        edits: [{ file: path, edits: [{ range: place, newText: meant.newText }] }],
        ...(diagnostic && { diagnostic }),
        isPreferred: true,
      },
    ];
  });
}

function touches(a: TextRange, b: TextRange): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** The same change is offered once, by whoever names it first; what mends comes before what one may want. */
function distinct(list: readonly CodeFix[]): readonly CodeFix[] {
  const seen = new Set<string>();
  const once = list.filter(({ edits }) => {
    const key = JSON.stringify(edits);
    return !seen.has(key) && seen.add(key);
  });
  return once.sort((a, b) => Number(a.kind === 'refactor') - Number(b.kind === 'refactor'));
}

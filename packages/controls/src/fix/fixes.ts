import type { ControlTag } from '@benchbook/model';
import { findProvision } from '../catalog/lookup.ts';
import type { ControlContext } from '../describe/describe.ts';
import type { LintPolicy } from '../lint/input.ts';
import { narrower, stopsShort } from '../lint/rules/article-only.ts';
import { changeSince } from '../lint/rules/edition-stale.ts';
import { isMisnamed, namedSo } from '../lint/rules/name-mismatch.ts';
import { counterpart } from '../lint/rules/role-mismatch.ts';
import { lintRun, type TagView, viewPolicy } from '../lint/view.ts';
import { oneLine } from '../text/quote.ts';
import { type Change, rewrite } from './rewrite.ts';

/** A mechanical change of one tag. */
export interface ControlFix {
  /** Code of the finding that it answers. */
  readonly code: string;
  /** What it does, for a menu. */
  readonly title: string;
  /** What to write in place of the tag's range. */
  readonly newText: string;
}

/** Where a tag stands. */
export interface FixPlace {
  /** The text of the tag's range as it stands in the file. */
  readonly written: string;
  /** Of the policy that has it: words in its text tell what a number is meant for. */
  readonly policy?: Pick<LintPolicy, 'id' | 'text' | 'layer'>;
}

/**
 * What can be done about a tag without thinking: the number that is meant, the provision that stands there now, the
 * edition that is missing. At most ten, the likeliest first. Empty where nothing is wrong, or nothing is plain.
 */
export function controlFixes(
  tag: ControlTag,
  place: FixPlace,
  context: ControlContext,
): readonly ControlFix[] {
  const policy: LintPolicy = {
    id: '',
    file: tag.file,
    range: tag.range,
    mode: 'enforce',
    effect: null,
    ...place.policy,
    controls: [tag],
  };
  const view = viewPolicy(policy, lintRun({ policies: [policy], context })).tags[0]!;
  return suggestions(view, policy.layer ?? 'runtime', context)
    .flatMap(({ code, change, means }) => {
      const newText = rewrite(tag, place.written, change);
      if (newText === undefined || newText === place.written) return [];
      const title = `Write ${shown(change)}${means ? ` (${oneLine(means)})` : ''}`;
      return [{ code, title, newText }];
    })
    .slice(0, 10);
}

interface Suggestion {
  readonly code: string;
  readonly change: Change;
  /** Title of what is meant then. */
  readonly means?: string | undefined;
}

function shown({ framework, edition, id }: Change): string {
  if (framework !== undefined) return framework;
  return [edition === undefined ? '' : `@${edition}`, id ?? ''].filter(Boolean).join(':');
}

function suggestions(view: TagView, layer: string, context: ControlContext): readonly Suggestion[] {
  const { verdict, draft } = view;
  if (draft && verdict.kind !== 'bad-syntax')
    return draft.finals.map(({ article, topic }) => ({
      code: 'ctl/draft-number',
      change: { id: article },
      means: topic,
    }));
  if (verdict.kind === 'known') return ofKnown(view, layer, context);
  if (verdict.kind === 'edition-missing') return editions(view, 'ctl/edition-missing');
  if (verdict.kind === 'unknown-edition') return editions(view, 'ctl/unknown-id');
  if (verdict.meant === null) return [];
  if (verdict.kind === 'unknown-framework')
    return [{ code: 'ctl/unknown-framework', change: { framework: verdict.meant } }];
  const code = (
    { removed: 'ctl/removed-id', 'bad-syntax': 'ctl/bad-syntax', 'unknown-id': 'ctl/unknown-id' } as const
  )[verdict.kind];
  return [{ code, change: { id: verdict.meant }, means: titleOf(view, verdict.meant) }];
}

/** The editions that have the id, newest first. */
function editions({ located: { catalog, id } }: TagView, code: string): readonly Suggestion[] {
  return (catalog?.editions ?? []).toReversed().flatMap((edition) => {
    const title = findProvision(catalog!, edition, id)?.title;
    return title === undefined ? [] : [{ code, change: { edition, id }, means: title }];
  });
}

function ofKnown(view: TagView, layer: string, context: ControlContext): readonly Suggestion[] {
  const found: Suggestion[] = [];
  if (stopsShort(view))
    for (const id of narrower(view, layer))
      found.push({ code: 'ctl/article-only', change: { id }, means: titleOf(view, id) });
  const misnamed = isMisnamed(view) ? namedSo(view, oneLine(view.tag.label ?? '')) : undefined;
  if (misnamed) found.push({ code: 'ctl/name-mismatch', change: { id: misnamed.id }, means: misnamed.title });
  const change = changeSince(view);
  if (change?.now)
    found.push({
      code: 'ctl/edition-stale',
      change: { edition: change.newest, id: change.now },
      means: view.located.catalog && findProvision(view.located.catalog, change.newest, change.now)?.title,
    });
  if (view.folding.role !== null && view.folding.riskClass === null) {
    const other = counterpart(view, context.profile?.role ?? '', layer);
    if (other) found.push({ code: 'ctl/role-mismatch', change: { id: other.id }, means: other.title });
  }
  return found;
}

function titleOf({ located: { catalog, edition } }: TagView, id: string): string {
  return (catalog && edition !== null && findProvision(catalog, edition, id)?.title) || '';
}

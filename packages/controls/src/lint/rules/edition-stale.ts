import { findProvision } from '../../catalog/lookup.ts';
import { parseReference } from '../../reference/reference.ts';
import { atTag, type ControlRule, nameOf } from '../rule.ts';
import type { TagView } from '../view.ts';

export const editionStale: ControlRule = {
  code: 'ctl/edition-stale',
  severity: 'warning',
  summary: 'The edition is not the newest one, and the newest one changed this provision.',
  why: 'What was checked against the old text may not hold under the new one.',
  bad: { controls: ['eu-ai-act@2024-07-12:11(1)'], layer: 'build' },
  good: { controls: ['eu-ai-act@2026-07-27:11(1)'], layer: 'build' },
  message: '`eu-ai-act:11(1)` of 2024-07-12 was changed in 2026-07-27; check it against that edition',
  check: ({ known }) =>
    known.flatMap((view) => {
      const change = changeSince(view);
      if (!change) return [];
      const { edition } = view.located;
      return [atTag(view.tag, `${nameOf(view)} of ${edition} ${change.what}`)];
    }),
};

/** What became of a provision after the edition that is pinned. */
export function changeSince({
  located,
}: TagView): { readonly what: string; readonly newest: string; readonly now: string | null } | undefined {
  const { catalog, edition, id, found, pinned } = located;
  const newest = catalog?.editions.at(-1);
  if (!catalog || !found || !pinned || newest === undefined || newest === edition) return undefined;
  if (catalog.incompleteEditions?.includes(newest)) return undefined;
  const later = findProvision(catalog, newest, id);
  const sameRisk = (found.provision?.related ?? [])
    .map(parseReference)
    .find((one) => one?.framework === catalog.framework && one.edition === newest);
  const now = sameRisk?.id ?? null;
  if (now !== null && now !== id) return { what: `is ${now} in ${newest}`, newest, now };
  if (!later) return { what: `is no longer in ${newest}; check it against that edition`, newest, now: null };
  const isChanged = found.provision ? Boolean(found.provision.amended) : found.article?.amended2026 === true;
  if (!isChanged && later.title === found.title) return undefined;
  return { what: `was changed in ${newest}; check it against that edition`, newest, now: id };
}

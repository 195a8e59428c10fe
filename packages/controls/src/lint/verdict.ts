import { builtinCatalogs } from '../catalog/builtin.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { idsOf } from '../catalog/ids.ts';
import { articleId, findProvision } from '../catalog/lookup.ts';
import type { ControlContext } from '../describe/describe.ts';
import type { LocatedControl } from '../reference/resolve.ts';
import { nearest } from '../text/distance.ts';

/** What is wrong with a reference itself. `meant` is what to write instead, where that is plain. */
export type Verdict =
  | { readonly kind: 'known' }
  | { readonly kind: 'unknown-framework'; readonly meant: string | null }
  | { readonly kind: 'edition-missing' }
  | { readonly kind: 'unknown-edition' }
  | { readonly kind: 'removed'; readonly from: string; readonly meant: string | null }
  | { readonly kind: 'bad-syntax'; readonly meant: string | null }
  /** `certain`: false where the catalog may lack it. `since`: a later edition that has it. */
  | {
      readonly kind: 'unknown-id';
      readonly meant: string | null;
      readonly certain: boolean;
      readonly since: string | null;
    };

/** Holds a reference against the catalogs: the first thing that is wrong with it. */
export function verdictOn(located: LocatedControl, context: ControlContext): Verdict {
  const { catalog, edition, found, framework, id } = located;
  if (!catalog) return { kind: 'unknown-framework', meant: meantFramework(framework, context) };
  if (found) return { kind: 'known' };
  if (edition === null) return { kind: 'edition-missing' };
  if (!catalog.editions.includes(edition)) return { kind: 'unknown-edition' };
  return removed(catalog, edition, id) ?? misspelt(catalog, edition, id) ?? unknownId(catalog, edition, id);
}

function meantFramework(framework: string, context: ControlContext): string | null {
  const keys = new Set((context.catalogs ?? builtinCatalogs()).map((catalog) => catalog.framework));
  const bare = new Map([...keys].map((key) => [key.replaceAll('-', ''), key]));
  const spelling = framework.replaceAll('-', '');
  const meant = nearest(spelling, bare.keys(), Math.max(1, Math.min(3, Math.floor(spelling.length / 3))));
  return meant === null ? null : bare.get(meant)!;
}

/** The last edition before this one that has it, where this one is known to have lost it. */
function removed(catalog: Catalog, edition: string, id: string): Verdict | undefined {
  if (catalog.incompleteEditions?.includes(edition)) return undefined;
  const before = catalog.editions.slice(0, catalog.editions.indexOf(edition));
  const from = before.findLast((one) => findProvision(catalog, one, id));
  if (from === undefined) return undefined;
  const moved = catalog.superseded?.find(({ draft }) => id === draft || id.startsWith(`${draft}(`));
  return { kind: 'removed', from, meant: moved ? firstWithin(catalog, edition, moved.final) : null };
}

/** A number that moved to an article as a whole went to its first paragraph. */
function firstWithin(catalog: Catalog, edition: string, id: string): string {
  return findProvision(catalog, edition, `${id}(1)`) ? `${id}(1)` : id;
}

function misspelt(catalog: Catalog, edition: string, id: string): Verdict | undefined {
  const meant = idsOf(catalog, edition).meantBy(id);
  if (meant) return { kind: 'bad-syntax', meant };
  const isReadable = !catalog.structure || articleId(id) || /^Annex [IVX]{1,6}(\(\w{1,8}\)){0,6}$/.test(id);
  return isReadable ? undefined : { kind: 'bad-syntax', meant: null };
}

function unknownId(catalog: Catalog, edition: string, id: string): Verdict {
  const { structure, selectionOf } = catalog;
  const isIncomplete =
    catalog.incompleteEditions?.includes(edition) ||
    structure?.overlayIncompleteFor.includes(articleId(id)?.article ?? '') ||
    (selectionOf !== undefined && new RegExp(selectionOf).test(id));
  const after = catalog.editions.slice(catalog.editions.indexOf(edition) + 1);
  return {
    kind: 'unknown-id',
    // Numbers of a law lie too close together to guess from a neighbour.
    meant: structure || isIncomplete ? null : nearest(id, idsOf(catalog, edition).all, id.length > 4 ? 2 : 1),
    certain: !isIncomplete,
    since: after.find((one) => findProvision(catalog, one, id)) ?? null,
  };
}

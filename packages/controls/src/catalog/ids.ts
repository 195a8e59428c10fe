import { naturalCompare } from '../text/natural.ts';
import type { Catalog } from './catalog.ts';
import { pathsOf } from './lookup.ts';

/** Every id of one edition, described or not, and how each may be misspelt. */
export interface EditionIds {
  /** In natural order. */
  readonly all: readonly string[];
  /** Described provisions alone, in natural order. */
  readonly described: readonly string[];
  /** The id that a spelling means; undefined where none does, null where several do. */
  meantBy(spelling: string): string | null | undefined;
}

const known = new WeakMap<Catalog, Map<string, EditionIds>>();

/** The ids of an edition. Made once per catalog and edition. */
export function idsOf(catalog: Catalog, edition: string): EditionIds {
  const editions = known.get(catalog) ?? new Map<string, EditionIds>();
  known.set(catalog, editions);
  const ids = editions.get(edition) ?? collect(catalog, edition);
  editions.set(edition, ids);
  return ids;
}

function collect(catalog: Catalog, edition: string): EditionIds {
  const described = catalog.provisions
    .filter((provision) => (provision.editions ?? catalog.editions).includes(edition))
    .map(({ id }) => id);
  const all = [...new Set([...described, ...structuralIds(catalog, edition)])].sort(naturalCompare);
  const byKey = new Map<string, string | null>();
  for (const id of all) byKey.set(spellingKey(id), byKey.has(spellingKey(id)) ? null : id);
  return {
    all,
    described: described.sort(naturalCompare),
    meantBy: (spelling) => byKey.get(spellingKey(spelling)),
  };
}

function structuralIds({ structure }: Catalog, edition: string): string[] {
  if (!structure) return [];
  const articles = structure.articles.flatMap((article) => {
    const paths = pathsOf(structure, article, edition);
    const subparagraphs = Object.entries(article.subparagraphs).flatMap(([key, count]) => {
      const path = key === '*' ? '' : key;
      return paths.has(path) ? Array.from({ length: count }, (_, index) => `${path}/${index + 1}`) : [];
    });
    return [...paths, ...subparagraphs].map((path) => article.article + path);
  });
  const annexes = structure.annexNumbers.flatMap((annex) => [
    `Annex ${annex}`,
    ...(structure.annexRefs[annex] ?? []).map((path) => `Annex ${annex}${path}`),
  ]);
  return [...articles, ...annexes];
}

/** What is left of an id without its punctuation, case and leading zeros: `14.4.e` and `Art. 14(4)(e)` are one. */
function spellingKey(id: string): string {
  const runs = id
    .slice(0, 100)
    .toLowerCase()
    .replace(/^\s*(?:articles?|art|clause|control|section|sec|§)\b[\s.:]*/, '')
    .match(/[a-z]+|\d+/g);
  return (runs ?? []).map((run) => run.replace(/^0+(?=\d)/, '')).join('.');
}

import type { Catalog, Grade, Provision } from './catalog.ts';
import type { Structure, StructureArticle } from './law.ts';

/** A provision that exists in one edition. */
export interface FoundProvision {
  readonly title: string;
  readonly grade: Grade;
  /** Absent where it exists but the catalog does not describe it. */
  readonly provision?: Provision;
  /** The article that holds it, in a legal text. */
  readonly article?: StructureArticle;
}

/** Looks one provision up in one edition; undefined where that edition has none of this id. */
export function findProvision(catalog: Catalog, edition: string, id: string): FoundProvision | undefined {
  const provision = byId(catalog)
    .get(id)
    ?.find((one) => (one.editions ?? catalog.editions).includes(edition));
  const { structure } = catalog;
  if (!structure || id.startsWith('Annex '))
    // Annexes have no insertions recorded, so that what the catalog describes there stands in every edition.
    return provision ? described(provision) : structure && findAnnex(structure, id);
  const article = findArticle(structure, edition, id);
  if (!article) return undefined;
  if (provision) return { ...described(provision), article };
  // It exists, but nothing says how a rule could show it: worth no more than context.
  return { title: article.title ?? `Article ${article.article}`, grade: 'context', article };
}

const indexes = new WeakMap<Catalog, ReadonlyMap<string, readonly Provision[]>>();

/** Made once per catalog: a company's may be long, and every tag looks into it. */
function byId(catalog: Catalog): ReadonlyMap<string, readonly Provision[]> {
  let index = indexes.get(catalog);
  if (!index) {
    const made = new Map<string, Provision[]>();
    for (const provision of catalog.provisions) {
      const same = made.get(provision.id);
      if (same) same.push(provision);
      else made.set(provision.id, [provision]);
    }
    index = made;
    indexes.set(catalog, index);
  }
  return index;
}

function described(provision: Provision): FoundProvision {
  return { title: provision.title, grade: provision.evidenceGrade ?? 'unknown', provision };
}

/** The parts of an id such as `14(4)(d)` or `15(5)/1`; undefined where it has another form. */
export function articleId(
  id: string,
): { readonly article: string; readonly path: string; readonly subparagraph?: number } | undefined {
  const parts = /^(\d{1,4}[a-z]?)((?:\(\w{1,8}\)){0,6})(?:\/(\d{1,4}))?$/.exec(id);
  if (!parts) return undefined;
  const base = { article: parts[1]!, path: parts[2]! };
  return parts[3] === undefined ? base : { ...base, subparagraph: Number(parts[3]) };
}

/** The article of `id`, if the edition has both. */
function findArticle(structure: Structure, edition: string, id: string): StructureArticle | undefined {
  const parts = articleId(id);
  const article = parts && structure.articles.find((one) => one.article === parts.article);
  if (!parts || !article || !pathsOf(structure, article, edition).has(parts.path)) return undefined;
  if (parts.subparagraph !== undefined && !hasSubparagraph(article, parts.path, parts.subparagraph))
    return undefined;
  return article;
}

/** Paths below an article that an edition has; `''` is the article itself. */
export function pathsOf(
  structure: Structure,
  article: StructureArticle,
  edition: string,
): ReadonlySet<string> {
  if (edition === structure.edition) return new Set(['', ...article.refs]);
  if (article.inserted.includes('*')) return new Set();
  const inserted = new Set(article.inserted);
  return new Set(['', ...article.refs.filter((path) => !inserted.has(path)), ...article.removed]);
}

function hasSubparagraph(article: StructureArticle, path: string, number: number): boolean {
  const key = path === '' ? '*' : path;
  const counted = Object.hasOwn(article.subparagraphs, key) ? article.subparagraphs[key]! : 0;
  return number >= 1 && number <= counted;
}

function findAnnex(structure: Structure, id: string): FoundProvision | undefined {
  const [, annex, path = ''] = /^Annex ([IVX]{1,6})((?:\(\w{1,8}\)){0,6})$/.exec(id) ?? [];
  if (annex === undefined || !structure.annexNumbers.includes(annex)) return undefined;
  const known = Object.hasOwn(structure.annexRefs, annex) ? structure.annexRefs[annex]! : [];
  const exists = path === '' || known.some((ref) => ref === path || ref.startsWith(`${path}(`));
  return exists ? { title: `Annex ${annex}`, grade: 'context' } : undefined;
}

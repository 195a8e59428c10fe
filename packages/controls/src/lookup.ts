import type { Catalog, Grade, Structure, StructureArticle } from './catalog.ts';

/** A provision that exists in one edition. */
export interface FoundProvision {
  readonly title: string;
  readonly grade: Grade;
}

/** Looks one provision up in one edition; undefined where that edition has none of this id. */
export function findProvision(catalog: Catalog, edition: string, id: string): FoundProvision | undefined {
  const described = catalog.provisions.find(
    (provision) => provision.id === id && (provision.editions ?? catalog.editions).includes(edition),
  );
  const standing = catalog.structure && findInStructure(catalog.structure, edition, id);
  if (described && (standing || !catalog.structure || !isArticleId(id)))
    return { title: described.title, grade: described.evidenceGrade ?? 'unknown' };
  // It exists, but nothing says how a rule could show it: worth no more than context.
  return standing ? { title: standing, grade: 'context' } : undefined;
}

/** Annexes have no insertions recorded, so that what the catalog describes there stands in every edition. */
function isArticleId(id: string): boolean {
  return !id.startsWith('Annex ');
}

/** The title of the article or annex that holds `id`, if the edition has `id`. */
function findInStructure(structure: Structure, edition: string, id: string): string | undefined {
  const annex = /^Annex ([IVX]+)((?:\(\w+\))*)$/.exec(id);
  if (annex) return findAnnex(structure, annex[1]!, annex[2]!);
  const parts = /^(\d+[a-z]?)((?:\(\w+\))*)(?:\/(\d+))?$/.exec(id);
  const article = parts && structure.articles.find((one) => one.article === parts[1]);
  if (!parts || !article) return undefined;
  const path = parts[2]!;
  if (!hasPath(structure, article, edition, path)) return undefined;
  if (parts[3] !== undefined && !hasSubparagraph(article, path, Number(parts[3]))) return undefined;
  return article.title;
}

function hasPath(structure: Structure, article: StructureArticle, edition: string, path: string): boolean {
  const current = edition === structure.edition;
  if (!current && article.inserted.includes('*')) return false;
  if (path === '') return true;
  if (current) return article.refs.includes(path);
  return (article.refs.includes(path) && !article.inserted.includes(path)) || article.removed.includes(path);
}

function hasSubparagraph(article: StructureArticle, path: string, number: number): boolean {
  const counted = Object.hasOwn(article.subparagraphs, path) ? article.subparagraphs[path]! : 0;
  return number >= 1 && number <= counted;
}

function findAnnex(structure: Structure, annex: string, path: string): string | undefined {
  if (!structure.annexNumbers.includes(annex)) return undefined;
  const known = Object.hasOwn(structure.annexRefs, annex) ? structure.annexRefs[annex]! : [];
  return path === '' || known.some((ref) => ref === path || ref.startsWith(`${path}(`))
    ? `Annex ${annex}`
    : undefined;
}

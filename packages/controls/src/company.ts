import { getOwn, isObject, type Json } from '@benchbook/model';
import type { Catalog, Grade, Provision } from './catalog.ts';
import { frameworkKey } from './reference.ts';

/** A catalog, or why a document is none. */
export type CatalogResult = { readonly catalog: Catalog } | { readonly error: string };

/**
 * Reads a company's own catalog, in the shape of the built-in ones: `framework`, `title`, `edition` and `items`
 * with `id`, `title` and, if stated, `evidenceGrade`. `value` is the parsed YAML or JSON document.
 */
export function parseCatalog(value: Json | undefined): CatalogResult {
  if (!isObject(value)) return { error: 'a catalog is an object with framework, title, edition and items' };
  const framework = text(getOwn(value, 'framework'));
  if (!framework || !/^[A-Za-z][\w-]*$/.test(framework))
    return { error: '`framework` must be a name of letters, digits and hyphens' };
  const edition = text(getOwn(value, 'edition'));
  if (!edition) return { error: '`edition` is missing' };
  const items = getOwn(value, 'items');
  if (!Array.isArray(items)) return { error: '`items` must be a list of clauses' };
  const provisions: Provision[] = [];
  const seen = new Set<string>();
  for (const [index, item] of (items as readonly Json[]).entries()) {
    const provision = readProvision(item);
    if (!provision) return { error: `\`items[${index}]\` needs \`id\` and \`title\`` };
    if (seen.has(provision.id)) return { error: `\`items[${index}]\` repeats the id ${provision.id}` };
    seen.add(provision.id);
    provisions.push(provision);
  }
  return {
    catalog: {
      framework: frameworkKey(framework),
      title: text(getOwn(value, 'title')) || framework,
      editions: [edition],
      defaultEdition: edition,
      provisions,
    },
  };
}

function readProvision(item: Json): Provision | undefined {
  if (!isObject(item)) return undefined;
  const id = text(getOwn(item, 'id'));
  const title = text(getOwn(item, 'title'));
  if (!id || !title) return undefined;
  const summary = text(getOwn(item, 'summary'));
  const grade = readGrade(getOwn(item, 'evidenceGrade'));
  return { id, title, ...(summary ? { summary } : {}), ...(grade ? { evidenceGrade: grade } : {}) };
}

function readGrade(value: Json | undefined): Exclude<Grade, 'unknown'> | undefined {
  return value === 'direct' || value === 'partial' || value === 'context' ? value : undefined;
}

/** YAML reads `edition: 2026` as a number. */
function text(value: Json | undefined): string {
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}

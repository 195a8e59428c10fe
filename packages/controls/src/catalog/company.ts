import { getOwn, isObject, type Json, type JsonObject } from '@benchbook/model';
import { frameworkKey } from '../reference/reference.ts';
import type { Catalog, Evidence, Grade, Provision } from './catalog.ts';

/** A catalog, or why a document is none. */
export type CatalogResult = { readonly catalog: Catalog } | { readonly error: string };

/**
 * Reads a company's own catalog, in the shape of the built-in ones: `framework`, `title`, `edition` and `items`
 * with `id`, `title` and, if stated, `summary`, `grade` (or `evidenceGrade`), `layer`, `evidence`, `role`, `scope`.
 * `document` names what the clauses come from, `sha256` is its digest. A member of another kind is left out;
 * a digest that is none, and what a catalog cannot do without, is an error. `value` is the parsed YAML or JSON.
 */
export function parseCatalog(value: Json | undefined): CatalogResult {
  if (!isObject(value)) return { error: 'a catalog is an object with framework, title, edition and items' };
  const framework = text(getOwn(value, 'framework'));
  if (!framework || !/^[A-Za-z][\w-]*$/.test(framework))
    return { error: '`framework` must be a name of letters, digits and hyphens' };
  const edition = text(getOwn(value, 'edition'));
  if (!edition) return { error: '`edition` is missing' };
  const sha256 = text(getOwn(value, 'sha256')).replace(/^sha256:/i, '');
  if (sha256 && !/^[0-9a-f]{64}$/i.test(sha256)) return { error: '`sha256` must be 64 hexadecimal digits' };
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
      ...stated('document', text(getOwn(value, 'document'))),
      ...stated('sha256', sha256.toLowerCase()),
    },
  };
}

function readProvision(item: Json): Provision | undefined {
  if (!isObject(item)) return undefined;
  const id = text(getOwn(item, 'id'));
  const title = text(getOwn(item, 'title'));
  if (!id || !title) return undefined;
  const grade = readGrade(getOwn(item, 'grade')) ?? readGrade(getOwn(item, 'evidenceGrade'));
  const layer = words(getOwn(item, 'layer'));
  const evidence = readEvidence(getOwn(item, 'evidence'));
  return {
    id,
    title,
    ...stated('summary', text(getOwn(item, 'summary'))),
    ...(grade ? { evidenceGrade: grade } : {}),
    ...(layer.length > 0 ? { layer } : {}),
    ...(evidence.length > 0 ? { evidence } : {}),
    ...stated('role', text(getOwn(item, 'role'))),
    ...stated('scope', text(getOwn(item, 'scope'))),
  };
}

function readGrade(value: Json | undefined): Exclude<Grade, 'unknown'> | undefined {
  return value === 'direct' || value === 'partial' || value === 'context' ? value : undefined;
}

/** Entries are `{ kind, check }`, or the check alone. */
function readEvidence(value: Json | undefined): readonly Evidence[] {
  return listOf(value).flatMap((entry) => {
    if (!isObject(entry)) return text(entry) ? [{ kind: 'rule', check: text(entry) }] : [];
    const check = text(getOwn(entry, 'check'));
    return check ? [{ kind: kindOf(entry), check }] : [];
  });
}

function kindOf(entry: JsonObject): string {
  return text(getOwn(entry, 'kind')) || 'rule';
}

function words(value: Json | undefined): readonly string[] {
  return listOf(value).map(text).filter(Boolean);
}

/** A list, or one thing where a list is expected. */
function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value)
    ? (value as readonly Json[])
    : value === undefined || value === null
      ? []
      : [value];
}

function stated<K extends string>(key: K, value: string): { [key in K]?: string } {
  return value ? ({ [key]: value } as { [key in K]: string }) : {};
}

/** YAML reads `edition: 2026` as a number. */
function text(value: Json | undefined): string {
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}

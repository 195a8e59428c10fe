import type { ControlTag } from '@benchbook/model';
import { builtinCatalogs } from '../catalog/builtin.ts';
import type { Catalog, Grade } from '../catalog/catalog.ts';
import { type FoundProvision, findProvision } from '../catalog/lookup.ts';
import { formatReference, frameworkKey, parseEdition } from './reference.ts';

/** What a tag means. */
export interface ResolvedControl {
  /** `framework@edition:id`; without an edition only where none can be told. */
  readonly ref: string;
  readonly framework: string;
  /** null: neither the tag nor the manifest names one, and the catalog has no default. */
  readonly edition: string | null;
  readonly id: string;
  /** Empty where the control is not known. */
  readonly title: string;
  readonly grade: Grade;
  /** The framework, the edition and the provision exist. */
  readonly known: boolean;
}

/** A tag's reference: all that resolving needs of it. */
export type TagReference = Pick<ControlTag, 'framework' | 'id'> & { readonly edition?: string };

/** A tag held against the catalogs. */
export interface LocatedControl {
  readonly framework: string;
  readonly edition: string | null;
  readonly id: string;
  /** The edition is the tag's own or the manifest's, not the catalog's default. */
  readonly pinned: boolean;
  /** The framework's catalog, with this edition if one has it. */
  readonly catalog?: Catalog;
  readonly found?: FoundProvision;
}

/**
 * Resolves a tag. The edition is the tag's own, else the one that `editions` (the manifest's `controls:`, such as
 * `eu-ai-act@2026-07-27`) names for the framework, else the catalog's default. Never throws: what is not known
 * comes back with `known: false`.
 */
export function resolveControl(
  tag: TagReference,
  editions: readonly string[],
  catalogs: readonly Catalog[] = builtinCatalogs(),
): ResolvedControl {
  const { framework, edition, id, found } = locateControl(tag, editions, catalogs);
  return {
    ref: formatReference({ framework, edition, id }),
    framework,
    edition,
    id,
    title: found?.title ?? '',
    grade: found?.grade ?? 'unknown',
    known: found !== undefined,
  };
}

/** Finds the catalog and the provision of a tag; see {@link resolveControl}. */
export function locateControl(
  tag: TagReference,
  editions: readonly string[],
  catalogs: readonly Catalog[],
): LocatedControl {
  const framework = frameworkKey(tag.framework);
  const own = catalogs.filter((one) => one.framework === framework);
  const written = splitEdition(tag, own);
  const { id } = written;
  const pin = written.edition ?? editionOf(framework, editions);
  const edition = pin ?? defaultEdition(own);
  const having = edition === null ? [] : own.filter((one) => one.editions.includes(edition));
  const base = { framework, edition, id, pinned: pin !== undefined };
  for (const catalog of having) {
    const found = findProvision(catalog, edition!, id);
    if (found) return { ...base, catalog, found };
  }
  const catalog = having[0] ?? own[0];
  return catalog ? { ...base, catalog } : base;
}

/** An id may carry its edition (`2026:LLM03`) where a language has no other place for it. */
function splitEdition(tag: TagReference, own: readonly Catalog[]): { edition?: string; id: string } {
  const id = tag.id.trim();
  if (tag.edition !== undefined) return { edition: tag.edition, id };
  const [, edition, rest] = /^@?([\w.-]{1,40}):\s*(\S.*)$/.exec(id) ?? [];
  const isKnown = edition !== undefined && own.some((catalog) => catalog.editions.includes(edition));
  return isKnown ? { edition, id: rest! } : { id };
}

/** null where several catalogs of one framework have different ones. */
function defaultEdition(own: readonly Catalog[]): string | null {
  const defaults = new Set(own.map((catalog) => catalog.defaultEdition));
  return defaults.size === 1 ? (own[0]!.defaultEdition ?? null) : null;
}

function editionOf(framework: string, editions: readonly string[]): string | undefined {
  return editions.map(parseEdition).find((entry) => entry.framework === framework && entry.edition)?.edition;
}

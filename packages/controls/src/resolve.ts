import type { ControlTag } from '@benchbook/model';
import { builtinCatalogs } from './builtin.ts';
import type { Catalog, Grade } from './catalog.ts';
import { findProvision } from './lookup.ts';
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

/**
 * Resolves a tag. The edition is the tag's own, else the one that `editions` (the manifest's `controls:`, such as
 * `eu-ai-act@2026-07-27`) names for the framework, else the catalog's default. Never throws: what is not known
 * comes back with `known: false`.
 */
export function resolveControl(
  tag: Pick<ControlTag, 'framework' | 'id'> & { readonly edition?: string },
  editions: readonly string[],
  catalogs: readonly Catalog[] = builtinCatalogs(),
): ResolvedControl {
  const framework = frameworkKey(tag.framework);
  const id = tag.id.trim();
  const catalog = catalogs.find((one) => one.framework === framework);
  const edition = tag.edition ?? editionOf(framework, editions) ?? catalog?.defaultEdition ?? null;
  const found =
    catalog && edition !== null && catalog.editions.includes(edition)
      ? findProvision(catalog, edition, id)
      : undefined;
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

function editionOf(framework: string, editions: readonly string[]): string | undefined {
  return editions.map(parseEdition).find((entry) => entry.framework === framework && entry.edition)?.edition;
}

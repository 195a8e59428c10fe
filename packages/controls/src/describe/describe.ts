import { builtinCatalogs } from '../catalog/builtin.ts';
import type { Application, Catalog, Evidence, Grade } from '../catalog/catalog.ts';
import type { ArticleEntry, StructureArticle } from '../catalog/law.ts';
import { articleId, type FoundProvision } from '../catalog/lookup.ts';
import { formatReference } from '../reference/reference.ts';
import { type LocatedControl, locateControl, type TagReference } from '../reference/resolve.ts';
import { applicationDate, applicationOf } from './dates.ts';
import { type ControlProfile, type Folding, foldedText, foldingOf } from './profile.ts';

/** What a workspace says of controls. */
export interface ControlContext {
  /** The manifest's `controls`: `eu-ai-act@2026-07-27`. */
  readonly editions: readonly string[];
  /** Built-in ones and the company's own; the built-in ones alone where absent. */
  readonly catalogs?: readonly Catalog[];
  /** The manifest's `profile`. Absent: every provision lies inside. */
  readonly profile?: ControlProfile;
}

/** One control, for people. */
export interface ControlDescription {
  /** `framework@edition:id`; without an edition only where none can be told. */
  readonly ref: string;
  readonly framework: string;
  /** Of the framework; its key where no catalog has it. */
  readonly frameworkTitle: string;
  readonly edition: string | null;
  readonly id: string;
  /** Empty where the control is not known, as all that follows. */
  readonly title: string;
  readonly summary: string;
  readonly grade: Grade;
  /** `build`, `deploy`, `runtime`. */
  readonly layers: readonly string[];
  /** ISO date; null where the framework has no dates. The earliest that the profile leaves possible. */
  readonly appliesFrom: string | null;
  /** What one date cannot say: another date, or another reading. */
  readonly appliesNote: string | null;
  /** Why it lies outside the profile, in a few words; null where it lies inside. */
  readonly folded: string | null;
  /** What would show it. */
  readonly evidence: readonly Evidence[];
  /** The framework, the edition and the provision exist. */
  readonly known: boolean;
}

/** Says what a tag means in a workspace. Never throws: what is not known comes back with `known: false`. */
export function describeControl(tag: TagReference, context: ControlContext): ControlDescription {
  return describeLocated(locateIn(tag, context), context.profile);
}

export function locateIn(tag: TagReference, context: ControlContext): LocatedControl {
  return locateControl(tag, context.editions, context.catalogs ?? builtinCatalogs());
}

export function describeLocated(
  located: LocatedControl,
  profile: ControlProfile | undefined,
): ControlDescription {
  const { framework, edition, id, catalog, found } = located;
  const meaning = found && catalog ? meaningOf(catalog, found, id) : NO_MEANING;
  const applies = applicationDate(meaning.appliesFrom, profile);
  return {
    ref: formatReference({ framework, edition, id }),
    framework,
    frameworkTitle: catalog?.title ?? framework,
    edition,
    id,
    title: found?.title ?? '',
    summary: meaning.summary,
    grade: found?.grade ?? 'unknown',
    layers: meaning.layers,
    appliesFrom: applies.date,
    appliesNote: applies.note,
    folded: foldedText(foldingOf(meaning, profile)),
    evidence: meaning.evidence,
    known: found !== undefined,
  };
}

/** How a control that was found lies outside a profile, respect by respect. */
export function foldingOfLocated(
  { catalog, found, id }: LocatedControl,
  profile: ControlProfile | undefined,
): Folding {
  return foldingOf(found && catalog ? meaningOf(catalog, found, id) : {}, profile);
}

/** What a catalog says of a provision, or of the article that holds it. */
interface Meaning {
  readonly summary: string;
  readonly layers: readonly string[];
  readonly evidence: readonly Evidence[];
  readonly role?: string;
  readonly scope?: string;
  readonly appliesFrom?: Application;
}

const NO_MEANING: Meaning = { summary: '', layers: [], evidence: [] };

function meaningOf(catalog: Catalog, found: FoundProvision, id: string): Meaning {
  const { provision, article } = found;
  if (provision)
    return {
      summary: provision.summary ?? '',
      layers: provision.layer ?? [],
      evidence: provision.evidence ?? [],
      ...(provision.role ? { role: provision.role } : {}),
      ...(provision.scope ? { scope: provision.scope } : {}),
      ...(provision.appliesFrom ? { appliesFrom: provision.appliesFrom } : {}),
    };
  return article ? meaningOfArticle(article, entryOf(catalog, article), id) : NO_MEANING;
}

function entryOf(catalog: Catalog, article: StructureArticle): ArticleEntry | undefined {
  return catalog.articles?.find((entry) => entry.id === article.article);
}

function meaningOfArticle(article: StructureArticle, entry: ArticleEntry | undefined, id: string): Meaning {
  const application = applicationOf(article, articleId(id)?.path ?? '');
  // Some roles are told in a sentence; only plain ones can be held against a profile.
  const role = /^(?:provider|deployer)(?:\+(?:provider|deployer))*$/.test(entry?.role ?? '')
    ? entry?.role
    : undefined;
  return {
    summary: entry?.summary ?? '',
    layers: entry?.layer ?? [],
    evidence: [],
    ...(role ? { role } : {}),
    ...(application && 'annex-iii' in application ? { scope: 'high-risk' } : {}),
    ...(application ? { appliesFrom: application } : {}),
  };
}

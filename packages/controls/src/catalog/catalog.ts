import type { ArticleEntry, Structure, SupersededNumber, TimelineEntry } from './law.ts';

/** What a provision's passing check is worth; `unknown` where its catalog states no grade. */
export type Grade = 'direct' | 'partial' | 'context' | 'unknown';

/** What would show a provision. */
export interface Evidence {
  /** `rule`, `log`, `test`, `gate`, `artifact`, `record`, `config`, `metric`. */
  readonly kind: string;
  /** The check in words. */
  readonly check: string;
}

/** From when a provision applies; ISO dates. Which member counts depends on the system (see `applicationDate`). */
export interface Application {
  /** Whatever the class of the system. */
  readonly all?: string;
  readonly 'annex-iii'?: string;
  readonly 'annex-i'?: string;
  /** By its wording alone, where another reading ties it to the dates of high-risk systems. */
  readonly formal?: string;
  readonly 'attaches-to-high-risk'?: { readonly 'annex-iii': string; readonly 'annex-i': string };
  readonly 'placed-before-2026-08-02'?: string;
}

/** One provision as a catalog lists it. Members that only some frameworks have are optional. */
export interface Provision {
  readonly id: string;
  readonly title: string;
  readonly summary?: string | null;
  readonly evidenceGrade?: Exclude<Grade, 'unknown'>;
  /** `build`, `deploy`, `runtime`. */
  readonly layer?: readonly string[];
  readonly evidence?: readonly Evidence[];
  /** Editions that have it; every edition where absent. */
  readonly editions?: readonly string[];
  /** `category`, `technique`, `dimension`, ... as its framework calls it. */
  readonly kind?: string;
  /** Whom it binds, words joined by `+`: `provider+deployer`. */
  readonly role?: string;
  /** The class of systems it is for: `high-risk`, `annex-iii-1a`, ... */
  readonly scope?: string;
  readonly appliesFrom?: Application;
  /** What the newest edition changed in it. */
  readonly amended?: string | null;
  readonly note?: string | null;
  /** Other names it goes by. */
  readonly aliases?: readonly string[];
  /** Provisions elsewhere that it goes with: `framework[@edition]:id`. Suggestions, not the framework's own text. */
  readonly related?: readonly string[];
  /** Where it was read. */
  readonly source?: string;
}

/** One framework, built in or the company's own. */
export interface Catalog {
  /** As references write it: `eu-ai-act`. */
  readonly framework: string;
  readonly title: string;
  /** Oldest first. */
  readonly editions: readonly string[];
  /** null: a reference must name its edition, since numbers changed meaning between them. */
  readonly defaultEdition: string | null;
  readonly provisions: readonly Provision[];
  /** Editions whose provisions are not all known: an id that is not found there may exist. */
  readonly incompleteEditions?: readonly string[];
  /** The catalog is a selection: a regular expression that every id of the whole framework fits. */
  readonly selectionOf?: string;
  /** Titles are ours, not the framework's: a label beside an id need not repeat them. */
  readonly ownTitles?: boolean;
  /** Provisions that exist though the catalog does not describe them; undefined where it is complete. */
  readonly structure?: Structure;
  readonly articles?: readonly ArticleEntry[];
  readonly superseded?: readonly SupersededNumber[];
  readonly timeline?: readonly TimelineEntry[];
  /** Day on which its data was last held against the sources. */
  readonly checkedOn?: string;
  /** A company's own: path or name of the document that the clauses come from. */
  readonly document?: string;
  /** SHA-256 of that document, in hexadecimal. */
  readonly sha256?: string;
}

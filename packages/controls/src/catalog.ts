/** What a provision's passing check is worth; `unknown` where its catalog states no grade. */
export type Grade = 'direct' | 'partial' | 'context' | 'unknown';

/** One provision as a catalog lists it. Members that only some frameworks have are optional. */
export interface Provision {
  readonly id: string;
  readonly title: string;
  readonly summary?: string | null;
  readonly evidenceGrade?: Exclude<Grade, 'unknown'>;
  /** `build`, `deploy`, `runtime`. */
  readonly layer?: readonly string[];
  /** What would show it: `rule`, `log`, `test`, `gate`, `artifact`, ... with the check in words. */
  readonly evidence?: readonly { readonly kind: string; readonly check: string }[];
  /** Editions that have it; every edition where absent. */
  readonly editions?: readonly string[];
}

/** One framework, built in or the company's own. */
export interface Catalog {
  /** As references write it: `eu-ai-act`. */
  readonly framework: string;
  readonly title: string;
  readonly editions: readonly string[];
  /** null: a reference must name its edition, since numbers changed meaning between them. */
  readonly defaultEdition: string | null;
  readonly provisions: readonly Provision[];
  /** Provisions that exist though the catalog does not describe them; undefined where it is complete. */
  readonly structure?: Structure;
}

/** The skeleton of a legal text: which numbers exist, in which edition. */
export interface Structure {
  /** Edition that the structure describes; the earlier one is had from `inserted` and `removed`. */
  readonly edition: string;
  readonly articles: readonly StructureArticle[];
  readonly annexNumbers: readonly string[];
  /** Known points by annex number; an annex without an entry has none listed. */
  readonly annexRefs: { readonly [annex: string]: readonly string[] };
}

export interface StructureArticle {
  readonly article: string;
  readonly title: string;
  /** Paragraphs and points below the article: `(4)(d)`. */
  readonly refs: readonly string[];
  /** Number of unnumbered subparagraphs by paragraph: `(5)` with 2 has `(5)/1` and `(5)/2`. */
  readonly subparagraphs: { readonly [paragraph: string]: number };
  /** Not in the edition before; `*` is the whole article. */
  readonly inserted: readonly string[];
  /** In the edition before alone. */
  readonly removed: readonly string[];
}

/** What a catalog of a legal text has beside its provisions. */

/** The skeleton of a legal text: which numbers exist, in which edition. */
export interface Structure {
  /** Edition that the structure describes; the earlier one is had from `inserted` and `removed`. */
  readonly edition: string;
  readonly articles: readonly StructureArticle[];
  /** Articles that may have further new paragraphs. */
  readonly overlayIncompleteFor: readonly string[];
  readonly annexNumbers: readonly string[];
  /** Known points by annex number; an annex without an entry has none listed. */
  readonly annexRefs: { readonly [annex: string]: readonly string[] };
}

export interface StructureArticle {
  readonly article: string;
  readonly title: string | null;
  readonly chapter: string;
  readonly section: string | null;
  /** Paragraphs and points below the article: `(4)(d)`. */
  readonly refs: readonly string[];
  /** Number of unnumbered subparagraphs by paragraph: `(5)` with 2 has `(5)/1` and `(5)/2`. */
  readonly subparagraphs: { readonly [paragraph: string]: number };
  /** Not in the edition before; `*` is the whole article. */
  readonly inserted: readonly string[];
  /** In the edition before alone. */
  readonly removed: readonly string[];
  /** The newest edition changed something in it. */
  readonly amended2026: boolean;
}

/** An article as a whole: what it is about and what it is of use for. */
export interface ArticleEntry {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** `evidence`, `reference`, `never a control`, ... in words. */
  readonly use: string;
  readonly role: string | null;
  readonly layer: readonly string[];
  readonly source: string;
}

/** A number of the draft, or of an edition before, under which a subject is still looked for. */
export interface SupersededNumber {
  readonly draft: string;
  readonly final: string;
  readonly topic: string;
  /** Words that show that the draft's meaning is meant. */
  readonly keywords: readonly string[];
}

/** A day on which something of the law happened or begins to apply. */
export interface TimelineEntry {
  readonly date: string;
  readonly event: string;
  readonly basis: string;
}

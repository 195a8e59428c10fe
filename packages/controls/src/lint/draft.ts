import type { Catalog } from '../catalog/catalog.ts';
import type { SupersededNumber } from '../catalog/law.ts';
import { articleId } from '../catalog/lookup.ts';
import { holdsKeyword, wordsOf } from '../text/words.ts';

/** A number of the draft that a policy seems to mean. */
export interface DraftMeaning {
  /** The draft's number: `62`. */
  readonly draft: string;
  /** What the final text says under that number; null where it has no such number. */
  readonly title: string | null;
  /** Where the draft's subject stands now, most likely first. */
  readonly finals: readonly { readonly article: string; readonly topic: string }[];
}

/**
 * Numbers that people write from the draft. Nearly all of them are valid final articles about something else, so
 * either the words beside them must speak for the draft's subject, or the layer must: a policy that acts at run
 * time cannot be about an article that nothing at run time can show, where the draft's subject is one.
 */
export function draftMeaning(
  catalog: Catalog,
  id: string,
  text: string,
  layer: string,
): DraftMeaning | undefined {
  const number = articleId(id)?.article;
  const entry = catalog.superseded?.find(({ draft }) => draft === number);
  if (!number || !entry) return undefined;
  const article = catalog.structure?.articles.find((one) => one.article === number);
  if (!article) return { draft: number, title: null, finals: [finalOf(entry)] };
  const words = wordsOf(text);
  const subjects = number === '62' ? subjectsOf62(catalog, entry) : [{ entry, keywords: entry.keywords }];
  const spoken = subjects.filter(({ keywords }) => holdsKeyword(words, keywords));
  const meant = spoken.length > 0 ? spoken : speaksByLayer(catalog, number, entry, layer) ? subjects : [];
  if (meant.length === 0) return undefined;
  return { draft: number, title: article.title ?? '', finals: meant.map((one) => finalOf(one.entry)) };
}

function finalOf({ final, topic }: SupersededNumber): DraftMeaning['finals'][number] {
  return { article: final, topic };
}

/** 62 is also widely taken for post-market monitoring, which stood next to it and never had that number. */
function subjectsOf62(catalog: Catalog, entry: SupersededNumber) {
  const monitoring = catalog.superseded?.find(({ draft }) => draft === '61');
  return [
    ...(monitoring ? [{ entry: monitoring, keywords: [...monitoring.keywords, 'monitor'] }] : []),
    { entry, keywords: entry.keywords },
  ];
}

function speaksByLayer(catalog: Catalog, number: string, entry: SupersededNumber, layer: string): boolean {
  return describes(catalog, entry.final, layer) && !describes(catalog, number);
}

function describes(catalog: Catalog, article: string, layer?: string): boolean {
  return catalog.provisions.some(
    (provision) =>
      articleId(provision.id)?.article === article &&
      (layer === undefined || provision.layer?.includes(layer)),
  );
}

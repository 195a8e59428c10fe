import type { Catalog } from '../../src/index.ts';
import { table } from './table.ts';

/** What a law has beside its provisions: dates, articles, numbers that are no more. */
export function lawBlocks(catalog: Catalog): readonly string[] {
  const { timeline, articles, superseded, structure } = catalog;
  if (!timeline || !articles || !superseded || !structure) return [];
  const changed = structure.articles.filter(({ inserted, removed }) => inserted.length + removed.length > 0);
  return [
    '## Dates',
    table(
      ['date', 'what', 'basis'],
      timeline.map(({ date, event, basis }) => [date, event, basis.replace(/^https?:\S+$/, '[source]($&)')]),
    ),
    '## Articles as a whole',
    'A control names a paragraph or a point. What an article is of use for:',
    table(
      ['article', 'title', 'use', 'what it says'],
      articles.map(({ id, title, use, summary }) => [id, title, use, summary]),
    ),
    `## Changes of numbers with edition ${structure.edition}`,
    table(
      ['article', 'new', 'removed'],
      changed.map(({ article, inserted, removed }) => [
        article,
        inserted.map((path) => (path === '*' ? 'the whole article' : path)).join(', '),
        removed.join(', '),
      ]),
    ),
    '## Numbers of the draft',
    'Nearly all of them are valid numbers of the final text about something else ([`ctl/draft-number`](lint.md#ctldraft-number)).',
    table(
      ['draft', 'subject', 'final', 'title of that number today'],
      superseded.map(({ draft, topic, final }) => [
        draft,
        topic,
        final,
        structure.articles.find(({ article }) => article === draft)?.title ?? '',
      ]),
    ),
  ];
}

import { expect, test } from 'vitest';
import timeline from '../catalogs/eu-ai-act-timeline.json' with { type: 'json' };
import { articleId } from '../src/catalog/lookup.ts';
import { applicationOf } from '../src/describe/dates.ts';
import { builtinCatalogs } from '../src/index.ts';

const act = builtinCatalogs()[0]!;
const articles = act.structure!.articles;

test('the dates told by Article 113 are those that the catalog keeps with each provision', () => {
  let compared = 0;
  for (const { id, appliesFrom, scope } of act.provisions) {
    const parts = articleId(id);
    // Provisions for Annex III systems alone have no date for Annex I.
    if (!parts || (scope !== 'high-risk' && !appliesFrom?.all)) continue;
    const article = articles.find((one) => one.article === parts.article)!;
    const { 'placed-before-2026-08-02': _, ...kept } = appliesFrom!;
    expect({ ...applicationOf(article, parts.path), ...certainty(kept) }, id).toEqual(kept);
    compared++;
  }
  expect(compared).toBe(95);
});

function certainty(kept: object): object {
  return 'certainty' in kept ? { certainty: kept.certainty } : {};
}

test('every date of every article is a day of the timeline', () => {
  const days = new Set(timeline.items.map(({ date }) => date));
  const used = new Set(
    articles.flatMap((article) =>
      ['', ...article.refs].flatMap((path) => {
        const { all, formal, 'annex-iii': third, 'annex-i': first } = applicationOf(article, path)!;
        return [all, formal, third, first].filter((date) => date !== undefined);
      }),
    ),
  );
  expect([...used].filter((date) => !days.has(date))).toEqual([]);
  expect([...used].sort()).toEqual([
    '2024-08-01',
    '2025-02-02',
    '2025-08-02',
    '2026-07-27',
    '2026-08-02',
    '2026-12-02',
    '2027-12-02',
    '2028-08-02',
  ]);
});

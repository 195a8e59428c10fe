import type { StructureArticle } from '../../catalog/law.ts';
import { articleId, pathsOf } from '../../catalog/lookup.ts';
import { listed, quote } from '../../text/quote.ts';
import { atTag, type ControlRule, nameOf } from '../rule.ts';
import type { TagView } from '../view.ts';

export const unknownId: ControlRule = {
  code: 'ctl/unknown-id',
  severity: 'error',
  summary: 'The framework has no such provision in this edition.',
  why: 'A reader who looks the number up finds nothing, or something else. A number that a catalog may lack, because its edition is not wholly known or it is a selection, is a warning.',
  bad: { controls: ['eu-ai-act:12(4)'] },
  good: { controls: ['eu-ai-act:12(1)'] },
  message: '`eu-ai-act:12(4)` does not exist in edition 2026-07-27: Art. 12 has (1)-(3)',
  check: ({ tags }) =>
    tags.flatMap((view) => {
      const { tag, verdict, located, draft } = view;
      if (verdict.kind === 'unknown-edition') {
        const has = listed(located.catalog?.editions ?? [], 'and');
        return [
          atTag(
            tag,
            `${quote(located.framework)} has no edition ${quote(located.edition ?? '')}; it has ${has}`,
          ),
        ];
      }
      if (verdict.kind !== 'unknown-id' || draft) return [];
      const message = `${nameOf(view)} ${hintOf(view, verdict)}`;
      return [verdict.certain ? atTag(tag, message) : atTag(tag, message, 'warning')];
    }),
};

type UnknownId = Extract<TagView['verdict'], { kind: 'unknown-id' }>;

function hintOf(view: TagView, { certain, meant, since }: UnknownId): string {
  const { edition, catalog } = view.located;
  if (since !== null) return `does not exist in edition ${edition}; it came with ${since}`;
  if (!certain && catalog?.selectionOf)
    return `is not among the provisions that the catalog carries; without a title nobody can check it`;
  if (!certain) return `is not known in edition ${edition}, whose numbers are not all known; check it`;
  const what = `does not exist in edition ${edition}`;
  if (meant !== null) return `${what}; did you mean ${quote(meant)}?`;
  const near = nearby(view);
  return near ? `${what}: ${near}` : what;
}

/** What the nearest provision above has instead. */
function nearby({ located }: TagView): string | undefined {
  const { structure } = located.catalog ?? {};
  const parts = articleId(located.id);
  if (!structure || !parts) return undefined;
  const article = structure.articles.find((one) => one.article === parts.article);
  if (!article) return `the articles are 1-113, and ${insertedArticles(structure.articles)}`;
  const paths = pathsOf(structure, article, located.edition ?? structure.edition);
  let above = parts.subparagraph === undefined ? parts.path.replace(/\(\w+\)$/, '') : parts.path;
  while (above !== '' && !paths.has(above)) above = above.replace(/\(\w+\)$/, '');
  const below = [...paths].filter(
    (path) => path.startsWith(above) && /^\(\w+\)$/.test(path.slice(above.length)),
  );
  const name = `Art. ${article.article}${above}`;
  if (below.length > 0) return `${name} has ${ranges(below.map((path) => path.slice(above.length)))}`;
  return `${name} has nothing below it`;
}

function insertedArticles(articles: readonly StructureArticle[]): string {
  return listed(
    articles.map(({ article }) => article).filter((article) => /[a-z]$/.test(article)),
    'and',
  );
}

/** `(1)-(3)`; single where the row is not in one piece. */
function ranges(names: readonly string[]): string {
  const isRow = names.every((name, index) => index === 0 || follows(names[index - 1]!, name));
  if (names.length > 2 && isRow) return `${names[0]}-${names.at(-1)}`;
  return listed(names.length > 12 ? [...names.slice(0, 12), '...'] : names, 'and');
}

function follows(before: string, after: string): boolean {
  const [a, b] = [before.slice(1, -1), after.slice(1, -1)];
  if (/^\d+$/.test(a) && /^\d+$/.test(b)) return Number(b) === Number(a) + 1;
  return a.length === 1 && b.length === 1 && b.charCodeAt(0) === a.charCodeAt(0) + 1;
}

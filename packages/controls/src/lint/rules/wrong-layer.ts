import { articleId } from '../../catalog/lookup.ts';
import { listed } from '../../text/quote.ts';
import { atTag, type ControlRule, nameOf } from '../rule.ts';
import type { TagView } from '../view.ts';

export const wrongLayer: ControlRule = {
  code: 'ctl/wrong-layer',
  severity: 'warning',
  summary: 'The provision is shown by work at another time than when the policy acts.',
  why: 'A policy acts when a tool is called. What is shown when the system is built or released, such as its documentation, no decision on a call can show.',
  bad: { controls: ['eu-ai-act:11(1)'] },
  good: { controls: ['eu-ai-act:12(2)(a)'] },
  message:
    '`eu-ai-act:11(1)` is shown by work at build and deploy time, and this policy acts at runtime; map it to a runtime provision, as in Art. 12, 14 or 15',
  check: ({ known, layer }) =>
    known.flatMap((view) => {
      const { layers, grade } = view.control;
      // Of context grade it counts for nothing in any layer, which another rule says.
      if (layers.length === 0 || layers.includes(layer) || grade === 'context') return [];
      const times = `is shown by work at ${listed(layers, 'and')} time, and this policy acts at ${layer}`;
      return [
        atTag(view.tag, `${nameOf(view)} ${times}; map it to a ${layer} provision${insteadOf(view, layer)}`),
      ];
    }),
};

/** Articles of the same law that the layer can show, the nearest ones after the number that was written. */
function insteadOf({ located }: TagView, layer: string): string {
  const { catalog, found } = located;
  if (!catalog?.structure || !found) return '';
  const own = Number.parseInt(found.article?.article ?? '0', 10);
  const articles = new Map<string, number>();
  for (const { id, layer: layers, evidenceGrade } of catalog.provisions) {
    const article = articleId(id)?.article;
    if (article && layers?.includes(layer) && evidenceGrade === 'direct')
      articles.set(article, (articles.get(article) ?? 0) + 1);
  }
  const nearest = [...articles]
    .filter(([article, count]) => count > 1 && Number.parseInt(article, 10) > own)
    .map(([article]) => article)
    .slice(0, 3);
  return nearest.length > 0 ? `, as in Art. ${listed(nearest, 'or')}` : '';
}

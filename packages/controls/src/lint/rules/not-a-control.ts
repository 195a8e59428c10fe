import type { Catalog } from '../../catalog/catalog.ts';
import type { StructureArticle } from '../../catalog/law.ts';
import { oneLine } from '../../text/quote.ts';
import { atTag, type ControlRule, nameOf } from '../rule.ts';
import type { TagView } from '../view.ts';

export const notAControl: ControlRule = {
  code: 'ctl/not-a-control',
  severity: 'warning',
  summary: 'The article is nothing that a policy can show.',
  why: 'Definitions, dates, penalties, authorities and support measures ask nothing of an agent. A policy may mention them, but serves another provision.',
  bad: { controls: ['eu-ai-act:99'] },
  good: { controls: ['eu-ai-act:26(1)'] },
  message:
    '`eu-ai-act:99` (Penalties) is nothing that a policy can show; use it as a reference, not as a control',
  check: ({ known }) =>
    known.flatMap((view) => {
      const { article } = view.located.found ?? {};
      if (!article || !isNoControl(view)) return [];
      const title = oneLine(article.title ?? `Article ${article.article}`);
      const todo = 'use it as a reference, not as a control';
      return [atTag(view.tag, `${nameOf(view)} (${title}) is nothing that a policy can show; ${todo}`)];
    }),
};

/** The provision stands in an article that no policy can show anything of. */
export function isNoControl({ located: { found, catalog } }: Pick<TagView, 'located'>): boolean {
  if (!found?.article || found.provision || !catalog) return false;
  return isBeyondPolicies(catalog, found.article);
}

/** Chapters on authorities, sandboxes, market surveillance, penalties and the law's own course. */
const INSTITUTIONAL = new Set(['VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII', 'XIII']);

function isBeyondPolicies(catalog: Catalog, article: StructureArticle): boolean {
  const entry = catalog.articles?.find(({ id }) => id === article.article);
  if (entry) return /^(?:reference|never a control|not evidenceable)/.test(entry.use);
  return INSTITUTIONAL.has(article.chapter) || (article.chapter === 'III' && article.section === '4');
}

import { articleId } from '../../catalog/lookup.ts';
import { listed } from '../../text/quote.ts';
import { atTag, type ControlRule, nameOf } from '../rule.ts';
import type { PolicyView, TagView } from '../view.ts';
import { isNoControl } from './not-a-control.ts';

export const articleOnly: ControlRule = {
  code: 'ctl/article-only',
  severity: 'warning',
  summary: 'The control stops at an article although its paragraphs and points say different things.',
  why: 'An article as a whole has no grade: a report cannot say which of its duties the policy serves.',
  bad: { controls: ['eu-ai-act:14'] },
  good: { controls: ['eu-ai-act:14(4)(e)'] },
  message:
    '`eu-ai-act:14` stops short; name the paragraph or point: 14(1), 14(4)(a), 14(4)(b), 14(4)(c), ...',
  check: (policy) =>
    policy.known.flatMap((view) => {
      if (!stopsShort(view)) return [];
      const better = narrower(view, policy.layer);
      const some = better.length > 4 ? `${better.slice(0, 4).join(', ')}, ...` : listed(better, 'or');
      const which = some === '' ? '' : `: ${some}`;
      return [atTag(view.tag, `${nameOf(view)} stops short; name the paragraph or point${which}`)];
    }),
};

/** It is no described provision, and either a whole article with paragraphs or above a described one. */
export function stopsShort(view: TagView): boolean {
  const { found, id } = view.located;
  if (!found?.article || found.provision || isNoControl(view)) return false;
  const parts = articleId(id);
  if (!parts || parts.subparagraph !== undefined) return false;
  return (parts.path === '' && found.article.refs.length > 0) || narrower(view).length > 0;
}

/** Described provisions below a reference, those that a layer can show alone where it is given. */
export function narrower({ located }: TagView, layer?: PolicyView['layer']): readonly string[] {
  const { catalog, edition, id } = located;
  if (!catalog || edition === null) return [];
  return catalog.provisions
    .filter((provision) => provision.id.startsWith(`${id}(`) || provision.id.startsWith(`${id}/`))
    .filter((provision) => (provision.editions ?? catalog.editions).includes(edition))
    .filter(
      ({ layer: layers, evidenceGrade }) =>
        layer === undefined || (layers?.includes(layer) && evidenceGrade !== 'context'),
    )
    .map((provision) => provision.id);
}

import type { Catalog } from '../../catalog/catalog.ts';
import { findProvision } from '../../catalog/lookup.ts';
import { listed } from '../../text/quote.ts';
import { atTag, type ControlRule, nameOf } from '../rule.ts';

export const editionMissing: ControlRule = {
  code: 'ctl/edition-missing',
  severity: 'error',
  summary:
    'The framework’s numbers changed their meaning, and neither the control nor the manifest names an edition.',
  why: 'The same number is another risk in another edition: nobody can know which one is meant.',
  bad: { controls: ['owasp-llm:LLM06'] },
  good: { controls: ['owasp-llm@2026:LLM03'] },
  message:
    '`owasp-llm:LLM06` is Excessive Agency in 2025 and Unbounded Consumption in 2026; name the edition here, or under `controls` in benchbook.yaml',
  check: ({ tags }) =>
    tags.flatMap((view) => {
      const { catalog, id } = view.located;
      if (view.verdict.kind !== 'edition-missing' || !catalog) return [];
      const todo = 'name the edition here, or under `controls` in benchbook.yaml';
      return [atTag(view.tag, `${nameOf(view)} ${meanings(catalog, id)}; ${todo}`)];
    }),
};

function meanings(catalog: Catalog, id: string): string {
  const titles = catalog.editions.map((edition) => findProvision(catalog, edition, id)?.title);
  if (titles.some((title) => title === undefined) || new Set(titles).size === 1)
    return `needs an edition (${listed(catalog.editions, 'or')})`;
  const each = catalog.editions.map((edition, index) => `${titles[index]} in ${edition}`);
  return `is ${listed(each, 'and')}`;
}

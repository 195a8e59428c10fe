/** The catalogs that come with Benchbook, brought into one shape. The files under `catalogs/` are data. */
import euAiAct from '../../catalogs/eu-ai-act.json' with { type: 'json' };
import euAiActArticles from '../../catalogs/eu-ai-act-articles.json' with { type: 'json' };
import euAiActStructure from '../../catalogs/eu-ai-act-structure.json' with { type: 'json' };
import euAiActSuperseded from '../../catalogs/eu-ai-act-superseded.json' with { type: 'json' };
import euAiActTimeline from '../../catalogs/eu-ai-act-timeline.json' with { type: 'json' };
import imda from '../../catalogs/imda-mgf-agentic.json' with { type: 'json' };
import registry from '../../catalogs/index.json' with { type: 'json' };
import iso42001 from '../../catalogs/iso-42001-annex-a.json' with { type: 'json' };
import mitreAtlas from '../../catalogs/mitre-atlas-agentic.json' with { type: 'json' };
import nistAiRmf from '../../catalogs/nist-ai-rmf-1.0.json' with { type: 'json' };
import owaspAsi from '../../catalogs/owasp-asi-2026.json' with { type: 'json' };
import owaspLlm from '../../catalogs/owasp-llm.json' with { type: 'json' };
import type { Catalog, Provision } from './catalog.ts';
import type { ArticleEntry, Structure } from './law.ts';

type Content = Omit<Catalog, 'framework' | 'editions' | 'defaultEdition'>;

const contents: { readonly [framework: string]: () => Content } = {
  'eu-ai-act': () => ({
    title: 'EU AI Act, Regulation (EU) 2024/1689',
    provisions: euAiAct.items as unknown as readonly Provision[],
    ownTitles: true,
    structure: euAiActStructure as unknown as Structure,
    articles: euAiActArticles.items as readonly ArticleEntry[],
    superseded: euAiActSuperseded.items,
    timeline: euAiActTimeline.items,
    checkedOn: euAiActTimeline.checkedOn,
  }),
  'owasp-asi': () => ({
    title: owaspAsi.title,
    provisions: owaspAsi.items.map(({ suggestedEuAiAct, ...item }) => ({
      ...item,
      aliases: aliasesOf(owaspAsi.aliases, item.id),
      related: suggestedEuAiAct.map((id) => `eu-ai-act:${id}`),
    })),
    checkedOn: owaspAsi.checkedOn,
  }),
  'owasp-llm': () => ({
    title: owaspLlm.title,
    provisions: [...owaspLlm.items.map(llm2025), ...owaspLlm.items2026.map(llm2026)],
    checkedOn: owaspLlm.checkedOn,
  }),
  'nist-ai-rmf': () => ({
    title: nistAiRmf.title,
    provisions: nistAiRmf.items as readonly Provision[],
    ownTitles: true,
    checkedOn: nistAiRmf.checkedOn,
  }),
  'iso-42001': () => ({
    title: 'ISO/IEC 42001:2023 Annex A',
    provisions: iso42001.items as readonly Provision[],
    checkedOn: iso42001.checkedOn,
  }),
  'imda-mgf-agentic': () => ({
    title: imda.title,
    provisions: imda.items.map((item) => ({ ...item, editions: imdaEditions(item) })),
    incompleteEditions: [imda.laterEdition.edition],
    ownTitles: true,
    checkedOn: imda.checkedOn,
  }),
  'mitre-atlas': () => ({
    title: 'MITRE ATLAS',
    provisions: mitreAtlas.items,
    selectionOf: '^AML\\.(T|M|TA)\\d{4}(\\.\\d{3})?$',
    checkedOn: mitreAtlas.checkedOn,
  }),
};

function aliasesOf(aliases: object, id: string): readonly string[] {
  return (Object.entries(aliases) as [string, string[]][]).find(([key]) => key === id)?.[1] ?? [];
}

function llm2025({ number, edition, sameRiskIn2026, ...item }: (typeof owaspLlm.items)[number]): Provision {
  return { ...item, id: number, editions: [edition], related: [`owasp-llm@2026:${sameRiskIn2026}`] };
}

/** What shows a risk does not depend on its number: it is taken from the same risk of the edition before. */
function llm2026({ number, edition, ...item }: (typeof owaspLlm.items2026)[number]): Provision {
  const same = owaspLlm.items.find((one) => one.number === item.sameRiskIn2025);
  return {
    id: number,
    title: item.title,
    editions: [edition],
    note: item.note,
    source: item.source,
    related: [`owasp-llm@2025:${item.sameRiskIn2025}`],
    ...(same ? { summary: same.summary, layer: same.layer, evidence: same.evidence } : {}),
  };
}

/** Edition 1.5 keeps the dimensions; of its headings below them two are confirmed (`laterEdition.note`). */
function imdaEditions(item: { readonly id: string; readonly kind: string }): readonly string[] {
  const kept = item.kind === 'dimension' || item.id === '2.1.2' || item.id === '2.3.3';
  return kept ? ['1.0', '1.5'] : ['1.0'];
}

let loaded: readonly Catalog[] | undefined;

/** All built-in catalogs, in the registry's order. Made on first use. */
export function builtinCatalogs(): readonly Catalog[] {
  loaded ??= registry.registry.map((entry) => ({
    framework: entry.key,
    editions: entry.editions,
    defaultEdition: entry.default,
    ...contents[entry.key]!(),
  }));
  return loaded;
}

/** Day on which the built-in catalogs were last held against their sources: the date where no clock is. */
export const catalogsCheckedOn: string = euAiActTimeline.checkedOn;

/** The catalogs that come with Benchbook, brought into one shape. The files under `catalogs/` are data. */
import euAiAct from '../catalogs/eu-ai-act.json' with { type: 'json' };
import euAiActStructure from '../catalogs/eu-ai-act-structure.json' with { type: 'json' };
import imda from '../catalogs/imda-mgf-agentic.json' with { type: 'json' };
import registry from '../catalogs/index.json' with { type: 'json' };
import iso42001 from '../catalogs/iso-42001-annex-a.json' with { type: 'json' };
import mitreAtlas from '../catalogs/mitre-atlas-agentic.json' with { type: 'json' };
import nistAiRmf from '../catalogs/nist-ai-rmf-1.0.json' with { type: 'json' };
import owaspAsi from '../catalogs/owasp-asi-2026.json' with { type: 'json' };
import owaspLlm from '../catalogs/owasp-llm.json' with { type: 'json' };
import type { Catalog, Provision, Structure } from './catalog.ts';

const provisionsOf: { readonly [framework: string]: () => readonly Provision[] } = {
  'eu-ai-act': () => euAiAct.items as readonly Provision[],
  'owasp-asi': () => owaspAsi.items,
  'owasp-llm': () =>
    [...owaspLlm.items, ...owaspLlm.items2026].map((item) => ({
      ...item,
      id: item.number,
      editions: [item.edition],
    })),
  'nist-ai-rmf': () => nistAiRmf.items as readonly Provision[],
  'iso-42001': () => iso42001.items as readonly Provision[],
  'imda-mgf-agentic': () => imda.items.map((item) => ({ ...item, editions: imdaEditions(item) })),
  'mitre-atlas': () => mitreAtlas.items,
};

/** Edition 1.5 keeps the dimensions; of its headings below them two are confirmed (`laterEdition.note`). */
function imdaEditions(item: { readonly id: string; readonly kind: string }): readonly string[] {
  const kept = item.kind === 'dimension' || item.id === '2.1.2' || item.id === '2.3.3';
  return kept ? ['1.0', '1.5'] : ['1.0'];
}

const titles: { readonly [framework: string]: string } = {
  'eu-ai-act': 'EU AI Act, Regulation (EU) 2024/1689',
  'owasp-asi': owaspAsi.title,
  'owasp-llm': owaspLlm.title,
  'nist-ai-rmf': nistAiRmf.title,
  'iso-42001': 'ISO/IEC 42001:2023 Annex A',
  'imda-mgf-agentic': imda.title,
  'mitre-atlas': 'MITRE ATLAS',
};

let loaded: readonly Catalog[] | undefined;

/** All built-in catalogs, in the registry's order. Made on first use. */
export function builtinCatalogs(): readonly Catalog[] {
  loaded ??= registry.registry.map((entry) => ({
    framework: entry.key,
    title: titles[entry.key]!,
    editions: entry.editions,
    defaultEdition: entry.default,
    provisions: provisionsOf[entry.key]!(),
    ...(entry.key === 'eu-ai-act' ? { structure: euAiActStructure as unknown as Structure } : {}),
  }));
  return loaded;
}

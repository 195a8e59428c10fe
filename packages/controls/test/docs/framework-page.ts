import act from '../../catalogs/eu-ai-act.json' with { type: 'json' };
import iso from '../../catalogs/iso-42001-annex-a.json' with { type: 'json' };
import atlas from '../../catalogs/mitre-atlas-agentic.json' with { type: 'json' };
import nist from '../../catalogs/nist-ai-rmf-1.0.json' with { type: 'json' };
import asi from '../../catalogs/owasp-asi-2026.json' with { type: 'json' };
import llm from '../../catalogs/owasp-llm.json' with { type: 'json' };
import { type Catalog, describeControl, type Provision } from '../../src/index.ts';
import { lawBlocks } from './law.ts';
import { GENERATED, page, table } from './table.ts';

const RIGHTS: { readonly [framework: string]: string } = {
  'eu-ai-act': act.reuse,
  'owasp-asi': asi.licence,
  'owasp-llm': llm.licence,
  'nist-ai-rmf': nist.licence,
  'iso-42001': iso.licence,
  'mitre-atlas': atlas.licence,
  'imda-mgf-agentic':
    'A voluntary framework of the Infocomm Media Development Authority; summaries are our own words.',
};

/** `docs/controls/FRAMEWORK.md`. */
export function frameworkPage(catalog: Catalog): string {
  return page(
    GENERATED,
    `# ${catalog.title}`,
    intro(catalog),
    `${RIGHTS[catalog.framework]!.replace(/\.?$/, '.')} Last held against its sources on ${catalog.checkedOn}.`,
    ...catalog.editions.flatMap((edition) => provisionBlocks(catalog, edition)),
    ...lawBlocks(catalog),
  );
}

function intro(catalog: Catalog): string {
  const { framework, editions, defaultEdition } = catalog;
  const edition = defaultEdition ?? editions.at(-1)!;
  const id = inEdition(catalog, edition)[0]!.id;
  const inCedar = defaultEdition === null ? `${edition}:${id}` : id;
  return [
    `Written \`${framework}@${edition}:${id}\`, in Cedar \`@${framework.replaceAll('-', '_')}("${inCedar}")\`.`,
    defaultEdition === null
      ? `Its numbers changed their meaning between the editions ${editions.join(' and ')}, so a reference must name one, or the manifest must.`
      : `A reference without an edition means ${defaultEdition}.`,
    catalog.selectionOf ? 'The catalog is a selection: what agents’ tool calls have to do with.' : '',
    ...(catalog.incompleteEditions ?? []).map(
      (edition) => `Not every number of edition ${edition} is known.`,
    ),
  ]
    .filter(Boolean)
    .join(' ');
}

/** One table per edition; editions with the same provisions share one. */
function provisionBlocks(catalog: Catalog, edition: string): readonly string[] {
  const own = inEdition(catalog, edition);
  const previous = catalog.editions[catalog.editions.indexOf(edition) + 1];
  if (previous !== undefined && own.every((one) => inEdition(catalog, previous).includes(one))) return [];
  const isOnly = catalog.editions.every(
    (other) => other === edition || inEdition(catalog, other).every((one) => own.includes(one)),
  );
  const head = isOnly ? '## Provisions' : `## Edition ${edition}`;
  return [head, provisionTable(catalog, edition, own)];
}

function inEdition(catalog: Catalog, edition: string): readonly Provision[] {
  return catalog.provisions.filter((one) => (one.editions ?? catalog.editions).includes(edition));
}

function provisionTable(catalog: Catalog, edition: string, provisions: readonly Provision[]): string {
  const rows = provisions.map((provision) => {
    const control = describeControl(
      { framework: catalog.framework, edition, id: provision.id },
      { editions: [] },
    );
    return {
      id: provision.id,
      what: [
        `**${control.title}**`,
        control.summary === control.title ? '' : control.summary,
        provision.note ?? '',
        provision.amended ? `Amended: ${provision.amended}.` : '',
      ]
        .filter(Boolean)
        .join(' '),
      grade: control.grade === 'unknown' ? '' : control.grade,
      layers: control.layers.join(', '),
      evidence: control.evidence.map(({ kind, check }) => `*${kind}*: ${check}`).join('; '),
      binds: [provision.role ?? '', provision.scope ?? ''].filter(Boolean).join(', '),
      from: [control.appliesFrom ?? '', control.appliesNote ? `(${control.appliesNote})` : ''].join(' '),
    };
  });
  const columns = (
    [
      ['id', 'id'],
      ['provision', 'what'],
      ['grade', 'grade'],
      ['shown at', 'layers'],
      ['what would show it', 'evidence'],
      ['binds', 'binds'],
      ['applies from', 'from'],
    ] as const
  ).filter(([, key]) => rows.some((row) => row[key].trim() !== ''));
  return table(
    columns.map(([head]) => head),
    rows.map((row) => columns.map(([, key]) => row[key])),
  );
}

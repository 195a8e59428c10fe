import type { Json } from '@benchbook/model';
import { builtinCatalogs } from '../../src/index.ts';
import { GENERATED, page, table } from './table.ts';

/** A company's own catalog, as the page shows it. */
export const COMPANY_EXAMPLE = {
  framework: 'acme-aup',
  title: 'Acceptable use of agents',
  edition: '2026',
  document: 'governance/acceptable-use.pdf',
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  items: [
    {
      id: '3.1',
      title: 'Refunds above 150 EUR need a team lead',
      grade: 'direct',
      layer: 'runtime',
      evidence: [{ kind: 'test', check: 'a refund of 151 EUR escalates' }],
    },
    { id: '3.2', title: 'Why we use agents at all', grade: 'context' },
  ],
} as const satisfies Json;

/** `docs/controls/index.md`. */
export function indexPage(): string {
  return page(
    GENERATED,
    '# Controls',
    'A control is one provision of a framework that a policy serves: `framework[@edition]:id`. The edition is the reference’s own, else the one that `controls` in `benchbook.yaml` names, else the catalog’s default. Summaries are our own words, not the frameworks’ text, and no legal advice. No report says that anything is compliant.',
    table(
      ['framework', 'key', 'editions', 'provisions described'],
      builtinCatalogs().map(({ framework, title, editions, defaultEdition, provisions }) => [
        `[${title}](${framework}.md)`,
        `\`${framework}\``,
        editions.map((edition) => (edition === defaultEdition ? `**${edition}**` : edition)).join(', '),
        String(provisions.length),
      ]),
    ),
    'The default edition is bold. What the lint says of a control stands in [lint.md](lint.md).',
    '## What a grade means',
    table(
      ['grade', 'what a passing check is worth'],
      [
        ['direct', 'it is evidence for the technical part of the provision'],
        ['partial', 'it supports the provision; people or processes must add to it'],
        ['context', 'it never counts: the provision is reported as referenced'],
        ['(none)', 'the framework’s catalog states no grade'],
      ],
    ),
    '## Which provisions apply',
    '`profile` in `benchbook.yaml` says what the system is. What lies outside is folded away in reports and told by the lint; without a profile nothing is. Several words are joined by `+`.',
    table(
      ['key', 'words'],
      [
        ['`role`', '`provider`, `deployer`, `provider+deployer`, ...'],
        [
          '`riskClass`',
          '`high-risk`, `annex-iii`, `annex-i` (high-risk by that annex), `limited`, `minimal`; narrower: `annex-iii-1a` (remote biometric identification), `financial-institution`, `workplace`, `public-deployer`, `law-enforcement`, `fria-deployer`, as in `high-risk+workplace`',
        ],
      ],
    ),
    'Dates follow Article 113 of the EU AI Act after Regulation (EU) 2026/1744, whichever edition a number is taken from: the earliest date that the profile leaves possible.',
    '## The company’s own clauses',
    'Files under `catalogs` have the same shape. `framework`, `edition` and, of each item, `id` and `title` are required. `document` names what the clauses come from, `sha256` is its digest. A report lists the clauses that no policy serves, without those of grade `context`.',
    ['```yaml', ...yaml(COMPANY_EXAMPLE), '```'].join('\n'),
  );
}

/** Enough YAML for the example: maps of texts, one list of maps. */
function yaml(value: typeof COMPANY_EXAMPLE): readonly string[] {
  return Object.entries(value).flatMap(([key, member]) =>
    typeof member === 'string'
      ? [`${key}: ${JSON.stringify(member)}`]
      : [`${key}:`, ...member.map((item) => `  - ${JSON.stringify(item)}`)],
  );
}

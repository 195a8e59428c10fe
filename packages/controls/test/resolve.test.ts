import { expect, test } from 'vitest';
import { builtinCatalogs, parseCatalog, resolveControl } from '../src/index.ts';

function resolve(reference: string, editions: readonly string[] = [], edition?: string) {
  const [framework = '', id = ''] = reference.split(':');
  return resolveControl({ framework, id, ...(edition ? { edition } : {}) }, editions);
}

test('every described provision of every catalog resolves in the editions that have it', () => {
  for (const catalog of builtinCatalogs())
    for (const provision of catalog.provisions)
      for (const edition of provision.editions ?? catalog.editions) {
        const resolved = resolveControl({ framework: catalog.framework, id: provision.id, edition }, []);
        expect(resolved).toEqual({
          ref: `${catalog.framework}@${edition}:${provision.id}`,
          framework: catalog.framework,
          edition,
          id: provision.id,
          title: provision.title,
          grade: provision.evidenceGrade ?? 'unknown',
          known: true,
        });
      }
});

test('counts what the catalogs hold', () => {
  expect(builtinCatalogs().map((catalog) => [catalog.framework, catalog.provisions.length])).toEqual([
    ['eu-ai-act', 123],
    ['owasp-asi', 10],
    ['owasp-llm', 20],
    ['nist-ai-rmf', 91],
    ['iso-42001', 38],
    ['imda-mgf-agentic', 14],
    ['mitre-atlas', 40],
  ]);
});

test('the edition is the tag’s own, else the manifest’s, else the default', () => {
  const manifest = ['owasp-asi@2026', 'eu-ai-act@2024-07-12'];
  expect(resolve('eu-ai-act:14(4)(d)', manifest, '2026-07-27').ref).toBe('eu-ai-act@2026-07-27:14(4)(d)');
  expect(resolve('eu-ai-act:14(4)(d)', manifest).ref).toBe('eu-ai-act@2024-07-12:14(4)(d)');
  expect(resolve('eu-ai-act:14(4)(d)').ref).toBe('eu-ai-act@2026-07-27:14(4)(d)');
});

test('a Cedar annotation key is the framework with underscores', () => {
  expect(resolve('eu_ai_act:12(1)')).toEqual({
    ref: 'eu-ai-act@2026-07-27:12(1)',
    framework: 'eu-ai-act',
    edition: '2026-07-27',
    id: '12(1)',
    title: 'Automatic event recording',
    grade: 'direct',
    known: true,
  });
});

test('a number that changed its meaning needs an edition', () => {
  expect(resolve('owasp-llm:LLM06')).toMatchObject({ ref: 'owasp-llm:LLM06', edition: null, known: false });
  expect(resolve('owasp-llm:LLM06', ['owasp-llm@2025']).title).toBe('Excessive Agency');
  expect(resolve('owasp-llm:LLM06', ['owasp-llm@2026']).title).toBe('Unbounded Consumption');
});

test.each([
  ['eu-ai-act:14', 'Human oversight', 'context', true],
  ['eu-ai-act:14(4)', 'Human oversight', 'context', true],
  ['eu-ai-act:14(5)/2', 'Human oversight', 'context', true],
  ['eu-ai-act:14(5)/3', '', 'unknown', false],
  ['eu-ai-act:12(4)', '', 'unknown', false],
  ['eu-ai-act:Annex III(5)(b)', 'Annex III', 'context', true],
  ['eu-ai-act:Annex XX', '', 'unknown', false],
  ['eu-ai-act:14.4.e', '', 'unknown', false],
  ['eu-aiact:14(4)(e)', '', 'unknown', false],
  ['nist-ai-rmf:GOVERN 1', 'Policies and practices for AI risk exist and work', 'unknown', true],
])('%s is %j, %s, known: %s', (reference, title, grade, known) => {
  expect(resolve(reference)).toMatchObject({ title, grade, known });
});

test.each([
  ['10(5)', '2024-07-12', true],
  ['10(5)', '2026-07-27', false],
  ['4a(1)', '2024-07-12', false],
  ['4a(1)', '2026-07-27', true],
  ['6(1a)', '2024-07-12', false],
  ['6(1a)', '2026-07-27', true],
])('eu-ai-act %s in edition %s: %s', (id, edition, known) => {
  expect(resolve(`eu-ai-act:${id}`, [], edition).known).toBe(known);
});

test('an edition that does not exist is not known', () => {
  expect(resolve('owasp-asi:ASI01', [], '2031')).toMatchObject({ ref: 'owasp-asi@2031:ASI01', known: false });
});

test('a company’s own clauses stand beside the built-in ones', () => {
  const parsed = parseCatalog({
    framework: 'acme_aup',
    title: 'Acceptable use of agents',
    edition: 2026,
    items: [
      { id: '7.2', title: 'No payments above the limit', evidenceGrade: 'direct' },
      { id: '7.3', title: 'Logs' },
    ],
  });
  if (!('catalog' in parsed)) throw new Error(parsed.error);
  const catalogs = [...builtinCatalogs(), parsed.catalog];
  expect(resolveControl({ framework: 'acme-aup', id: '7.2' }, [], catalogs)).toMatchObject({
    ref: 'acme-aup@2026:7.2',
    title: 'No payments above the limit',
    grade: 'direct',
    known: true,
  });
  expect(resolveControl({ framework: 'acme-aup', id: '7.3' }, [], catalogs).grade).toBe('unknown');
  expect(resolveControl({ framework: 'acme-aup', id: '7.4' }, [], catalogs).known).toBe(false);
});

test.each([
  [null, 'a catalog is an object with framework, title, edition and items'],
  [{ framework: 'a b' }, '`framework` must be a name of letters, digits and hyphens'],
  [{ framework: 'a' }, '`edition` is missing'],
  [{ framework: 'a', edition: '1' }, '`items` must be a list of clauses'],
  [{ framework: 'a', edition: '1', items: [{ id: '1' }] }, '`items[0]` needs `id` and `title`'],
  [
    {
      framework: 'a',
      edition: '1',
      items: [
        { id: '1', title: 'x' },
        { id: '1', title: 'y' },
      ],
    },
    '`items[1]` repeats the id 1',
  ],
])('%j is no catalog: %s', (value, error) => {
  expect(parseCatalog(value)).toEqual({ error });
});

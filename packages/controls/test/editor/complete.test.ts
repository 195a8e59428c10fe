import { expect, test } from 'vitest';
import { builtinCatalogs, type ControlContext, completeControls, parseCatalog } from '../../src/index.ts';

function labels(prefix: string, context: ControlContext = { editions: [] }): string[] {
  return completeControls(prefix, context).map(({ label }) => label);
}

test('frameworks, by the beginning of their key or words of their title', () => {
  const all = [
    'eu-ai-act',
    'imda-mgf-agentic',
    'iso-42001',
    'mitre-atlas',
    'nist-ai-rmf',
    'owasp-asi',
    'owasp-llm',
  ];
  expect(labels('')).toEqual(all);
  expect(labels('ow')).toEqual(['owasp-asi', 'owasp-llm']);
  expect(labels('agentic')).toEqual(['imda-mgf-agentic', 'owasp-asi']);
  expect(labels('eu_')).toEqual(['eu_ai_act']);
  expect(labels('zzz')).toEqual([]);
  expect(completeControls('eu', { editions: [] })).toEqual([
    {
      kind: 'framework',
      label: 'eu-ai-act',
      insertText: 'eu-ai-act',
      replaces: 2,
      detail: 'EU AI Act, Regulation (EU) 2024/1689',
      documentation: '',
    },
  ]);
});

test('editions after an at sign, newest first', () => {
  expect(labels('owasp-llm@')).toEqual(['2026', '2025']);
  expect(labels('eu_ai_act@2024')).toEqual(['2024-07-12']);
  expect(completeControls('eu-ai-act@2024', { editions: [] })[0]!.replaces).toBe(4);
  expect(labels('nowhere@')).toEqual([]);
});

test('ids after a colon, in the order in which people count', () => {
  expect(labels('eu_ai_act:14(4')).toEqual(['14(4)(a)', '14(4)(b)', '14(4)(c)', '14(4)(d)', '14(4)(e)']);
  expect(labels('eu-ai-act:').slice(0, 3)).toEqual(['9(1)', '9(2)', '9(2)(a)']);
  expect(labels('eu-ai-act:')).toHaveLength(123);
  expect(labels('eu-ai-act:').at(-1)).toBe('Annex IV(9)');
  expect(labels('nist-ai-rmf:measure 2.1')).toEqual([
    'MEASURE 2.1',
    'MEASURE 2.10',
    'MEASURE 2.11',
    'MEASURE 2.12',
    'MEASURE 2.13',
  ]);
  expect(labels('eu-ai-act:stop')).toEqual(['14(4)(e)']);
  expect(labels('owasp-asi:memory poison')).toEqual(['ASI06']);
  const [one] = completeControls('eu-ai-act@2026-07-27: 14(4)(e', { editions: [] });
  expect({ ...one, documentation: one!.documentation.split('\n')[0] }).toEqual({
    kind: 'id',
    label: '14(4)(e)',
    insertText: '14(4)(e)',
    replaces: 7,
    detail: 'Stop safely',
    documentation: '**eu-ai-act@2026-07-27:14(4)(e)** Stop safely',
  });
});

test('what only exists comes up where nothing that is described is meant', () => {
  expect(labels('eu-ai-act:5(1)(b')).toEqual(['5(1)(b)', '5(1)(ba)', '5(1)(bb)']);
  expect(labels('eu-ai-act@2024-07-12:5(1)(b')).toEqual(['5(1)(b)']);
});

test('without an edition to go by, each id comes with one', () => {
  expect(labels('owasp-llm:LLM06')).toEqual(['2026:LLM06', '2025:LLM06']);
  expect(labels('owasp-llm:2025:')).toHaveLength(10);
  expect(labels('owasp-llm:2025:LLM0')).toEqual(Array.from({ length: 9 }, (_, index) => `LLM0${index + 1}`));
  expect(completeControls('owasp-llm:2025:LLM0', { editions: [] })[0]).toMatchObject({
    replaces: 4,
    detail: 'Prompt Injection',
    documentation: expect.stringMatching(/^\*\*owasp-llm@2025:LLM01\*\* Prompt Injection\n/),
  });
  expect(labels('owasp-llm:excessive')).toEqual(['2026:LLM03', '2025:LLM06']);
  expect(labels('owasp-llm:LLM06', { editions: ['owasp-llm@2025'] })).toEqual(['LLM06']);
});

test('a company’s own clauses stand beside the others; at most 200 are offered', () => {
  const items = Array.from({ length: 300 }, (_, index) => ({
    id: `${index + 1}`,
    title: `Clause ${index + 1}`,
  }));
  const parsed = parseCatalog({ framework: 'acme', edition: '1', title: 'House rules', items });
  if (!('catalog' in parsed)) throw new Error(parsed.error);
  const context = { editions: [], catalogs: [...builtinCatalogs(), parsed.catalog] };
  expect(labels('house', context)).toEqual(['acme']);
  expect(labels('acme:', context)).toEqual(Array.from({ length: 200 }, (_, index) => `${index + 1}`));
});

import { expect, test } from 'vitest';
import { type ControlContext, hoverControl, parseCatalog } from '../../src/index.ts';

const range = { start: 4, end: 12 };

function hover(reference: string, context: ControlContext = { editions: [] }): string {
  const [framework = '', ...id] = reference.split(':');
  const shown = hoverControl({ framework, id: id.join(':'), file: 'a.cedar', range }, context);
  expect(shown.file).toBe('a.cedar');
  expect(shown.range).toEqual(range);
  return shown.contents;
}

test('says what a control is, from when it applies and what would show it', () => {
  expect(hover('eu_ai_act:14(4)(e)', { editions: [], profile: { role: 'deployer' } })).toBe(
    `**eu-ai-act@2026-07-27:14(4)(e)** Stop safely

[EU AI Act, Regulation (EU) 2024/1689](https://eur-lex.europa.eu/legal-content/EN/TXT/HTML/?uri=CELEX:02024R1689-20260727#art_14)

Overseers can halt the system in a safe state.

- grade: direct (a passing check shows the technical part of it)
- shown at: runtime
- applies from 2027-12-02 (2028-08-02 for systems of Annex I)
- outside this workspace's profile: for providers

What would show it:

- test: after stop, every tool call is denied until a named person resets
- test: in-flight and queued calls are cancelled or compensated
- metric: stop-to-last-call latency
- log: stop and reset events with person id`,
  );
});

test('says what is known of a provision that is not described', () => {
  expect(hover('eu-ai-act:5(1)(a)')).toBe(
    `**eu-ai-act@2026-07-27:5(1)(a)** Prohibited AI practices

EU AI Act, Regulation (EU) 2024/1689

Lists banned practices (manipulation, exploitation of vulnerability, social scoring, crime prediction by profiling alone, face-scraping, emotion inference at work and school, sensitive biometric categorisation, real-time remote biometric identification for law enforcement with exceptions); 2026 adds intimate-image and child-abuse material generation.

- grade: context (a policy alone never shows it)
- shown at: build, runtime
- applies from 2025-02-02`,
  );
});

test.each([
  ['eu-ai-act:12(4)', '**eu-ai-act@2026-07-27:12(4)**\n\nNo catalog has this control.'],
  [
    'eu-ai-act:14.4.e',
    '**eu-ai-act@2026-07-27:14.4.e**\n\nNo catalog has this control. Did you mean 14(4)(e)?',
  ],
  ['owasp-llm:LLM06', '**owasp-llm:LLM06**\n\nNeeds an edition: 2025, 2026.'],
])('%s is not known', (reference, contents) => {
  expect(hover(reference)).toBe(contents);
});

test('text of a company’s catalog is no markup', () => {
  const parsed = parseCatalog({
    framework: 'acme',
    edition: '1',
    title: '<img src=x> [House](javascript:alert(1))',
    document: 'rules|`x`.pdf',
    items: [
      {
        id: '1',
        title: '**bold**\n# head',
        summary: '<script>&amp;',
        evidence: [{ kind: 'a_b', check: '![](x)' }],
      },
    ],
  });
  if (!('catalog' in parsed)) throw new Error(parsed.error);
  expect(hover('acme:1', { editions: [], catalogs: [parsed.catalog] })).toBe(
    `**acme@1:1** \\*\\*bold\\*\\* \\# head

\\<img src=x\\> \\[House\\](javascript:alert(1))

\\<script\\>&amp;amp;

- grade: not stated
- from rules\\|\\\`x\\\`.pdf

What would show it:

- a\\_b: \\!\\[\\](x)`,
  );
});

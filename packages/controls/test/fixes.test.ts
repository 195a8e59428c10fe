import type { ControlTag } from '@benchbook/model';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type ControlContext,
  type ControlProfile,
  controlFixes,
  type LintPolicy,
  lintControls,
  parseReference,
} from '../src/index.ts';
import { FILE, inputOf } from './lint/example.ts';

const range = { start: 0, end: 1 };

function fixesOf(
  tag: Pick<ControlTag, 'framework' | 'id' | 'edition' | 'label'>,
  written: string,
  { profile, policy }: { profile?: ControlProfile; policy?: Pick<LintPolicy, 'id' | 'text'> } = {},
) {
  const context: ControlContext = { editions: [], ...(profile ? { profile } : {}) };
  const place = { written, ...(policy ? { policy } : {}) };
  return controlFixes({ ...tag, file: FILE, range }, place, context).map(
    ({ code, title, newText }) => `${code} ${newText} | ${title}`,
  );
}

test('writes the fix in the form in which the tag stands', () => {
  const meant = 'Write 14(4)(e) (Stop safely)';
  const tag = { framework: 'eu-ai-act', id: '14.4.e' };
  expect(fixesOf(tag, '14.4.e')).toEqual([`ctl/bad-syntax 14(4)(e) | ${meant}`]);
  expect(fixesOf(tag, 'eu-ai-act:14.4.e')).toEqual([`ctl/bad-syntax eu-ai-act:14(4)(e) | ${meant}`]);
  expect(fixesOf(tag, 'eu_ai_act: 14.4.e')).toEqual([`ctl/bad-syntax eu_ai_act: 14(4)(e) | ${meant}`]);
  expect(fixesOf(tag, '"14.4.e"')).toEqual([`ctl/bad-syntax "14(4)(e)" | ${meant}`]);
  expect(fixesOf(tag, '14.4.e Stop safely')).toEqual([`ctl/bad-syntax 14(4)(e) Stop safely | ${meant}`]);
  const pinned = { ...tag, edition: '2026-07-27' };
  expect(fixesOf(pinned, 'eu-ai-act@2026-07-27:14.4.e')).toEqual([
    `ctl/bad-syntax eu-ai-act@2026-07-27:14(4)(e) | ${meant}`,
  ]);
  expect(fixesOf(pinned, '@2026-07-27:14.4.e')).toEqual([`ctl/bad-syntax @2026-07-27:14(4)(e) | ${meant}`]);
  expect(fixesOf(pinned, '14.4.e')).toEqual([`ctl/bad-syntax 14(4)(e) | ${meant}`]);
});

test('text that does not hold the tag is left alone', () => {
  expect(fixesOf({ framework: 'eu-ai-act', id: '14.4.e' }, '# METADATA')).toEqual([]);
  expect(fixesOf({ framework: 'eu-ai-act', id: '14.4.e' }, '')).toEqual([]);
});

test('adds the edition that is missing, newest first', () => {
  const tag = { framework: 'owasp-llm', id: 'LLM06' };
  const titles = ['@2026:LLM06 (Unbounded Consumption)', '@2025:LLM06 (Excessive Agency)'];
  expect(fixesOf(tag, 'owasp-llm:LLM06')).toEqual([
    `ctl/edition-missing owasp-llm@2026:LLM06 | Write ${titles[0]}`,
    `ctl/edition-missing owasp-llm@2025:LLM06 | Write ${titles[1]}`,
  ]);
  expect(fixesOf(tag, 'LLM06')).toEqual([
    `ctl/edition-missing 2026:LLM06 | Write ${titles[0]}`,
    `ctl/edition-missing 2025:LLM06 | Write ${titles[1]}`,
  ]);
  expect(fixesOf({ ...tag, edition: '2024' }, '@2024:LLM06')).toEqual([
    `ctl/unknown-id @2026:LLM06 | Write ${titles[0]}`,
    `ctl/unknown-id @2025:LLM06 | Write ${titles[1]}`,
  ]);
});

test('follows a number into the newest edition', () => {
  const moved = 'Write @2026:LLM03 (Excessive Agency)';
  const tag = { framework: 'owasp-llm', edition: '2025', id: 'LLM06' };
  expect(fixesOf(tag, 'owasp-llm@2025:LLM06')).toEqual([`ctl/edition-stale owasp-llm@2026:LLM03 | ${moved}`]);
  expect(fixesOf(tag, '2025:LLM06')).toEqual([`ctl/edition-stale 2026:LLM03 | ${moved}`]);
  expect(fixesOf({ framework: 'owasp-llm', id: '2025:LLM06' }, '2025:LLM06')).toEqual([
    `ctl/edition-stale 2026:LLM03 | ${moved}`,
  ]);
});

test('a framework is put right where it stands in the text, and nowhere else', () => {
  const tag = { framework: 'eu-aiact', id: '12(1)' };
  expect(fixesOf(tag, 'eu-aiact:12(1)')).toEqual(['ctl/unknown-framework eu-ai-act:12(1) | Write eu-ai-act']);
  expect(fixesOf(tag, '12(1)')).toEqual([]);
});

test('offers what a number of the draft, or one that was removed, is about', () => {
  const tag = { framework: 'eu-ai-act', id: '62' };
  expect(fixesOf(tag, '62')).toEqual([
    'ctl/draft-number 72 | Write 72 (post-market monitoring)',
    'ctl/draft-number 73 | Write 73 (serious-incident reporting)',
  ]);
  expect(fixesOf(tag, '62', { policy: { id: 'p', text: 'stops after an incident' } })).toEqual([
    'ctl/draft-number 73 | Write 73 (serious-incident reporting)',
  ]);
  expect(fixesOf({ framework: 'eu-ai-act', id: '10(5)' }, '10(5)')).toEqual([
    'ctl/removed-id 4a(1) | Write 4a(1) (Processing of special categories of personal data for bias detection and correc…)',
  ]);
});

test('offers the points of an article that a policy can show', () => {
  expect(fixesOf({ framework: 'eu-ai-act', id: '14(4)' }, '14(4)')).toEqual([
    'ctl/article-only 14(4)(a) | Write 14(4)(a) (Understand limits, notice anomalies)',
    'ctl/article-only 14(4)(b) | Write 14(4)(b) (Automation bias)',
    'ctl/article-only 14(4)(c) | Write 14(4)(c) (Interpret output)',
    'ctl/article-only 14(4)(d) | Write 14(4)(d) (Decline, override, reverse)',
    'ctl/article-only 14(4)(e) | Write 14(4)(e) (Stop safely)',
  ]);
});

test('offers the number that a name belongs to, and the deployer’s own duty', () => {
  expect(
    fixesOf({ framework: 'owasp-asi', id: 'ASI05', label: 'Memory Poisoning' }, 'ASI05 Memory Poisoning'),
  ).toEqual(['ctl/name-mismatch ASI06 Memory Poisoning | Write ASI06 (Memory & Context Poisoning)']);
  const profile = { role: 'deployer', riskClass: 'high-risk' };
  expect(fixesOf({ framework: 'eu-ai-act', id: '19(1)' }, '19(1)', { profile })).toEqual([
    'ctl/role-mismatch 26(6)/1 | Write 26(6)/1 (Deployer keeps logs)',
  ]);
});

test('what is right has no fix', () => {
  expect(fixesOf({ framework: 'eu-ai-act', id: '14(4)(e)' }, '14(4)(e)')).toEqual([]);
  expect(fixesOf({ framework: 'owasp-asi', id: 'ASI05', label: 'RCE' }, 'ASI05 RCE')).toEqual([]);
});

test('a fix answers its finding: once written, that finding is gone', () => {
  const references = [
    'eu-ai-act:14.4.e',
    'eu-ai-act:62',
    'eu-ai-act:29a',
    'eu-ai-act:10(5)',
    'eu-ai-act:14',
    'owasp-llm:LLM06',
  ]
    .concat([
      'owasp-llm@2025:LLM06',
      'euaiact:12(1)',
      'iso-42001:A9.4',
      'nist-ai-rmf:GOVREN 1.2',
      'owasp-asi@2025:ASI01',
    ])
    .concat(['mitre-atlas:aml.t0051', 'eu-ai-act:26', 'eu-ai-act@2024-07-12:11(1)']);
  fc.assert(
    fc.property(fc.constantFrom(...references), fc.nat(), (written, pick) => {
      const tag = { ...parseReference(written)!, file: FILE, range };
      const fixes = controlFixes(tag, { written }, { editions: [] });
      fc.pre(fixes.length > 0);
      const fix = fixes[pick % fixes.length]!;
      const codes = lintControls(inputOf({ controls: [fix.newText] })).map(({ code }) => code);
      expect(codes).not.toContain(fix.code);
    }),
  );
});

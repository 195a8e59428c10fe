import { expect, test } from 'vitest';
import { builtinCatalogs, type ControlProfile, describeControl } from '../src/index.ts';

function describeIn(reference: string, profile?: ControlProfile, editions: readonly string[] = []) {
  const [framework = '', ...rest] = reference.split(':');
  const tag = { framework, id: rest.join(':') };
  return describeControl(tag, profile ? { editions, profile } : { editions });
}

test('says all that the catalogs hold of a provision', () => {
  expect(describeIn('eu_ai_act:12(2)(a)', { role: 'provider', riskClass: 'high-risk' })).toEqual({
    ref: 'eu-ai-act@2026-07-27:12(2)(a)',
    framework: 'eu-ai-act',
    frameworkTitle: 'EU AI Act, Regulation (EU) 2024/1689',
    edition: '2026-07-27',
    id: '12(2)(a)',
    title: 'Events pointing to risk or substantial modification',
    summary: builtinCatalogs()[0]!.provisions.find(({ id }) => id === '12(2)(a)')!.summary,
    grade: 'direct',
    layers: ['runtime'],
    appliesFrom: '2027-12-02',
    appliesNote: '2028-08-02 for systems of Annex I',
    folded: null,
    evidence: builtinCatalogs()[0]!.provisions.find(({ id }) => id === '12(2)(a)')!.evidence,
    known: true,
  });
});

test('what is not known says so, and nothing else', () => {
  expect(describeIn('eu-ai-act:12(4)', { role: 'deployer', riskClass: 'limited' })).toEqual({
    ref: 'eu-ai-act@2026-07-27:12(4)',
    framework: 'eu-ai-act',
    frameworkTitle: 'EU AI Act, Regulation (EU) 2024/1689',
    edition: '2026-07-27',
    id: '12(4)',
    title: '',
    summary: '',
    grade: 'unknown',
    layers: [],
    appliesFrom: null,
    appliesNote: null,
    folded: null,
    evidence: [],
    known: false,
  });
  expect(describeIn('house:1')).toMatchObject({ ref: 'house:1', frameworkTitle: 'house', edition: null });
});

test('a provision that only stands in the structure takes layers and summary from its article', () => {
  expect(describeIn('eu-ai-act:26(3)', { role: 'provider', riskClass: 'high-risk' })).toMatchObject({
    title: 'Obligations of deployers of high-risk AI systems',
    grade: 'context',
    layers: ['deploy', 'runtime'],
    appliesFrom: '2027-12-02',
    folded: 'for deployers',
    evidence: [],
  });
});

test.each([
  ['14(4)(e)', undefined, null],
  ['14(4)(e)', {}, null],
  ['14(4)(e)', { role: 'provider', riskClass: 'high-risk' }, null],
  ['14(4)(e)', { role: 'provider+deployer', riskClass: 'high-risk' }, null],
  ['14(4)(e)', { role: 'deployer' }, 'for providers'],
  ['14(4)(e)', { riskClass: 'limited' }, 'for high-risk systems'],
  ['14(4)(e)', { role: 'deployer', riskClass: 'limited' }, 'for providers, for high-risk systems'],
  ['14(4)', { role: 'deployer', riskClass: 'minimal' }, 'for providers, for high-risk systems'],
  [
    '14(5)',
    { role: 'importer', riskClass: 'high-risk' },
    'for providers and deployers, for remote biometric identification',
  ],
  ['12(3)(a)', { riskClass: 'high-risk' }, 'for remote biometric identification'],
  ['12(3)(a)', { riskClass: 'annex-iii-1a' }, null],
  ['12(3)(a)', { riskClass: 'limited' }, 'for high-risk systems'],
  ['26(7)', { riskClass: 'high-risk' }, 'for employers'],
  ['26(7)', { riskClass: 'high-risk+workplace' }, null],
  ['26(7)', { riskClass: 'limited+workplace' }, 'for high-risk systems'],
  ['26(11)', { riskClass: 'high-risk' }, null],
  ['26(11)', { riskClass: 'annex-i' }, 'for high-risk systems of Annex III'],
  ['50(1)', { role: 'provider', riskClass: 'limited' }, null],
  ['50(1)', { role: 'deployer', riskClass: 'limited' }, 'for providers'],
  ['5(1)(a)', { role: 'deployer', riskClass: 'limited' }, null],
] as const)('%s for %j is folded: %s', (id, profile, folded) => {
  expect(describeIn(`eu-ai-act:${id}`, profile).folded).toBe(folded);
});

test('frameworks without roles and classes are never folded', () => {
  for (const ref of ['owasp-asi:ASI01', 'iso-42001:A.9.4', 'mitre-atlas:AML.T0051', 'nist-ai-rmf:MAP 1.1'])
    expect(describeIn(ref, { role: 'deployer', riskClass: 'limited' })).toMatchObject({
      known: true,
      folded: null,
      appliesFrom: null,
    });
});

test.each([
  ['14(1)', {}, '2027-12-02', '2028-08-02 for systems of Annex I'],
  ['14(1)', { riskClass: 'annex-iii' }, '2027-12-02', null],
  ['14(1)', { riskClass: 'annex-i' }, '2028-08-02', null],
  ['50(1)', {}, '2026-08-02', null],
  ['50(2)', {}, '2026-08-02', '2026-12-02 for systems placed on the market before 2026-08-02'],
  ['5(1)(a)', {}, '2025-02-02', null],
  ['5(1)(ba)', {}, '2026-12-02', null],
  ['5(1a)', {}, '2026-12-02', null],
  ['4', {}, '2025-02-02', null],
  ['4(2)', {}, '2026-07-27', null],
  ['4a(1)', {}, '2026-07-27', null],
  ['6(5)', {}, '2026-08-02', null],
  ['6(2)', {}, '2027-12-02', '2028-08-02 for systems of Annex I'],
  ['31(1)', {}, '2025-08-02', null],
  ['53(1)', {}, '2025-08-02', null],
  ['78(1)', {}, '2025-08-02', null],
  ['99(1)', {}, '2025-08-02', null],
  ['101(1)', {}, '2026-08-02', null],
  ['105', {}, '2026-07-27', null],
  ['113', {}, '2024-08-01', null],
  [
    '72(2)',
    {},
    '2026-08-02',
    'by its wording; read with the classification of high-risk systems from 2027-12-02 (Annex III) or 2028-08-02 (Annex I)',
  ],
] as const)('%s for %j applies from %s (%s)', (id, profile, appliesFrom, appliesNote) => {
  expect(describeIn(`eu-ai-act:${id}`, profile)).toMatchObject({ known: true, appliesFrom, appliesNote });
});

test('what an edition has that the newest removed, applies no more', () => {
  const tag = { framework: 'eu-ai-act', edition: '2024-07-12', id: '10(5)' };
  expect(describeControl(tag, { editions: [] })).toMatchObject({ known: true, appliesFrom: null });
});

test('an id may carry its edition', () => {
  expect(describeIn('owasp-llm:2026:LLM03')).toMatchObject({
    ref: 'owasp-llm@2026:LLM03',
    title: 'Excessive Agency',
    layers: ['build', 'deploy', 'runtime'],
  });
  expect(describeIn('owasp-llm:2031:LLM03')).toMatchObject({ ref: 'owasp-llm:2031:LLM03', known: false });
});

import { expect, test } from 'vitest';
import { load } from './support.ts';

async function controls(annotations: string) {
  const text = `${annotations} permit (principal, action, resource);`;
  const { set } = await load({ 'a.cedar': text });
  return set.policies[0]!.controls.map(({ framework, edition, id, range }) => ({
    ref: `${framework}${edition ? `@${edition}` : ''}:${id}`,
    under: text.slice(range.start, range.end),
  }));
}

test('a list of provisions, each at its place', async () => {
  expect(await controls('@eu_ai_act("14(1), 14(4)(d)") @owasp_asi("ASI02")')).toEqual([
    { ref: 'eu-ai-act:14(1)', under: '14(1)' },
    { ref: 'eu-ai-act:14(4)(d)', under: '14(4)(d)' },
    { ref: 'owasp-asi:ASI02', under: 'ASI02' },
  ]);
});

test('editions, ids with spaces and points, and the company’s own clauses', async () => {
  expect(
    await controls('@owasp_llm("2026:LLM06") @nist_ai_rmf("GOVERN 1.1,A.6.2.4") @acme_policy("C-12")'),
  ).toEqual([
    { ref: 'owasp-llm@2026:LLM06', under: '2026:LLM06' },
    { ref: 'nist-ai-rmf:GOVERN 1.1', under: 'GOVERN 1.1' },
    { ref: 'nist-ai-rmf:A.6.2.4', under: 'A.6.2.4' },
    { ref: 'acme-policy:C-12', under: 'C-12' },
  ]);
});

test('words with a meaning of their own, and prose, are no controls', async () => {
  const own =
    '@id("14(1)") @severity("2") @owner("team 7") @reason("5 days") @purpose("pay the bills") @flag';
  expect(await controls(own)).toEqual([]);
});

test('a known framework takes even a reference that looks wrong: the lint tells', async () => {
  expect(await controls('@eu_ai_act("fourteen")')).toEqual([
    { ref: 'eu-ai-act:fourteen', under: 'fourteen' },
  ]);
});

test('the range of an escaped value is the whole value', async () => {
  expect(await controls('@eu_ai_act("14\\u{28}1)")')).toEqual([
    { ref: 'eu-ai-act:14(1)', under: '14\\u{28}1)' },
  ]);
});

async function labels(annotations: string) {
  const text = `${annotations} permit (principal, action, resource);`;
  const { set } = await load({ 'a.cedar': text });
  return set.policies[0]!.controls.map(({ id, label, range }) => [
    id,
    label,
    text.slice(range.start, range.end),
  ]);
}

test('what stands behind a complete id is a label', async () => {
  expect(
    await labels('@owasp_asi("ASI05 Unexpected Code Execution (RCE), ASI01, ASI02 - Tool Misuse")'),
  ).toEqual([
    ['ASI05', 'Unexpected Code Execution (RCE)', 'ASI05'],
    ['ASI01', undefined, 'ASI01'],
    ['ASI02', 'Tool Misuse', 'ASI02'],
  ]);
  expect(await labels('@owasp_llm("2026:LLM06 \'Agency, excessive\', 2025:LLM01")')).toEqual([
    ['LLM06', 'Agency, excessive', '2026:LLM06'],
    ['LLM01', undefined, '2025:LLM01'],
  ]);
  expect(
    await labels('@eu_ai_act("15(1) Accuracy, robustness and cybersecurity, 14(4)(e) Stop button")'),
  ).toEqual([
    ['15(1)', 'Accuracy, robustness and cybersecurity', '15(1)'],
    ['14(4)(e)', 'Stop button', '14(4)(e)'],
  ]);
});

test('ids with spaces stay whole, with and without a label', async () => {
  expect(await labels('@nist_ai_rmf("GOVERN 1.2, MAP 4.1 Risk tracking")')).toEqual([
    ['GOVERN 1.2', undefined, 'GOVERN 1.2'],
    ['MAP 4.1', 'Risk tracking', 'MAP 4.1'],
  ]);
  expect(
    await labels('@eu_ai_act("Annex III(5)(b), Annex IV(1)(a) General description, Annex III")'),
  ).toEqual([
    ['Annex III(5)(b)', undefined, 'Annex III(5)(b)'],
    ['Annex IV(1)(a)', 'General description', 'Annex IV(1)(a)'],
    ['Annex III', undefined, 'Annex III'],
  ]);
  expect(await labels('@iso_42001("A.9.4 Intended use") @mitre_atlas("AML.T0051.000")')).toEqual([
    ['A.9.4', 'Intended use', 'A.9.4'],
    ['AML.T0051.000', undefined, 'AML.T0051.000'],
  ]);
  expect(await labels('@eu_ai_act("14 (4)(d)")')).toEqual([['14 (4)(d)', undefined, '14 (4)(d)']]);
});

test('a company’s own id may hold spaces: its label is quoted', async () => {
  expect(await labels('@acme_policy("C-12 part 2, C-13 \'Refunds, and more\'")')).toEqual([
    ['C-12 part 2', undefined, 'C-12 part 2'],
    ['C-13', 'Refunds, and more', 'C-13'],
  ]);
});

test('an exemption, with its reason', async () => {
  const exemption = async (annotation: string) => {
    const text = `${annotation} permit (principal, action, resource);`;
    const { set } = await load({ 'a.cedar': text });
    const found = set.policies[0]!.exemption;
    return found && [found.reason, text.slice(found.range.start, found.range.end)];
  };
  expect(await exemption('@controls("none: plumbing, no person is affected")')).toEqual([
    'plumbing, no person is affected',
    'none: plumbing, no person is affected',
  ]);
  expect(await exemption('@controls("none")')).toEqual(['', 'none']);
  expect(await exemption('@controls(" None : ")')).toEqual(['', ' None : ']);
  expect(await exemption('@controls("nonesuch")')).toBeUndefined();
  expect(await exemption('@eu_ai_act("14(1)")')).toBeUndefined();
  expect(await controls('@controls("none: 14(1)")')).toEqual([]);
});

test('long annotations take no time', async () => {
  const spaces = ' '.repeat(200_000);
  const digits = '1'.repeat(200_000);
  const start = performance.now();
  expect((await labels(`@owasp_asi("A${spaces}B${digits}x")`)).length).toBe(1);
  expect(performance.now() - start).toBeLessThan(2000);
});

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

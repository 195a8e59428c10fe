import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { repositoryRoot } from '@benchbook/testkit';
import { expect, test } from 'vitest';
import { drawScopes, tokenize } from './tokenize.ts';

const grammars = {
  cedar: 'source.cedar',
  cedarschema: 'source.cedarschema',
  rego: 'source.rego',
  cel: 'source.cel',
  'cel.yaml': 'source.cel-policy',
} as const;

const suffix = /\.(cedar|cedarschema|rego|cel|cel\.yaml)$/;
const scopeOf = (path: string) => grammars[suffix.exec(path)![1] as keyof typeof grammars];

const samples = readdirSync(`${repositoryRoot}samples`, { recursive: true, encoding: 'utf8' })
  .filter((path) => suffix.test(path))
  .map((path) => path.replaceAll('\\', '/'))
  .sort();

test('every language has a sample', () => {
  expect([...new Set(samples.map(scopeOf))].sort()).toEqual(Object.values(grammars).sort());
});

test.each(samples)('%s has nothing invalid and no word without a scope', async (path) => {
  const pieces = await tokenize(scopeOf(path), readFileSync(`${repositoryRoot}samples/${path}`, 'utf8'));
  const bare = pieces.filter((piece) => piece.text.trim() !== '' && piece.scopes.length === 0);
  const invalid = pieces.filter((piece) => piece.scopes.some((scope) => scope.startsWith('invalid')));
  const told = [...bare, ...invalid].map((piece) => `${path}:${piece.line + 1}: ${piece.text}`);
  expect(told).toEqual([]);
});

test.each([
  'support-desk/policies/refunds.cedar',
  'treasury/policies/treasury.cedarschema',
  'coding-agent/policies/coding/tools.rego',
  'coding-agent/policies/servers.cel',
  'treasury/policies/limits.cel.yaml',
])('%s as it is coloured', async (path) => {
  const drawn = await drawScopes(scopeOf(path), readFileSync(`${repositoryRoot}samples/${path}`, 'utf8'));
  const expected = fileURLToPath(new URL(`./expected/${path.replaceAll('/', '-')}.txt`, import.meta.url));
  await expect(`${drawn}\n`).toMatchFileSnapshot(expected);
});

import type { Json } from '@benchbook/model';
import { expect, test } from 'vitest';
import { type Catalog, describeControl, parseCatalog, unexecutedClauses } from '../src/index.ts';

const sha256 = 'a1'.repeat(32);

function catalogOf(value: Json): Catalog {
  const parsed = parseCatalog(value);
  if (!('catalog' in parsed)) throw new Error(parsed.error);
  return parsed.catalog;
}

const handbook = {
  framework: 'acme_aup',
  title: 'Acceptable use of agents',
  edition: 2026,
  document: 'governance/acceptable-use.pdf',
  sha256: `sha256:${sha256.toUpperCase()}`,
  items: [
    {
      id: 3.1,
      title: 'Refunds above 150 need a person',
      summary: 'A team lead looks first.',
      grade: 'direct',
      layer: ['runtime'],
      evidence: [
        { kind: 'test', check: 'a refund of 151 escalates' },
        'the rule is enforced',
        7,
        { kind: 'log' },
      ],
    },
    {
      id: '3.2',
      title: 'Mail stays in the house',
      layer: 'runtime',
      evidenceGrade: 'partial',
      evidence: null,
    },
    { id: '3.3', title: 'Why we do this', grade: 'context' },
    { id: '3.4', title: 'Payments', grade: 'excellent', layer: 7, evidence: 'two approvers' },
  ],
};

test('reads a company’s document with its digest, and what each clause states', () => {
  expect(catalogOf(handbook)).toEqual({
    framework: 'acme-aup',
    title: 'Acceptable use of agents',
    editions: ['2026'],
    defaultEdition: '2026',
    document: 'governance/acceptable-use.pdf',
    sha256,
    provisions: [
      {
        id: '3.1',
        title: 'Refunds above 150 need a person',
        summary: 'A team lead looks first.',
        evidenceGrade: 'direct',
        layer: ['runtime'],
        evidence: [
          { kind: 'test', check: 'a refund of 151 escalates' },
          { kind: 'rule', check: 'the rule is enforced' },
          { kind: 'rule', check: '7' },
        ],
      },
      { id: '3.2', title: 'Mail stays in the house', evidenceGrade: 'partial', layer: ['runtime'] },
      { id: '3.3', title: 'Why we do this', evidenceGrade: 'context' },
      { id: '3.4', title: 'Payments', layer: ['7'], evidence: [{ kind: 'rule', check: 'two approvers' }] },
    ],
  });
});

test('a digest that is none is an error', () => {
  expect(parseCatalog({ ...handbook, sha256: 'a1b2' })).toEqual({
    error: '`sha256` must be 64 hexadecimal digits',
  });
});

test('keys that name what every object inherits are plain keys', () => {
  const items = [
    { id: '__proto__', title: 'x', scope: 'constructor' },
    { id: 'constructor', title: 'y' },
  ];
  const catalog = catalogOf({ framework: 'a', edition: '1', items });
  const context = { editions: [], catalogs: [catalog], profile: { riskClass: 'toString' } };
  expect(describeControl({ framework: 'a', id: '__proto__' }, context)).toMatchObject({
    title: 'x',
    folded: 'for constructor',
  });
});

test('lists the clauses that no policy serves, without those that ask nothing of one', () => {
  expect(unexecutedClauses([catalogOf(handbook)], ['acme-aup@2026:3.2', 'acme-aup@2025:3.4'])).toEqual([
    {
      ref: 'acme-aup@2026:3.1',
      title: 'Refunds above 150 need a person',
      document: 'governance/acceptable-use.pdf',
      sha256,
    },
    { ref: 'acme-aup@2026:3.4', title: 'Payments', document: 'governance/acceptable-use.pdf', sha256 },
  ]);
  const bare = catalogOf({ framework: 'b', edition: '1', items: [{ id: '1', title: 'One' }] });
  expect(unexecutedClauses([bare], new Set())).toEqual([{ ref: 'b@1:1', title: 'One' }]);
  expect(unexecutedClauses([bare], ['b@1:1'])).toEqual([]);
});

test('one framework may be spread over editions and files', () => {
  const part = (edition: string, id: string) =>
    catalogOf({ framework: 'a', edition, items: [{ id, title: `${edition} ${id}` }] });
  const catalogs = [part('1', 'x'), part('1', 'y'), part('2', 'x')];
  const title = (id: string, editions: readonly string[], edition?: string) =>
    describeControl({ framework: 'a', id, ...(edition ? { edition } : {}) }, { editions, catalogs }).title;
  expect(title('y', ['a@1'])).toBe('1 y');
  expect(title('x', ['a@1'], '2')).toBe('2 x');
  expect(describeControl({ framework: 'a', id: 'x' }, { editions: [], catalogs })).toMatchObject({
    edition: null,
    known: false,
  });
});

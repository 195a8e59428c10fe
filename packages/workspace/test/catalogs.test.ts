import { digest } from '@benchbook/model';
import { expect, test } from 'vitest';
import { loadWorkspace } from '../src/index.ts';
import { ENGINES, treeOf } from './tree.ts';

const load = async (sha256: string, document = 'catalogs/handbook.md') => {
  const text = `framework: handbook\nedition: "3"\ndocument: ${document}\nsha256: ${sha256}\nitems: []\n`;
  const { catalogs, diagnostics, otherTexts } = await loadWorkspace(
    treeOf({ 'catalogs/handbook.yaml': text, 'catalogs/handbook.md': '1. Nothing leaves the house.' }),
    ENGINES,
  );
  return { catalogs, diagnostics, otherTexts, text };
};

test('a catalog whose document is the one it was taken from', async () => {
  const { catalogs, diagnostics } = await load(digest('1. Nothing leaves the house.'));
  expect(catalogs.map(({ path }) => path)).toEqual(['catalogs/handbook.yaml']);
  expect(diagnostics).toEqual([]);
});

test('a document that changed is told at the digest', async () => {
  const { diagnostics, text } = await load('ab'.repeat(32));
  expect(diagnostics).toEqual([
    {
      code: 'catalog-document-changed',
      severity: 'warning',
      file: 'catalogs/handbook.yaml',
      range: { start: text.indexOf('abab'), end: text.indexOf('abab') + 64 },
      message: `catalogs/handbook.md is not the document that these clauses were taken from (its digest is ${digest('1. Nothing leaves the house.')}): compare them, then state the new digest`,
    },
  ]);
});

test('a document outside the workspace is not looked for', async () => {
  expect((await load('ab'.repeat(32), '../handbook.md')).diagnostics).toEqual([]);
  expect((await load('ab'.repeat(32), 'intranet/handbook')).diagnostics).toEqual([]);
});

test('texts of data files are kept for positions', async () => {
  const { otherTexts, text } = await load('ab'.repeat(32));
  expect(otherTexts).toEqual([{ path: 'catalogs/handbook.yaml', text, comment: '#' }]);
});

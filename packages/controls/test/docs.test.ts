import { expect, test } from 'vitest';
import { builtinCatalogs, parseCatalog } from '../src/index.ts';
import { frameworkPage } from './docs/framework-page.ts';
import { COMPANY_EXAMPLE, indexPage } from './docs/index-page.ts';
import { lintPage } from './docs/lint-page.ts';

const FOLDER = '../../../docs/controls';

test.each(builtinCatalogs())('docs/controls/$framework.md is up to date', async (catalog) => {
  await expect(frameworkPage(catalog)).toMatchFileSnapshot(`${FOLDER}/${catalog.framework}.md`);
});

test('docs/controls/lint.md is up to date', async () => {
  await expect(lintPage()).toMatchFileSnapshot(`${FOLDER}/lint.md`);
});

test('docs/controls/index.md is up to date', async () => {
  await expect(indexPage()).toMatchFileSnapshot(`${FOLDER}/index.md`);
});

test('the catalog that the page shows is one', () => {
  const parsed = parseCatalog(COMPANY_EXAMPLE);
  expect(
    'catalog' in parsed && parsed.catalog.provisions.map(({ id, evidenceGrade }) => [id, evidenceGrade]),
  ).toEqual([
    ['3.1', 'direct'],
    ['3.2', 'context'],
  ]);
});

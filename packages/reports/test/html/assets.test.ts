import { expect, test } from 'vitest';
import * as assets from '../../src/replay/html/assets.ts';
import { buildAssets } from './build-assets.ts';

test('the script and the style of the page are what client/ says', async () => {
  await expect(await buildAssets()).toMatchFileSnapshot('../../src/replay/html/assets.ts');
});

test('neither can end its element or start a comment', () => {
  expect(assets.script).not.toMatch(/<\/script|<!--|<script/i);
  expect(assets.style).not.toMatch(/<\/style|<!--/i);
});

import { describe, expect, test } from 'vitest';
import * as diff from '../../src/diff/html/assets.ts';
import * as replay from '../../src/replay/html/assets.ts';
import * as simulate from '../../src/simulate/html/assets.ts';
import { buildAssets } from './build-assets.ts';

describe.each([
  ['diff', diff],
  ['replay', replay],
  ['simulate', simulate],
] as const)('%s', (command, assets) => {
  test('the script and the style of the page are what client/ says', async () => {
    await expect(await buildAssets(command)).toMatchFileSnapshot(`../../src/${command}/html/assets.ts`);
  });

  test('neither can end its element or start a comment', () => {
    expect(assets.script).not.toMatch(/<\/script|<!--|<script/i);
    expect(assets.style).not.toMatch(/<\/style|<!--/i);
  });
});

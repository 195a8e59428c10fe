import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot, runCli } from '@benchbook/testkit';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from './chromium.ts';
import { artifact, openReport } from './pages.ts';

const LIMIT = 2_000_000;
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
});

test.each(['coding-agent', 'support-desk', 'treasury'])(
  'the report of %s as the command writes it',
  async (sample) => {
    const file = artifact(`${sample}.html`);
    const { code, stderr } = await runCli(['replay', '.', '--format', 'html', '--out', file], {
      cwd: join(repositoryRoot, 'samples', sample),
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(statSync(file).size).toBeLessThan(LIMIT);

    const { page, complaints } = await openReport(browser, `${sample}.html`, await readFile(file, 'utf8'));
    const calls = Number(await page.locator('.contents a[href="#calls"] .badge').textContent());
    expect(await page.locator('#calls-status').textContent()).toBe(`${calls} calls`);
    const files = await page.locator('details.file').count();
    expect(await page.locator('details.file .source').count()).toBe(files);
    expect(await page.locator('.source .mark').count()).toBeGreaterThanOrEqual(files);
    await page.locator('#calls-filter').getByRole('checkbox', { name: 'allow' }).uncheck();
    await page.locator('#calls-list summary').first().click();
    expect(await page.locator('#calls-list dl').first().isVisible()).toBe(true);
    expect(complaints).toEqual([]);
    await page.screenshot({ path: artifact(`${sample}.png`), fullPage: true });
    await page.context().close();
  },
);

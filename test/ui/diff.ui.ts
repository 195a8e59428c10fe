import { diffReporters } from '@benchbook/reports';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { full, hostile, large } from '../../packages/reports/test/diff/fixtures.ts';
import { launchChromium } from './chromium.ts';
import { artifact, openReport } from './pages.ts';

const write = diffReporters.html!;
const options = { color: false, width: 100 };
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
});

test('a diff opened from disk is filtered, and complains of nothing', async () => {
  const { page, complaints } = await openReport(browser, 'diff.html', write(full, options));
  const calls = () => page.locator('#flips-list .c-id').allTextContents();
  const form = page.locator('#flips-filter');
  expect(await calls()).toEqual(['case-0012#3', 'case-0044#0', 'case-0007#1']);
  await form.getByRole('checkbox').first().uncheck();
  expect(await calls()).toEqual(['case-0007#1']);
  expect(await form.locator('.n').allTextContents()).toEqual(['2', '1']);
  await form.getByRole('button', { name: 'Clear' }).click();
  await form.getByLabel('Policy').selectOption({ label: 'policies/pay.cedar#limit (2)' });
  expect(await calls()).toEqual(['case-0012#3', 'case-0044#0']);
  await form.getByLabel('Text').fill('bob');
  expect(await calls()).toEqual(['case-0044#0']);
  expect(await page.locator('#flips-status').textContent()).toBe('1 of 3 flips');
  await page.locator('#flips-list summary').click();
  await page.screenshot({ path: artifact('diff.png'), fullPage: true });
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('5,000 flips come in pages', async () => {
  const { page, complaints } = await openReport(browser, 'diff-large.html', write(large, options));
  expect(await page.locator('#flips-page').textContent()).toBe('page 1 of 100');
  await page.locator('#flips-filter').getByLabel('Tool').selectOption({ index: 1 });
  expect(await page.locator('#flips-status').textContent()).toBe('200 of 5,000 flips');
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('nothing of hostile text runs', async () => {
  const { page, complaints } = await openReport(browser, 'diff-hostile.html', write(hostile, options));
  await page.locator('#flips-filter').getByLabel('Text').fill('case-0012');
  expect(await page.locator('#main script, #main iframe, #main img, [onload], [onerror]').count()).toBe(0);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('a narrow screen scrolls no page sideways', async () => {
  const { page } = await openReport(browser, 'diff.html', write(full, options), {
    viewport: { width: 390, height: 800 },
  });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.screenshot({ path: artifact('diff-narrow.png'), fullPage: true });
  await page.context().close();
});

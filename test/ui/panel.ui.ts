import { panelHtml } from '@benchbook/reports';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attacks, hostileRich } from '../../packages/reports/test/html/hostile-rich.ts';
import { manyDecisions, richReport } from '../../packages/reports/test/html/rich.ts';
import { launchChromium } from './chromium.ts';
import { artifact, openReport } from './pages.ts';
import { themeRule, themes } from './themes.ts';

const names = Object.keys(themes) as (keyof typeof themes)[];
const report = richReport();
const flips = {
  base: 'HEAD',
  total: 3,
  calls: manyDecisions(60)
    .filter((one) => one.outcome === 'escalate')
    .map((one) => ({
      ...one,
      id: one.call,
      agent: 'desk',
      was: 'allow' as const,
      because: one.determining,
      summary: '',
    })),
};
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
});

/** The page as an extension would make it, under the strictest policy that lets its own style in. */
function pageOf(theme: keyof typeof themes, { css, body } = panelHtml(report, { flips })): string {
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Benchbook report</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-n0'; base-uri 'none'; form-action 'none'">
<style nonce="n0">${themeRule(theme)}</style><style nonce="n0">${css}</style></head>
<body class="${theme}"><main>${body}</main></body></html>`;
}

const focused = (page: Page) =>
  page.evaluate(() => (document.activeElement?.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 30));

describe.each(names)('the report panel, %s', (theme) => {
  test('needs no script, breaks no policy, and axe finds nothing', async () => {
    const { page, complaints } = await openReport(browser, `panel-${theme}.html`, pageOf(theme));
    await page.locator('details').evaluateAll((all: HTMLDetailsElement[]) => {
      for (const one of all) one.open = true;
    });
    expect(complaints).toEqual([]);
    await page.evaluate(axe.source);
    const violations = await page.evaluate(async () => {
      const found = await (globalThis as unknown as { axe: typeof axe }).axe.run(document);
      return found.violations.map(
        (one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).slice(0, 3)}`,
      );
    });
    expect(violations).toEqual([]);
    await page.context().close();
  });

  test.each([900, 360])('fits a panel of %i pixels', async (width) => {
    const viewport = { width, height: 900 };
    const { page } = await openReport(browser, `panel-${theme}.html`, pageOf(theme), { viewport });
    await page.locator('.policy summary').first().click();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await page.screenshot({ path: artifact(`panel-${theme}-${width}.png`), fullPage: true });
    await page.context().close();
  });
});

test('is worked by the keyboard alone', async () => {
  const { page } = await openReport(browser, 'panel-keys.html', pageOf('vscode-dark'));
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Skip to the report');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('report-parts');
  await page.keyboard.press('Tab');
  expect(await focused(page)).toMatch(/^Flips ?callt/);
  const summary = page.locator('.policy summary').first();
  await summary.focus();
  await page.keyboard.press('Enter');
  expect(await page.locator('.policy details').first().getAttribute('open')).toBe('');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-line'))).toBe('31');
  await page.context().close();
});

test.each(attacks.map((attack) => [JSON.stringify(attack), attack]))(
  'nothing of %s runs',
  async (_, attack) => {
    const text = pageOf('vscode-light', panelHtml(hostileRich(attack)));
    const { page, complaints } = await openReport(browser, 'panel-hostile.html', text);
    expect(await page.locator('body script, body iframe, body img, [onload], [onerror]').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);

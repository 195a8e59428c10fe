import { replayReporters } from '@benchbook/reports';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attacks, hostileRich, hostileSources } from '../../packages/reports/test/html/hostile-rich.ts';
import { richReport, sources } from '../../packages/reports/test/html/rich.ts';
import { launchChromium } from './chromium.ts';
import { artifact, openReport, shownCalls } from './pages.ts';

const write = replayReporters.html!;
const rich = write(richReport(), { color: false, width: 100, sources });
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
});

/** The number beside an outcome's box. */
const counted = (page: Page) => page.locator('#calls-filter .n').allTextContents();
const status = (page: Page) => page.locator('#calls-status').textContent();

describe('a report opened from disk', () => {
  test('runs its own script alone, fetches nothing, and complains of nothing', async () => {
    const { page, complaints } = await openReport(browser, 'report.html', rich);
    expect(await status(page)).toBe('420 calls');
    expect(await page.locator('#calls-list > li').count()).toBe(50);
    expect(await page.locator('#calls-page').textContent()).toBe('page 1 of 9');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('refuses a script that somebody puts in', async () => {
    const { page, complaints } = await openReport(browser, 'report.html', rich);
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "owned"';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="document.title = \'owned\'">');
      return new Promise<string>((resolve) => setTimeout(() => resolve(document.title), 300));
    });
    expect(ran).toBe('Benchbook replay: 420 calls');
    expect(complaints.filter((one) => /Content Security Policy/.test(one)).length).toBeGreaterThanOrEqual(2);
    await page.context().close();
  });

  test('filters by outcome, tool, policy, session, mark and text; counts follow', async () => {
    const { page } = await openReport(browser, 'report.html', rich);
    const form = page.locator('#calls-filter');
    expect(await counted(page)).toEqual(['382', '11', '25', '2']);

    await form.getByRole('checkbox', { name: 'allow' }).uncheck();
    expect(await status(page)).toBe('38 of 420 calls');
    expect(await counted(page)).toEqual(['382', '11', '25', '2']);
    expect((await shownCalls(page)).slice(0, 3)).toEqual(['case-0000#2', 'case-0000#3', 'case-0004#3']);

    await form.getByLabel('Tool').selectOption({ label: 'send_mail (19)' });
    expect(await status(page)).toBe('19 of 420 calls');
    expect(await counted(page)).toEqual(['86', '11', '6', '2']);

    await form.getByLabel('Policy').selectOption({ label: 'policies/refunds.cedar#refund-above-limit (6)' });
    expect(await status(page)).toBe('6 of 420 calls');

    await form.getByRole('button', { name: 'Clear' }).click();
    expect(await status(page)).toBe('420 calls');

    await form.getByLabel('Only calls').selectOption('unexpected');
    expect(await counted(page)).toEqual(['0', '11', '0', '0']);
    await form.getByLabel('Only calls').selectOption('');

    await form.getByLabel('Session').fill('CASE-0049');
    expect(await shownCalls(page)).toEqual(['case-0049#0', 'case-0049#1', 'case-0049#2', 'case-0049#3']);
    await form.getByLabel('Text').fill('no such key');
    expect(await shownCalls(page)).toEqual(['case-0049#3']);
    await form.getByLabel('Text').fill('nothing says this');
    expect(await status(page)).toBe('0 of 420 calls');
    expect(await page.locator('#calls-pages').isVisible()).toBe(false);
    await page.context().close();
  });

  test('is worked by the keyboard alone', async () => {
    const { page } = await openReport(browser, 'report.html', rich);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the report');
    await page.locator('#calls-filter input').first().focus();
    await page.keyboard.press('Space');
    expect(await status(page)).toBe('38 of 420 calls');
    await page.locator('#calls-list summary').first().focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#calls-list dl').first().isVisible()).toBe(true);
    await page.locator('[data-outcome]').first().click();
    await page.locator('[data-page=next]').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#calls-page').textContent()).toBe('page 2 of 9');
    expect((await shownCalls(page))[0]).toBe('case-0012#2');
    await page.context().close();
  });

  test('a finding leads to its call, a call to its policy and to the line of a condition', async () => {
    const { page } = await openReport(browser, 'report.html', rich);
    await page.locator('#calls-filter').getByRole('checkbox', { name: 'deny' }).uncheck();
    await page.locator('#findings a').last().click();
    const call = page.locator('#c83');
    await call.waitFor();
    expect(await call.locator('.c-id').textContent()).toBe('case-0020#3');
    expect(await call.locator('dl').isVisible()).toBe(true);
    expect(await status(page)).toBe('420 calls');

    await page.goto(`${page.url().split('#')[0]}#c2`);
    await page.locator('#c2 dl').waitFor();
    await page
      .locator('details.file')
      .nth(1)
      .evaluate((file: HTMLDetailsElement) => {
        file.open = false;
      });
    await page.locator('#c2 dd a').first().click();
    expect(await page.locator('#p1').isVisible()).toBe(true);
    await page.locator('#c2 .conditions a').first().click();
    expect(page.url()).toMatch(/#f1-23$/);
    expect(await page.locator('#f1-23').isVisible()).toBe(true);
    await page.context().close();
  });

  test('without scripts everything but the filters is there', async () => {
    const { page } = await openReport(browser, 'report.html', rich, { javaScriptEnabled: false });
    expect(await page.locator('#calls-filter').isVisible()).toBe(false);
    expect(await page.locator('#calls-list > li').count()).toBe(200);
    expect(await page.locator('noscript p').isVisible()).toBe(true);
    await page.locator('#c2 summary').click();
    expect(await page.locator('#c2 dl').isVisible()).toBe(true);
    expect(await page.locator('#controls details.group tr').first().isVisible()).toBe(false);
    await page.locator('#controls details.group summary').click();
    expect(await page.locator('#controls details.group tr').first().isVisible()).toBe(true);
    await page.context().close();
  });

  test('opens what is folded when it is printed, and folds it again', async () => {
    const { page } = await openReport(browser, 'report.html', rich);
    const folded = page.locator('#controls details.group');
    const open = () => folded.evaluate((one: HTMLDetailsElement) => one.open);
    expect(await open()).toBe(false);
    const rows = () => page.locator('#calls-list > li').count();
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect([await open(), await rows()]).toEqual([true, 420]);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    expect([await open(), await rows()]).toEqual([false, 50]);
    const pdf = await page.pdf({ path: artifact('report.pdf'), preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await page.context().close();
  });
});

test.each([
  ['light', { colorScheme: 'light', viewport: { width: 1360, height: 900 } }],
  ['dark', { colorScheme: 'dark', viewport: { width: 1360, height: 900 } }],
  ['narrow', { colorScheme: 'light', viewport: { width: 400, height: 900 } }],
  ['narrow-dark', { colorScheme: 'dark', viewport: { width: 320, height: 900 } }],
] as const)('fits the screen: %s', async (name, options) => {
  const { page } = await openReport(browser, 'report.html', rich, options);
  await page.locator('#c2 summary').click();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await page.screenshot({ path: artifact(`report-${name}.png`), fullPage: true });
  await page.context().close();
});

test.each(['light', 'dark'] as const)('is accessible as axe sees it: %s', async (colorScheme) => {
  const { page } = await openReport(browser, 'report.html', rich, { colorScheme });
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

test.each(attacks.map((attack) => [JSON.stringify(attack), attack]))(
  'nothing of %s runs',
  async (_, attack) => {
    const text = write(hostileRich(attack), { color: false, width: 100, sources: hostileSources(attack) });
    const { page, complaints } = await openReport(browser, 'hostile.html', text);
    await page.locator('#calls-list summary').first().click();
    await page.locator('#calls-filter').getByLabel('Text').fill('case-0000');
    expect(await page.locator('#calls-list > li').count()).toBe(4);
    expect(
      await page.locator('#main script, #main iframe, #main img, [onload], [onerror], [onfocus]').count(),
    ).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);

test('20,000 calls stay fluent', async () => {
  const large = write(richReport(20_000), { color: false, width: 100, sources });
  const { page, complaints } = await openReport(browser, 'large.html', large);
  const times = await page.evaluate(() => {
    const form = document.getElementById('calls-filter') as HTMLFormElement;
    const time = (change: () => void) => {
      const start = performance.now();
      change();
      form.dispatchEvent(new Event('input', { bubbles: true }));
      // Layout belongs to the answer that a reader waits for.
      document.getElementById('calls-list')!.getBoundingClientRect();
      return Math.round((performance.now() - start) * 10) / 10;
    };
    const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement;
    return {
      outcome: time(() => form.querySelector<HTMLInputElement>('input[name=outcome]')!.click()),
      'first text': time(() => Object.assign(field('text'), { value: 'supervisor' })),
      'next text': time(() => Object.assign(field('text'), { value: 'supervisor case-01' })),
      session: time(() => Object.assign(field('session'), { value: 'case-00' })),
      tool: time(() => Object.assign(field('tool'), { value: '1' })),
    };
  });
  process.stdout.write(
    `20,000 calls, ${large.length.toLocaleString('en')} characters; answers in ms: ${JSON.stringify(times)}\n`,
  );
  expect(await status(page)).toMatch(/ of 20,000 calls$/);
  expect(complaints).toEqual([]);
  await page.context().close();
});

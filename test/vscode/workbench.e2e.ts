import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFailed, test } from 'vitest';
import { launchProfile } from './lib/browser.ts';
import { vsixPath } from './lib/extension.ts';
import type { Host } from './lib/host.ts';
import { installVsix, startNodeHost } from './lib/node-host.ts';
import { behind } from './lib/place.ts';
import { startWebHost } from './lib/web-host.ts';
import { keep, openWorkbench, type Workbench } from './lib/workbench.ts';
import { createRun } from './lib/workspace.ts';

const FILE = 'policies/refunds.cedar';
const run = createRun();
let extension: string;

beforeAll(async () => {
  extension = await installVsix(vsixPath(), run.folder);
});

afterAll(() => run.dispose());

// One list of checks for both. They go on from one another, as a user does.
describe.each([
  ['node', startNodeHost],
  ['web', startWebHost],
] as const)('in VS Code with a %s extension host', (name, start) => {
  let host: Host;
  let context: BrowserContext;
  let bench: Workbench;
  let text: string;
  const said: string[] = [];

  beforeAll(async () => {
    const workspace = run.copySample('support-desk');
    text = readFileSync(join(workspace, FILE), 'utf8');
    host = await start({ workspace, extension, run: join(run.folder) });
    context = await launchProfile(join(run.folder, name));
    const page = await context.newPage();
    page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => said.push(`uncaught: ${error.stack}`));
    bench = await openWorkbench(page, host.url(FILE), name);
  });

  afterAll(async () => {
    await context?.close();
    await host?.stop();
    if (host) keep(`${name}-host.log`, host.log());
    keep(`${name}-console.log`, said.join('\n'));
  });

  beforeEach(async ({ task }) => {
    // What a failed test left behind is not the next one's matter.
    if (await bench.page.locator('.tab.active.dirty').count()) await undoAll();
    onTestFailed(async () => {
      await bench?.picture(`failed-${task.name.replaceAll(/\W+/g, '-')}`);
    });
  });

  /** Puts the cursor behind the first `sought` of the file as it was opened. */
  const goBehind = async (sought: string) => {
    const { line, column } = behind(text, sought);
    await bench.goTo(line, column);
  };
  const undoAll = async () => {
    await bench.command('File: Revert File');
  };

  test('an inlay hint tells beside each policy what it decides on the recordings', async () => {
    await bench.waitForLine(/@id\("refund-above-150"\).*2\sdeny,\s3\sescalate\sof\s168\scalls/);
    await bench.waitForLine(/greaterThan\(decimal\("150.00"\)\).*true\s5\s\/\sfalse\s16/);
    await bench.picture('1-preview');
    await goBehind('@id("no-bulk-refunds")');
    await bench.waitForLine(/@id\("no-bulk-refunds"\).*never\sexercised/);
    await bench.goTo(1, 1);
  });

  test('code lenses stand above the policies', async () => {
    await bench.waitForLens(/^Replay$/);
    await bench.waitForLens(/^Calls it decides$/);
    await bench.waitForLens(/^Evaluate$/);
  });

  test('a typo is underlined, and a quick fix mends it', async () => {
    const { line } = behind(text, 'greaterThan(decimal("150.00")');
    const { column } = behind(text.split('\n')[line - 1]!, 'context.input.amoun');
    await bench.goTo(line, column);
    await bench.page.keyboard.press('Backspace');
    await bench.waitForSquiggle();
    await bench.picture('2-squiggle');
    await bench.goTo(line, column - 2);
    expect((await bench.quickFixes()).join('\n')).toMatch(/amount/);
    await bench.picture('3-quick-fix');
    await bench.takeFix(/amount/);
    await bench.waitForLine('context.input.amount.greaterThan');
    await bench.squiggles.first().waitFor({ state: 'detached' });
    await undoAll();
  });

  test('completion offers the arguments of the tool', async () => {
    const { line } = behind(text, 'greaterThan(decimal("150.00")');
    const { column } = behind(text.split('\n')[line - 1]!, 'context.input.');
    await bench.goTo(line, column);
    const labels = await bench.complete();
    await bench.picture('4-completion');
    expect(labels).toEqual(expect.arrayContaining(['amount', 'destination', 'order_id']));
    await bench.page.keyboard.press('Escape');
  });

  test('the Recordings view lists trace files with their outcomes', async () => {
    await bench.command('View: Show Benchbook');
    await bench.rows().filter({ hasText: 'web-chat.jsonl' }).first().waitFor();
    const rows = (await bench.rows().allTextContents()).join('\n');
    expect(rows).toMatch(/tickets-2026-05\.jsonl.*calls/);
    await bench.picture('5-recordings');
  });

  test('the report panel shows the replay', async () => {
    await bench.command('Benchbook: Show Report');
    const heading = bench.webview().getByRole('heading', { name: 'Replay of recorded calls' });
    await heading.waitFor({ timeout: 60_000 });
    expect(await bench.webview().locator('#outcomes li').first().textContent()).toMatch(/allow 156/);
    await bench.picture('6-report');
    await bench.command('View: Close All Editors in Group');
  });

  test(
    name === 'node'
      ? 'an edit shows which calls flip against HEAD'
      : 'the web build says that there is no HEAD',
    async () => {
      await bench.openFile(FILE);
      await goBehind('greaterThan(decimal("150');
      await bench.type('0');
      if (name === 'node') {
        await bench.waitForLens(/^3 calls flip against HEAD$/);
        await bench.picture('7-flips');
        await bench.clickLens(/^3 calls flip against HEAD$/);
        const peek = bench.page.locator('.peekview-widget');
        await peek.locator('.view-line', { hasText: '"refund"' }).first().waitFor();
        await bench.picture('8-flipped-calls');
        await bench.page.keyboard.press('Escape');
      } else {
        await bench.waitForLine(/of\s168\scalls/);
        expect(await bench.lenses.filter({ hasText: /against/ }).count()).toBe(0);
        await bench.command('Benchbook: Show Flips');
        await bench.notification(/HEAD|git/).waitFor();
        await bench.picture('7-no-head');
      }
      await undoAll();
    },
  );
});

import { afterAll, beforeAll, beforeEach, describe, expect, onTestFailed, test } from 'vitest';
import { behind } from './lib/place.ts';
import { hosts, type Session, startSession } from './lib/session.ts';
import type { Workbench } from './lib/workbench.ts';

const FILE = 'policies/refunds.cedar';

// One list of checks for both. They go on from one another, as a user does.
describe.each(hosts)('in VS Code with a %s extension host', (name) => {
  let session: Session;
  let bench: Workbench;
  let text: string;

  beforeAll(async () => {
    session = await startSession(name, 'support-desk', FILE);
    bench = session.bench;
    text = session.text(FILE);
  });

  afterAll(async () => {
    await session?.stop();
  });

  beforeEach(async ({ task }) => {
    // What a failed test left behind is not the next one's matter.
    if (await bench.page.locator('.tab.active.dirty').count()) await undoAll();
    onTestFailed(() => bench.picture(`failed-${task.name.replaceAll(/\W+/g, '-')}`));
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
    expect(await bench.quickFixes()).toEqual(['Change to `amount`']);
    await bench.picture('3-quick-fix');
    await bench.takeFix('Change to `amount`');
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
    expect(labels).toEqual(['amount', 'destination', 'iban', 'order_id', 'reason']);
    await bench.page.keyboard.press('Escape');
  });

  test('the Recordings view lists agents, and trace files with their outcomes', async () => {
    await bench.command('View: Show Benchbook');
    await bench.rows().filter({ hasText: 'web-chat.jsonl' }).first().waitFor();
    const rows = await bench.rows().allTextContents();
    expect(rows.map((row) => row.replace(/\s+/g, ' ').trim())).toEqual([
      'Agents3',
      'traces/tickets-2026-05.jsonl127 calls, 7 deny, 3 escalate',
      'traces/web-chat.jsonl41 calls, 1 deny, 1 escalate',
    ]);
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
        await bench.notification('There is nothing to compare with: there is no git here').waitFor();
        await bench.page.getByText(/^Deciding/).waitFor({ state: 'hidden' });
        await bench.picture('7-no-head');
      }
      await undoAll();
    },
  );
});

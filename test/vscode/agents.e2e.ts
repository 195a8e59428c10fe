import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest';
import { hosts, type Session, startSession } from './lib/session.ts';

describe.each(hosts)('agents with a %s extension host', (name) => {
  let session: Session;

  beforeAll(async () => {
    session = await startSession(name, 'treasury', 'policies/mandate.cedar');
  });

  afterAll(async () => {
    await session?.stop();
  });

  test('stand in the Recordings view with their gate status', async () => {
    const { bench } = session;
    onTestFailed(() => bench.picture('failed-agents'));
    await bench.waitForLine(/144\sallow\sof\s218\scalls/);
    await bench.command('View: Show Benchbook');
    await bench.rows().filter({ hasText: 'Agents' }).first().click();
    const agent = bench.rows().filter({ hasText: 'Payments agent' }).first();
    await agent.waitFor();
    expect((await agent.textContent())?.replace(/\s+/g, ' ')).toContain('never gated');
    await bench.picture('6-agents');
  });

  test('an outage is simulated from the palette', async () => {
    const { bench } = session;
    onTestFailed(() => bench.picture('failed-outage'));
    await bench.command('Benchbook: Simulate an Outage');
    await bench.page.locator('.quick-input-list .monaco-list-row', { hasText: /timing out/i }).click();
    const timeLine = bench.webview().getByRole('heading', { name: /time line/i });
    await timeLine.first().waitFor({ timeout: 60_000 });
    await bench.picture('7-outage');
  });
});

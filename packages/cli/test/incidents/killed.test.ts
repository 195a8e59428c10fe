import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Incident } from '@benchbook/model';
import { tempWorkspace } from '@benchbook/testkit';
import { expect, test } from 'vitest';
import { incident } from '../../../governance/test/incidents/fixtures.ts';
import { openSinks } from '../../src/incidents/open-sinks.ts';
import { alertsOf, startReceiver, startTable } from './receiver.ts';

const script = fileURLToPath(new URL('./run-sinks.ts', import.meta.url));
const env = { PD_KEY: 'R0123456789abcdef0123456789abcde', SN_USER: 'bob', SN_PASSWORD: 'hunter2' };
const incidents = Array.from({ length: 24 }, (_, index) =>
  incident({ key: `key-${index}`, count: index + 1 }),
);

/** A run in a process of its own; `kill` ends it as a power cut would. */
function startRun(root: string, sinks: object, told: readonly Incident[]) {
  const args = ['--conditions=@benchbook/source', '--import', 'tsx', script];
  const child = spawn(process.execPath, [...args, root, JSON.stringify(sinks), JSON.stringify(told)], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<NodeJS.Signals | number | null>((resolve) =>
    child.on('exit', (code, signal) => resolve(signal ?? code)),
  );
  return { ended, kill: () => child.kill('SIGKILL') };
}

test('killed while requests are under way, the next runs send the rest: nothing lost, little twice', async () => {
  const killAt = [4, 5, 11, 20];
  let run: ReturnType<typeof startRun> | undefined;
  const alerts = await startReceiver((_, response, index) => {
    // At even ones the answer is already on its way when the process dies, at odd ones there is none.
    if (!killAt.includes(index) || index % 2 === 0) response.writeHead(202).end();
    if (killAt.includes(index)) run!.kill();
  });
  const root = await tempWorkspace({});
  const sinks = [{ kind: 'pagerduty', url: alerts.url, secret: 'PD_KEY' }];
  for (const _ of killAt) {
    run = startRun(root, sinks, incidents);
    expect(await run.ended).toBe('SIGKILL');
  }
  const last = await openSinks(sinks, env, { root, send: true }).run([]);
  await alerts.close();
  expect(last).toMatchObject({ kind: 'delivery', ok: true });
  const keys = alertsOf(alerts);
  expect(keys.map((one) => [one.key, one.count]).sort()).toEqual(
    incidents.map((one) => [one.key, one.count]).sort(),
  );
  expect(alerts.received.length).toBeGreaterThanOrEqual(incidents.length + 2);
  expect(alerts.received.length).toBeLessThanOrEqual(incidents.length + killAt.length);
  expect(readdirSync(join(root, '.benchbook/spool/pagerduty/waiting'))).toEqual([]);
});

test('ServiceNow: what was opened before the run was killed is not opened again', async () => {
  let run: ReturnType<typeof startRun> | undefined;
  let posts = 0;
  const table = await startTable((request, response) => {
    if (request.method !== 'POST' || ++posts !== 2) return false;
    // The record is made, and the process dies before it hears of it.
    response.on('finish', () => run!.kill());
    return false;
  });
  const root = await tempWorkspace({});
  const sinks = [{ kind: 'servicenow', url: table.url, secret: 'SN_PASSWORD', user: 'SN_USER' }];
  run = startRun(root, sinks, incidents.slice(0, 5));
  expect(await run.ended).toBe('SIGKILL');
  const last = await openSinks(sinks, env, { root, send: true }).run(incidents.slice(0, 5));
  await table.close();
  expect(last).toMatchObject({ kind: 'delivery', ok: true });
  expect(table.records.map((one) => one.correlation_id).length).toBe(5);
  expect(new Set(table.records.map((one) => one.correlation_id)).size).toBe(5);
});

import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SinkDelivery } from '@benchbook/governance';
import type { Incident, Json } from '@benchbook/model';
import { tempWorkspace } from '@benchbook/testkit';
import { afterEach, describe, expect, test } from 'vitest';
import { incident } from '../../../governance/test/incidents/fixtures.ts';
import { sinkLines } from '../../src/incidents/lines.ts';
import { openSinks, type SinkOptions } from '../../src/incidents/open-sinks.ts';
import { alertsOf, type Receiver, startReceiver, startTable } from './receiver.ts';

const KEY = 'R0123456789abcdef0123456789abcde';
const env = { PD_KEY: KEY, SN_USER: 'bob', SN_PASSWORD: 'hunter2', HOOK_SECRET: 's3cret' };
const open: Receiver[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function receiver(answer: Parameters<typeof startReceiver>[0]): Promise<Receiver> {
  const one = await startReceiver(answer);
  open.push(one);
  return one;
}

const pagerduty = (url: string) => ({ kind: 'pagerduty', url: `${url}/v2/enqueue`, secret: 'PD_KEY' });
const servicenow = (url: string) => ({ kind: 'servicenow', url, secret: 'SN_PASSWORD', user: 'SN_USER' });

async function send(
  root: string,
  sinks: Json,
  incidents: readonly Incident[],
  options: Partial<SinkOptions> = {},
  variables: Readonly<Record<string, string>> = env,
): Promise<{ sinks: readonly SinkDelivery[]; ok: boolean; text: string }> {
  const run = await openSinks(sinks, variables, {
    root,
    send: true,
    seed: 1,
    budgetMs: 8000,
    ...options,
  }).run(incidents);
  if (run.kind !== 'delivery') throw new Error(run.kind);
  return { sinks: run.sinks, ok: run.ok, text: sinkLines(run).join('\n') };
}

const told = ({ sinks }: { sinks: readonly SinkDelivery[] }) =>
  sinks.map(({ opened, updated, unchanged, waiting, dead }) => ({
    opened,
    updated,
    unchanged,
    waiting,
    dead: dead.length,
  }));
const boxes = (root: string, box: string) => {
  try {
    return readdirSync(join(root, '.benchbook/spool', box)).length;
  } catch {
    return 0;
  }
};

const first = incident();
const second = incident({ key: 'breaker:payer:orders', kind: 'breaker', severity: 'error' });
const later = incident({ first: '2026-05-02T10:00:00Z', last: '2026-05-02T11:00:00Z', count: 2 });

test('two sinks: opened once, the same run again says nothing, a later run updates', async () => {
  const alerts = await receiver((_, response) => response.writeHead(202).end('{"status":"success"}'));
  const table = await startTable();
  open.push(table);
  const sinks = [pagerduty(alerts.url), servicenow(table.url)];
  const root = await tempWorkspace({});
  const none = { opened: 0, updated: 0, unchanged: 0, waiting: 0, dead: 0 };

  expect(told(await send(root, sinks, [first, second]))).toEqual(Array(2).fill({ ...none, opened: 2 }));
  expect(told(await send(root, sinks, [second, first]))).toEqual(Array(2).fill({ ...none, unchanged: 2 }));
  const updated = await send(root, sinks, [later]);
  expect([told(updated), updated.ok]).toEqual([Array(2).fill({ ...none, updated: 1 }), true]);
  expect(alertsOf(alerts)).toEqual([
    { key: second.key, events: 1, count: 3 },
    { key: first.key, events: 2, count: 5 },
  ]);
  expect(table.records.map(({ urgency, work_notes }) => [urgency, work_notes])).toEqual([
    ['2', undefined],
    ['1', 'Counted 5, last at 2026-05-02T11:00:00Z.'],
  ]);
});

test('failures, a dropped connection and a slow answer are tried again with growing pauses', async () => {
  const alerts = await receiver((_, response, index) => {
    if (index === 0) response.writeHead(503).end('busy');
    else if (index === 1) response.destroy();
    else if (index === 2) setTimeout(() => response.writeHead(202).end(), 2000).unref();
    else response.writeHead(202).end();
  });
  const root = await tempWorkspace({});
  const run = await send(root, [pagerduty(alerts.url)], [first], { timeoutMs: 300, budgetMs: 30_000 });
  expect(told(run)).toEqual([{ opened: 1, updated: 0, unchanged: 0, waiting: 0, dead: 0 }]);
  expect(alertsOf(alerts)).toEqual([{ key: first.key, events: 4, count: 3 }]);
  const pauses = alerts.received.slice(1).map((one, index) => one.at - alerts.received[index]!.at);
  expect(pauses[0]).toBeGreaterThanOrEqual(245);
  expect(pauses[1]).toBeGreaterThanOrEqual(495);
  expect(pauses[2]).toBeGreaterThanOrEqual(1295);
});

test('429: Retry-After is waited for', async () => {
  const alerts = await receiver((_, response, index) =>
    index === 0 ? response.writeHead(429, { 'retry-after': '2' }).end() : response.writeHead(202).end(),
  );
  const root = await tempWorkspace({});
  expect((await send(root, [pagerduty(alerts.url)], [first])).ok).toBe(true);
  const [one, two] = alerts.received;
  expect(two!.at - one!.at).toBeGreaterThanOrEqual(1995);
});

test('429 for longer than a run lasts: kept, and the next run does not call before its time', async () => {
  const alerts = await receiver((_, response) => response.writeHead(429, { 'retry-after': '3600' }).end());
  const root = await tempWorkspace({});
  const run = await send(root, [pagerduty(alerts.url)], [first, second]);
  expect(told(run)[0]).toMatchObject({ opened: 0, waiting: 2, dead: 0 });
  expect(run.sinks[0]!.problem).toMatch(/^answered 429; not before 20/);
  const next = await send(root, [pagerduty(alerts.url)], []);
  expect(next.sinks[0]!.problem).toMatch(/^the sink asked not to be called before 20/);
  expect(alerts.received.length).toBe(1);
});

test('a sink that is down loses nothing: the next run sends what waits first, and once', async () => {
  const gone = await startReceiver(() => {});
  await gone.close();
  const root = await tempWorkspace({});
  const down = await send(root, [pagerduty(gone.url)], [first], { budgetMs: 1500 });
  expect([told(down)[0]!.waiting, down.ok, down.sinks[0]!.problem]).toEqual([
    1,
    false,
    'nothing listens there',
  ]);
  const merged = await send(root, [pagerduty(gone.url)], [later, second], { budgetMs: 800 });
  expect(told(merged)[0]!.waiting).toBe(2);

  const back = await receiver((_, response) => response.writeHead(202).end());
  const run = await send(root, [pagerduty(back.url)], []);
  expect(told(run)[0]).toMatchObject({ opened: 2, waiting: 0 });
  expect(alertsOf(back)).toEqual([
    { key: first.key, events: 1, count: 5 },
    { key: second.key, events: 1, count: 3 },
  ]);
  expect([boxes(root, 'pagerduty/waiting'), boxes(root, 'pagerduty/sent')]).toEqual([0, 2]);
});

test('one sink that is down does not hold the other', async () => {
  const slow = await receiver(() => {});
  const table = await startTable();
  open.push(table);
  const root = await tempWorkspace({});
  const options = { timeoutMs: 300, budgetMs: 1000 };
  const run = await send(root, [pagerduty(slow.url), servicenow(table.url)], [first], options);
  expect(told(run).map(({ opened, waiting }) => [opened, waiting])).toEqual([
    [0, 1],
    [1, 0],
  ]);
  expect(run.sinks[0]!.problem).toBe('no answer in 300 ms');
});

describe('what a sink refuses is a dead letter with its reason', () => {
  test('400: kept, not tried again by itself, tried anew when it comes again or on demand', async () => {
    let isFixed = false;
    const alerts = await receiver((_, response) =>
      isFixed
        ? response.writeHead(202).end()
        : response.writeHead(400).end(`{"errors":["bad routing_key ${KEY}"]}`),
    );
    const root = await tempWorkspace({});
    const run = await send(root, [pagerduty(alerts.url)], [first]);
    expect(run.sinks[0]!.dead).toEqual([
      { key: first.key, reason: 'answered 400: {"errors":["bad routing_key <PD_KEY>"]}' },
    ]);
    expect([run.ok, boxes(root, 'pagerduty/dead'), boxes(root, 'pagerduty/waiting')]).toEqual([false, 1, 0]);
    expect(told(await send(root, [pagerduty(alerts.url)], []))[0]).toMatchObject({ opened: 0, waiting: 0 });
    expect(alerts.received.length).toBe(1);
    isFixed = true;
    expect(told(await send(root, [pagerduty(alerts.url)], [], { retryDead: true }))[0]!.opened).toBe(1);
    expect(boxes(root, 'pagerduty/dead')).toBe(0);
  });

  test('a redirect is not followed', async () => {
    const other = await receiver((_, response) => response.writeHead(202).end());
    const alerts = await receiver((_, response) => response.writeHead(307, { location: other.url }).end());
    const root = await tempWorkspace({});
    const run = await send(root, [pagerduty(alerts.url)], [first]);
    expect(run.sinks[0]!.dead[0]!.reason).toBe('answered 307: redirects are not followed');
    expect(other.received).toEqual([]);
  });
});

test('an endless answer is read to its bound only', async () => {
  const alerts = await receiver((_, response) => {
    response.writeHead(202);
    const more = (): void => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  });
  const root = await tempWorkspace({});
  expect((await send(root, [pagerduty(alerts.url)], [first])).ok).toBe(true);
});

test('ServiceNow: the page of an instance that sleeps is no success', async () => {
  let isAsleep = true;
  const table = await startTable((_, response) => {
    if (isAsleep) response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Hibernating</html>');
    return isAsleep;
  });
  open.push(table);
  const root = await tempWorkspace({});
  const run = await send(root, [servicenow(table.url)], [first], { budgetMs: 700 });
  expect([told(run)[0]!.waiting, run.sinks[0]!.problem]).toEqual([1, 'the answer is none of the Table API']);
  isAsleep = false;
  expect(told(await send(root, [servicenow(table.url)], []))[0]!.opened).toBe(1);
});

test('webhook: signed, and what is sent can be checked', async () => {
  const hook = await receiver((_, response) => response.writeHead(204).end());
  const root = await tempWorkspace({});
  await send(root, [{ kind: 'webhook', url: `${hook.url}/in`, secret: 'HOOK_SECRET' }], [first]);
  const { headers, body, at } = hook.received[0]!;
  const [, time, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['benchbook-signature']))!;
  expect(createHmac('sha256', 's3cret').update(`${time}.${body}`).digest('hex')).toBe(signature);
  expect(Math.abs(at / 1000 - Number(time))).toBeLessThan(5);
  expect(JSON.parse(body)).toEqual({ schema: 'benchbook.incident/v1', action: 'open', incident: first });
});

test('file: a line for each event; a line that was cut off stays by itself', async () => {
  const root = await tempWorkspace({ 'out/incidents.jsonl': '{"schema":"bench' });
  const sinks = [{ kind: 'file', path: 'out/incidents.jsonl' }];
  await send(root, sinks, [first]);
  await send(root, sinks, [first]);
  await send(root, sinks, [later]);
  const lines = readFileSync(join(root, 'out/incidents.jsonl'), 'utf8').split('\n');
  expect(lines.slice(0, 1).concat(lines.slice(3))).toEqual(['{"schema":"bench', '']);
  expect(lines.slice(1, 3).map((line) => [JSON.parse(line).action, JSON.parse(line).incident.count])).toEqual(
    [
      ['open', 3],
      ['update', 5],
    ],
  );
});

test('a secret that is not set: nothing is sent, all is kept, the name is told', async () => {
  const alerts = await receiver((_, response) => response.writeHead(202).end());
  const root = await tempWorkspace({});
  const run = await send(root, [pagerduty(alerts.url)], [first], {}, {});
  expect([alerts.received.length, told(run)[0]!.waiting]).toEqual([0, 1]);
  expect(run.text).toBe(
    `pagerduty (${alerts.url}): 0 opened, 0 updated, 1 waiting for the next run\n  ! not set in the environment: PD_KEY`,
  );
});

test('a record of the spool that is torn is told and stops nothing', async () => {
  const alerts = await receiver((_, response) => response.writeHead(202).end());
  const name = `${'a'.repeat(64)}.json`;
  const root = await tempWorkspace({ [`.benchbook/spool/pagerduty/waiting/${name}`]: '{"schema":' });
  writeFileSync(join(root, '.benchbook/spool/pagerduty/waiting/.x.json.tmp'), 'half');
  const run = await send(root, [pagerduty(alerts.url)], [first]);
  expect(told(run)[0]).toMatchObject({ opened: 1, waiting: 0 });
  expect(run.sinks[0]!.problem).toBe(`records of the spool that cannot be read: pagerduty/waiting/${name}`);
});

test('dry run: says what would be sent, writes nothing, and holds no secret', async () => {
  const root = await tempWorkspace({});
  const sinks = [
    pagerduty('https://pd.example.com'),
    servicenow('https://sn.example.com'),
    { kind: 'webhook', url: 'https://hooks.example.com/services/T0KEN', secret: 'HOOK_SECRET' },
  ];
  const run = await openSinks(sinks, { PD_KEY: KEY }, { root, send: false }).run([first]);
  const text = sinkLines(run).join('\n');
  const body = `{"schema":"benchbook.incident/v1","action":"open","incident":${JSON.stringify(first)}}`;
  expect(text.split('\n').slice(-7)).toEqual([
    '  ! HOOK_SECRET is not set in the environment',
    `  open ${first.key}`,
    '    POST https://hooks.example.com',
    '      content-type: application/json',
    expect.stringMatching(/^ {6}benchbook-delivery: [0-9a-f]{64}$/),
    '      benchbook-signature: t=<time>,v1=<HMAC-SHA256 by HOOK_SECRET>',
    `      ${body}`,
  ]);
  expect(text).toMatch(/"routing_key":"<PD_KEY>"/);
  expect(text).toMatch(/authorization: Basic <base64 of SN_USER:SN_PASSWORD>/);
  expect([text.includes(KEY), text.includes('T0KEN'), readdirSync(root)]).toEqual([false, false, []]);
});

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly at: number;
}

export interface Receiver {
  readonly url: string;
  /** Requests, in the order in which they were read whole. */
  readonly received: readonly Received[];
  close(): Promise<void>;
}

/** A real HTTP server on this machine; `answer` says what it does with the nth request, from 0. */
export async function startReceiver(
  answer: (request: Received, response: ServerResponse, index: number) => void,
): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => {});
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const one = { method, url, headers, body: Buffer.concat(chunks).toString('utf8'), at: Date.now() };
      received.push(one);
      answer(one, response, received.length - 1);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Alerts as PagerDuty keeps them: events with one `dedup_key` are one alert. */
export function alertsOf({ received }: Receiver): { key: string; events: number; count: number }[] {
  const alerts = new Map<string, { key: string; events: number; count: number }>();
  for (const { body } of received) {
    const { dedup_key: key, payload } = JSON.parse(body);
    const before = alerts.get(key);
    alerts.set(key, { key, events: (before?.events ?? 0) + 1, count: payload.custom_details.count });
  }
  return [...alerts.values()];
}

/** The incident table of a ServiceNow instance, as far as the Table API shows it. */
export async function startTable(
  fail: (request: Received, response: ServerResponse, index: number) => boolean = () => false,
): Promise<Receiver & { readonly records: readonly Record<string, string>[] }> {
  const records: Record<string, string>[] = [];
  const receiver = await startReceiver((request, response, index) => {
    if (fail(request, response, index)) return;
    const json = (status: number, value: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    const url = new URL(request.url, 'http://table');
    if (request.headers.authorization !== `Basic ${btoa('bob:hunter2')}`)
      return void json(401, { error: { message: 'User Not Authenticated' } });
    if (request.method === 'GET') {
      const id = /correlation_id=([\w-]+)$/.exec(url.searchParams.get('sysparm_query') ?? '')?.[1];
      const found = records.filter((one) => one.correlation_id === id);
      return void json(200, { result: found.slice(0, 1).map(({ sys_id }) => ({ sys_id })) });
    }
    if (request.method === 'POST') {
      const record = { sys_id: String(records.length + 1).padStart(32, '0'), ...JSON.parse(request.body) };
      records.push(record);
      return void json(201, { result: record });
    }
    const record = records.find((one) => url.pathname.endsWith(one.sys_id ?? '-'));
    if (!record) return void json(404, { error: { message: 'No Record found' } });
    Object.assign(record, JSON.parse(request.body));
    json(200, { result: record });
  });
  return { ...receiver, records };
}

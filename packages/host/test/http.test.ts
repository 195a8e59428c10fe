import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { exchangeHttp } from '../src/node/index.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/secret-path`;
}
const post = (url: string, limits = {}) =>
  exchangeHttp({ method: 'POST', url, headers: { 'x-a': 'b' }, body: 'bödy' }, limits);

test('what is sent arrives, and the answer comes back', async () => {
  const url = await serve((request, response) => {
    request
      .setEncoding('utf8')
      .on('data', (text: string) =>
        response
          .writeHead(429, { 'retry-after': '7' })
          .end(
            [
              request.method,
              request.url,
              request.headers['x-a'],
              request.headers['content-length'],
              text,
            ].join(' '),
          ),
      );
  });
  expect(await post(url)).toEqual({
    kind: 'answer',
    status: 429,
    retryAfter: '7',
    body: 'POST /secret-path b 5 bödy',
  });
});

test('an answer is read to its bound', async () => {
  const url = await serve((_, response) => response.end('x'.repeat(1_000_000)));
  const result = await post(url, { maxBytes: 1000 });
  expect(result).toEqual({ kind: 'answer', status: 200, retryAfter: null, body: 'x'.repeat(1000) });
});

test.each([
  ['before it answers', (() => {}) as RequestListener],
  ['in the middle of the answer', ((_, response) => void response.write('x')) as RequestListener],
])('a server that stops %s is waited for so long', async (_, listener) => {
  const start = Date.now();
  expect(await post(await serve(listener), { timeoutMs: 200 })).toEqual({
    kind: 'none',
    message: 'no answer in 200 ms',
  });
  expect(Date.now() - start).toBeLessThan(2000);
});

test.each([
  ['before an answer', ((_, response) => void response.destroy()) as RequestListener],
  [
    'in its middle',
    ((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('x', () => response.destroy());
    }) as RequestListener,
  ],
])('a connection dropped %s is no answer', async (_, listener) => {
  const result = await post(await serve(listener));
  expect(result.kind).toBe('none');
  expect(JSON.stringify(result)).not.toContain('secret-path');
});

test('HTTP leaves this machine in no case, and messages name no address', async () => {
  expect(await post('http://example.com/secret-path')).toEqual({
    kind: 'none',
    message: 'only https:// is sent to',
  });
  expect(await post('http://127.0.0.1:1/secret-path')).toEqual({
    kind: 'none',
    message: 'nothing listens there',
  });
});

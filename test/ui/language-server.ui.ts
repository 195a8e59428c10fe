/** The language server in a real browser: two workers, engines as WebAssembly, files from the page. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { repositoryRoot } from '@benchbook/testkit';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from './chromium.ts';

const entries = join(repositoryRoot, 'packages/language-server/src/entry');
let browser: Browser;
let server: Server;
let origin = '';

beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: ['browser-main', 'browser-worker'].map((name) => join(entries, `${name}.ts`)),
    outdir: '/',
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    conditions: ['@benchbook/source'],
    mainFields: ['browser', 'module', 'main'],
    logLevel: 'error',
  });
  const cedar = readFileSync(
    join(repositoryRoot, 'node_modules/@cedar-policy/cedar-wasm/web/cedar_wasm_bg.wasm'),
  );
  const files = new Map<string, { readonly type: string; readonly body: Uint8Array | string }>([
    ['/', { type: 'text/html', body: '<!doctype html><title>server</title>' }],
    ['/assets/cedar_wasm_bg.wasm.gz', { type: 'application/gzip', body: gzipSync(cedar) }],
    ...outputFiles.map(({ path, contents }) => [path, { type: 'text/javascript', body: contents }] as const),
  ]);
  for (const [path, contents] of [
    ['/worker.js', WORKER],
    ['/host.js', HOST],
  ] as const) {
    const { outputFiles: bundles } = await build({
      stdin: { contents, resolveDir: join(repositoryRoot, 'packages/language-server') },
      bundle: true,
      write: false,
      platform: 'browser',
      format: 'iife',
      conditions: ['@benchbook/source'],
    });
    files.set(path, { type: 'text/javascript', body: bundles[0]!.contents });
  }
  server = createServer(({ url = '/' }, response) => {
    const file = files.get(url);
    response.writeHead(file ? 200 : 404, { 'content-type': file?.type ?? 'text/plain' }).end(file?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  server?.close();
});

/** A worker that does what it is told, also the worst. */
const WORKER = `
  import { openBrowserPort } from '@benchbook/host/browser';
  const port = openBrowserPort();
  port.onRequest((order) => {
    if (order === 'throw') throw new Error('told to');
    if (order === 'units') for (let unit = 0; unit < 5; unit++) {
      port.heartbeat.begin(3, unit);
      const end = performance.now() + 400;
      while (performance.now() < end);
      port.heartbeat.end();
    }
    if (order === 'stick') port.heartbeat.begin(3, 41);
    if (order === 'stick' || order === 'block') for (;;);
    port.post(order);
  });`;
const HOST = `
  import { startBrowserWorker } from '@benchbook/host/browser';
  globalThis.run = async (order) => {
    const events = [];
    const limits = { stallMs: 1_000, blockedMs: 3_000 };
    const worker = startBrowserWorker('/worker.js', { ...limits, onEvent: (event) => {
      events.push(event);
      worker.stop();
    } });
    worker.send(order);
    return { events, end: await worker.ended };
  };`;

const FILES: Record<string, string> = {
  'policies/pay.cedar':
    '@id("pay")\npermit (principal, action, resource) when { context.input.amount < 100 };\n',
  'policies/limits.cel.yaml':
    'name: limits\nrule:\n  match:\n    - condition: args.amount > 300\n      output: "false"\n',
  'traces/a.jsonl': [40, 400]
    .map((amount, seq) =>
      JSON.stringify({
        v: 1,
        kind: 'tool',
        session: 's',
        seq,
        agent: { id: 'a' },
        tool: { name: 'refund' },
        args: { amount },
      }),
    )
    .join('\n'),
};

test('diagnostics, a preview and completion come from workers alone, and git is missed in words', async () => {
  const page = await browser.newPage();
  await page.goto(origin);
  const seen = await page.evaluate(
    async ({ files, assets }) => {
      interface Params {
        readonly path: string;
        readonly uri: string;
        readonly version: number;
        readonly diagnostics: readonly { readonly code: string }[];
        readonly decided: number;
        readonly total: number;
        readonly baseReason?: string;
      }
      interface Message {
        readonly id?: number | string;
        readonly method?: string;
        readonly params?: Params;
        readonly result?: unknown;
        readonly error?: unknown;
      }
      const labelsOf = (items: unknown) => (items as { readonly label: string }[]).map(({ label }) => label);
      const worker = new Worker('/browser-main.js');
      const waiting = new Map<number | string, (message: Message) => void>();
      const notified: Message[] = [];
      let wake = () => {};
      worker.onmessage = ({ data }: { data: Message }) => {
        if (data.method === undefined) waiting.get(data.id ?? 0)?.(data);
        else if (data.id !== undefined) {
          const result =
            data.method === 'benchbook/listFiles'
              ? Object.keys(files)
              : data.method === 'benchbook/readFile'
                ? btoa(files[data.params!.path]!)
                : null;
          worker.postMessage({ jsonrpc: '2.0', id: data.id, result });
        } else notified.push(data);
        wake();
      };
      let next = 0;
      const ask = (method: string, params: unknown) =>
        new Promise<Message>((resolve) => {
          const id = ++next;
          waiting.set(id, resolve);
          worker.postMessage({ jsonrpc: '2.0', id, method, params });
        });
      const tell = (method: string, params: unknown) =>
        worker.postMessage({ jsonrpc: '2.0', method, params });
      const until = async (check: () => boolean) => {
        const end = Date.now() + 30_000;
        while (!check() && Date.now() < end)
          await new Promise<void>((resolve) => {
            wake = resolve;
            setTimeout(resolve, 250);
          });
      };

      const folder = 'vscode-test-web://mount';
      const uri = `${folder}/policies/pay.cedar`;
      await ask('initialize', {
        processId: null,
        capabilities: {},
        workspaceFolders: [{ uri: folder, name: 'w' }],
        initializationOptions: { filesFromClient: true, assets },
      });
      tell('initialized', {});
      const text = files['policies/pay.cedar']!;
      tell('textDocument/didOpen', { textDocument: { uri, languageId: 'cedar', version: 1, text } });
      const status = () => notified.filter(({ method }) => method === 'benchbook/status').at(-1)?.params;
      await until(() => status()?.decided === 2 && status()?.baseReason !== undefined);
      const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
      const hints = await ask('textDocument/inlayHint', { textDocument: { uri }, range });
      tell('textDocument/didChange', {
        textDocument: { uri, version: 2 },
        contentChanges: [{ text: `${text}permit (` }],
      });
      const errors = () =>
        notified
          .filter(({ method }) => method === 'textDocument/publishDiagnostics')
          .flatMap(({ params }) => (params?.uri === uri && params.version === 2 ? params.diagnostics : []));
      await until(() => errors().length > 0);
      const at = text.indexOf('amount');
      tell('textDocument/didChange', { textDocument: { uri, version: 3 }, contentChanges: [{ text }] });
      const completion = await ask('textDocument/completion', {
        textDocument: { uri },
        position: { line: 1, character: at - text.indexOf('\n') - 1 },
      });
      return {
        status: status(),
        hints: labelsOf(hints.result),
        error: errors()[0]?.code,
        labels: labelsOf((completion.result as { readonly items: unknown }).items),
      };
    },
    { files: FILES, assets: `${origin}/assets` },
  );
  expect(seen.hints).toEqual(['1 allow of 2 calls', 'true 1 / false 1']);
  expect(seen.error).toBe('cedar-parse-error');
  expect(seen.labels).toContain('amount');
  expect(seen.status).toMatchObject({ decided: 2, total: 2, base: null, stale: false });
  expect(seen.status?.baseReason).toContain('there is no git here');
});

test.each([
  ['echo', { events: ['echo'], end: { kind: 'finished' } }],
  ['units', { events: ['units'], end: { kind: 'finished' } }],
  ['stick', { events: [], end: { kind: 'stalled', cause: 'time', descriptor: { set: 3, request: 41 } } }],
  ['block', { events: [], end: { kind: 'stalled', cause: 'time', descriptor: null } }],
  ['throw', { events: [], end: { kind: 'crashed', message: 'told to', descriptor: null } }],
])('a worker of the browser that is told to %s', async (order, expected) => {
  const page = await browser.newPage();
  await page.goto(origin);
  await page.addScriptTag({ url: `${origin}/host.js` });
  expect(await page.evaluate(`run('${order}')`)).toEqual(expected);
});

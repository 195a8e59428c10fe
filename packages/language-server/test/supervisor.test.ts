import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startWorker } from '@benchbook/host/node';
import { duplex, type LspClient, type LspOptions, startLspClient, tempWorkspace } from '@benchbook/testkit';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Hover } from 'vscode-languageserver';
import { supervise } from '../src/supervisor/supervise.ts';
import type { FromWorker, LostWork, ToWorker } from '../src/worker/messages.ts';
import { ASSETS } from './harness.ts';

let scripts = '';
let entry: URL;

beforeAll(async () => {
  scripts = await mkdtemp(join(tmpdir(), 'benchbook-lsp-'));
  await build({
    entryPoints: [fileURLToPath(new URL('./workers/bad-worker.ts', import.meta.url))],
    outfile: join(scripts, 'worker.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@benchbook/source'],
    mainFields: ['module', 'main'],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'silent',
  });
  entry = pathToFileURL(join(scripts, 'worker.mjs'));
}, 60_000);

afterAll(() => rm(scripts, { recursive: true, force: true }));

const POLICY = 'permit (principal, action, resource) when { context.input.amount < 10 };\n';

interface Supervised {
  readonly client: LspClient;
  /** What each worker was told of those before it. */
  readonly starts: readonly LostWork[];
  readonly code: Promise<number>;
}

async function start(options: Partial<LspOptions> = {}): Promise<Supervised> {
  const folder = await tempWorkspace({ 'policies/pay.cedar': POLICY });
  const { client, server } = duplex();
  const starts: LostWork[] = [];
  const code = supervise({
    ...server,
    now: () => performance.now(),
    start(_options, lost, onEvent) {
      starts.push(lost);
      const worker = startWorker<ToWorker, FromWorker>(entry, { onEvent, stallMs: 600, blockedMs: 3_000 });
      worker.send({ kind: 'start', lost, assets: ASSETS });
      return worker;
    },
  });
  return {
    client: await startLspClient(client, { folders: [pathToFileURL(folder).href], ...options }),
    starts,
    code,
  };
}

const symbols = (client: LspClient) =>
  client.request<{ readonly name: string }[]>('textDocument/documentSymbol', {
    textDocument: { uri: client.uri('policies/pay.cedar') },
  });

const REFUSAL = { code: -32803, message: 'the policies had to be loaded anew; ask again' };

describe('a worker that is lost', () => {
  test.each([
    ['crashes', 'test/crash', 'it crashed (told to)'],
    ['comes back to nothing', 'test/block', 'it was stuck'],
    ['is stuck in a set', 'test/stick', 'it was stuck while deciding with rego:data.x'],
  ])('because it %s is replaced: open text is told again, edits included', async (_, method, why) => {
    const { client, starts } = await start();
    await client.open('policies/pay.cedar', POLICY);
    await client.edit('policies/pay.cedar', 0, 0, '@id("first")\n');
    expect((await symbols(client)).map(({ name }) => name)).toEqual(['first']);

    await expect(client.request(method, {})).rejects.toMatchObject(REFUSAL);
    expect((await symbols(client)).map(({ name }) => name)).toEqual(['first']);
    await client.edit('policies/pay.cedar', 5, 10, 'other');
    expect((await symbols(client)).map(({ name }) => name)).toEqual(['other']);
    expect(client.messages.map(({ message }) => message)).toEqual([
      `Benchbook started its engine anew: ${why}.`,
    ]);
    expect(starts.length).toBe(2);
    await client.stop();
  });

  test('takes its registrations and findings with it', async () => {
    const { client } = await start();
    const received = (wanted: string) => client.received.filter(({ method }) => method === wanted);
    await client.open('policies/pay.cedar', 'permit (');
    await client.until(() => client.diagnostics('policies/pay.cedar').diagnostics.length > 0, 'findings');
    await client.until(() => received('client/registerCapability').length === 4, 'registrations');
    const ids = (method: string, key: string) =>
      received(method).flatMap(({ params }) =>
        (params as Record<string, { readonly id: string }[]>)[key]!.map(({ id }) => id),
      );
    const before = ids('client/registerCapability', 'registrations');

    await expect(client.request('test/crash')).rejects.toMatchObject(REFUSAL);
    await client.until(() => received('client/registerCapability').length === 8, 'registrations');
    expect(ids('client/unregisterCapability', 'unregisterations').sort()).toEqual([...before].sort());
    const published = received('textDocument/publishDiagnostics').map(
      ({ params }) => (params as { readonly diagnostics: readonly unknown[] }).diagnostics.length > 0,
    );
    expect(published.slice(0, 2)).toEqual([true, false]);
    await client.until(() => client.diagnostics('policies/pay.cedar').diagnostics.length > 0, 'findings');
    await client.stop();
  });

  test('over a set leaves it off its fast lane, and over the same set once more the request', async () => {
    const { client, starts } = await start();
    for (const request of [3, 4]) {
      await expect(client.request('test/stick', { request })).rejects.toMatchObject(REFUSAL);
    }
    await symbols(client);
    const name = { place: 'file:///w', set: 'rego:data.x' };
    expect(starts).toEqual([
      { avoidFastLane: [], poisoned: [] },
      { avoidFastLane: [name], poisoned: [] },
      { avoidFastLane: [name], poisoned: [{ ...name, request: 4 }] },
    ]);
    await client.stop();
  });

  test('five times is not replaced any more, and every request says so', async () => {
    const { client, starts } = await start();
    const crash = () => client.request('test/crash').catch((error: Error) => error.message);
    for (let time = 0; time < 4; time++) expect(await crash()).toBe(REFUSAL.message);
    const message =
      'Benchbook stopped: its engine was lost 5 times within three minutes (it crashed (told to)). Mend or remove what it gets stuck at, then start the language server again.';
    expect(await crash()).toBe(message);
    await expect(symbols(client)).rejects.toMatchObject({ code: -32803, message });
    expect(client.messages.map(({ type }) => type)).toEqual([2, 1]);
    expect(starts.length).toBe(5);
    await client.stop();
  });
});

describe('the end', () => {
  test('comes with exit, at once even where the worker is stuck', async () => {
    const { client, code } = await start();
    void client.request('test/block').catch(() => {});
    await client.stop();
    expect(await code).toBe(0);
  });

  test('without shutdown is told by the code', async () => {
    const { client, code } = await start();
    await client.notify('exit');
    expect(await code).toBe(1);
  });
});

test('answers of the client reach the worker that asked', async () => {
  const { client } = await start({ settings: { codeLens: { enabled: false } } });
  await client.open('policies/pay.cedar', POLICY);
  const lenses = () =>
    client.request<unknown[]>('textDocument/codeLens', {
      textDocument: { uri: client.uri('policies/pay.cedar') },
    });
  await client.until(
    () => client.received.some(({ method }) => method === 'client/registerCapability'),
    'it',
  );
  await expect.poll(lenses).toEqual([]);
  await expect(client.request('test/crash')).rejects.toMatchObject(REFUSAL);
  await expect.poll(lenses).toEqual([]);
  const hover = await client.at<Hover | null>('textDocument/hover', 'policies/pay.cedar', 1);
  expect(hover === null || 'contents' in hover).toBe(true);
  await client.stop();
});

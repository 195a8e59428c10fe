/** The built command as editors run it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot, runCli, type SpawnedServer, spawnServer, startLspClient } from '@benchbook/testkit';
import { afterEach, describe, expect, test } from 'vitest';

const treasury = join(repositoryRoot, 'samples/treasury');
const policy = 'policies/limits.cel.yaml';
const text = readFileSync(join(treasury, policy), 'utf8');

let server: SpawnedServer | undefined;
afterEach(() => server?.kill());

function start() {
  server = spawnServer();
  return { server, client: startLspClient(server.transport, { folders: [pathToFileURL(treasury).href] }) };
}

const wholeFile = { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } };

describe('benchbook lsp --stdio', () => {
  test('opens a sample: diagnostics, hints, completion, and ends when told', async () => {
    const started = start();
    const client = await started.client;
    expect(client.initialized.serverInfo).toEqual({ name: 'benchbook' });
    expect(client.initialized.capabilities.positionEncoding).toBe('utf-16');
    await client.open(policy, text);

    const broken = text.indexOf('condition: ') + 'condition: '.length;
    await client.edit(policy, broken, broken, '(');
    await client.until(
      () => client.diagnostics(policy).version === 2 && client.diagnostics(policy).diagnostics.some(isError),
      'the error',
      20_000,
    );
    await client.edit(policy, broken, broken + 1, '');
    await client.until(
      () => client.diagnostics(policy).version === 3 && !client.diagnostics(policy).diagnostics.some(isError),
      'no error',
    );

    await client.until(() => client.received.some(isComplete), 'the whole preview', 30_000);
    const hints = await client.request<{ readonly label: string }[]>('textDocument/inlayHint', {
      textDocument: { uri: client.uri(policy) },
      range: wholeFile,
    });
    expect(hints.map(({ label }) => label)).toContain('3 escalate of 218 calls');

    const typed = text.indexOf('args.');
    const list = await client.at<{
      readonly isIncomplete: boolean;
      readonly items: readonly { readonly label: string }[];
    }>('textDocument/completion', policy, typed + 'args.'.length);
    expect(list.isIncomplete).toBe(false);
    expect(list.items.map(({ label }) => label)).toContain('amount');

    await client.stop();
    expect(await started.server.ended).toBe(0);
    expect(started.server.stderr()).toBe('');
  });

  test('without --stdio says what is missing', async () => {
    const { code, stderr } = await runCli(['lsp'], { cwd: treasury });
    expect([code, stderr]).toEqual([
      2,
      'benchbook: lsp speaks over standard input and output alone: add --stdio\n',
    ]);
  });

  test('ends with 1 when its input ends without a word', async () => {
    const started = start();
    await started.client;
    started.server.hangUp();
    expect(await started.server.ended).toBe(1);
  });
});

const isError = ({ severity }: { readonly severity?: number }) => severity === 1;

function isComplete({ method, params }: { readonly method: string; readonly params: unknown }): boolean {
  const { decided, total, stale } = (params ?? {}) as Record<string, unknown>;
  return method === 'benchbook/status' && decided === total && total === 218 && stale === false;
}

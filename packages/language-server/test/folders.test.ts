import { pathToFileURL } from 'node:url';
import { dedent, type LspClient, tempWorkspace } from '@benchbook/testkit';
import { afterEach, describe, expect, test } from 'vitest';
import type { DocumentSymbol } from 'vscode-languageserver';
import { serve } from './harness.ts';

const permit = (id: string) => `@id("${id}")\npermit (principal, action, resource);\n`;
const broken = 'permit (';

let client: LspClient;
afterEach(() => client.stop());

async function start(
  files: Readonly<Record<string, string>>,
  options: Partial<Parameters<typeof serve>[0]> = {},
): Promise<string> {
  const folder = pathToFileURL(await tempWorkspace(files)).href;
  client = await serve({ folders: [folder], ...options });
  return folder;
}

const folders = () => client.request<string[]>('benchbook/folders');
const symbols = async (path: string) =>
  (
    await client.request<DocumentSymbol[]>('textDocument/documentSymbol', {
      textDocument: { uri: client.uri(path) },
    })
  ).map(({ name }) => name);
const findings = (path: string) => client.diagnostics(path).diagnostics.length;

describe('workspaces of a folder', () => {
  test('the folder itself, where it has no manifest', async () => {
    const folder = await start({ 'policies/a.cedar': permit('a') });
    expect(await folders()).toEqual([folder]);
  });

  test('each manifest makes one, and each answers for its own files', async () => {
    const folder = await start({
      'one/benchbook.yaml': 'version: 1\n',
      'one/policies/a.cedar': broken,
      'two words/benchbook.yaml': 'version: 1\n',
      'two words/policies/b.cedar': permit('b'),
    });
    expect(await folders()).toEqual([`${folder}/one`, `${folder}/two%20words`]);
    await client.open('two words/policies/b.cedar', permit('open'));
    expect(await symbols('two words/policies/b.cedar')).toEqual(['open']);
    await client.until(() => findings('one/policies/a.cedar') > 0, 'findings of a file that is not open');
    expect(await client.request('benchbook/getStatus', { folder: `${folder}/nowhere` })).toBe(null);
  });

  test('the nearest wins where one lies in another, and nothing is told twice', async () => {
    await start({
      'benchbook.yaml': 'version: 1\npolicies: ["**/*.cedar"]\n',
      'inner/benchbook.yaml': 'version: 1\npolicies: ["*.cedar"]\n',
      'inner/a.cedar': broken,
    });
    await client.open('inner/a.cedar', broken);
    await client.until(() => findings('inner/a.cedar') > 0, 'findings');
    await new Promise((resolve) => setTimeout(resolve, 500));
    const told = client.diagnostics('inner/a.cedar').diagnostics.map(({ message }) => message);
    expect(new Set(told).size).toBe(told.length);
    const publications = client.received.filter(
      ({ method, params }) =>
        method === 'textDocument/publishDiagnostics' &&
        (params as { readonly uri: string }).uri === client.uri('inner/a.cedar'),
    );
    expect(publications.length).toBe(1);
  });

  test('come and go with their manifests', async () => {
    const folder = await start({ 'one/benchbook.yaml': 'version: 1\n', 'one/policies/a.cedar': broken });
    await client.until(() => findings('one/policies/a.cedar') > 0, 'findings');
    const { rm, writeFile, mkdir } = await import('node:fs/promises');
    await mkdir(new URL(`${folder}/two`));
    await writeFile(new URL(`${folder}/two/benchbook.yaml`), 'version: 1\n');
    await rm(new URL(`${folder}/one/benchbook.yaml`));
    await client.notify('workspace/didChangeWatchedFiles', {
      changes: [
        { uri: `${folder}/two/benchbook.yaml`, type: 1 },
        { uri: `${folder}/one/benchbook.yaml`, type: 3 },
      ],
    });
    await expect.poll(folders).toEqual([`${folder}/two`]);
    await client.until(() => findings('one/policies/a.cedar') === 0, 'no findings of what is gone');
  });
});

describe('folders of the editor', () => {
  test('may be added and removed', async () => {
    const first = await start({ 'policies/a.cedar': permit('a') });
    const second = pathToFileURL(await tempWorkspace({ 'policies/b.cedar': broken })).href;
    const change = (added: string[], removed: string[]) =>
      client.notify('workspace/didChangeWorkspaceFolders', {
        event: {
          added: added.map((uri) => ({ uri, name: uri })),
          removed: removed.map((uri) => ({ uri, name: uri })),
        },
      });
    await change([second], []);
    await expect.poll(folders).toEqual([first, second]);
    await change([], [first]);
    await expect.poll(folders).toEqual([second]);
  });

  test('what lies in none is left alone', async () => {
    await start({ 'policies/a.cedar': permit('a') });
    for (const uri of [
      'untitled:Untitled-1',
      'file:///elsewhere/x.cedar',
      'file:///a%ZZ',
      'git:/x.cedar?{}',
    ]) {
      await client.notify('textDocument/didOpen', {
        textDocument: { uri, languageId: 'cedar', version: 1, text: broken },
      });
      const about = { textDocument: { uri }, position: { line: 0, character: 0 } };
      expect(await client.request('textDocument/hover', about)).toBe(null);
      expect(await client.request('textDocument/documentSymbol', about)).toEqual([]);
      await client.notify('textDocument/didClose', { textDocument: { uri } });
    }
    expect(client.messages).toEqual([]);
  });

  test('none at all is no error', async () => {
    await start({}, { folders: [] });
    expect(await folders()).toEqual([]);
    expect(await client.request('workspace/symbol', { query: '' })).toEqual([]);
  });
});

describe('files that only the client can read', () => {
  const files: Record<string, string> = {
    'policies/pay.cedar': permit('virtual'),
    'policies/.hidden/x.cedar': broken,
    'node_modules/p/policies/x.cedar': broken,
  };

  test('are listed and read through it, and there is no git', async () => {
    client = await serve({
      folders: ['memfs:/repo'.replace('memfs:/', 'memfs://host/')],
      initializationOptions: { filesFromClient: true },
      answers: {
        'benchbook/listFiles': () => Object.keys(files),
        'benchbook/readFile': ({ path }: { readonly path: string }) =>
          Buffer.from(files[path]!).toString('base64'),
      },
    });
    await expect.poll(() => symbols('policies/pay.cedar')).toEqual(['virtual']);
    const base = await client.request('benchbook/baseText', {
      folder: 'memfs://host/repo',
      path: 'policies/pay.cedar',
    });
    expect(base).toEqual({
      refused: dedent`there is no git here: policies can be compared with their last commit only where files lie on disk`,
    });
    const read = client.received
      .filter(({ method }) => method === 'benchbook/readFile')
      .map(({ params }) => (params as { readonly path: string }).path);
    expect([...new Set(read)]).toEqual(['policies/pay.cedar']);
  });
});

describe('what another extension gives already', () => {
  const PATH = 'policies/a.cedar';
  const format = () =>
    client.request<unknown>('textDocument/formatting', {
      textDocument: { uri: client.uri(PATH) },
      options: { tabSize: 2, insertSpaces: true },
    });
  const registered = () => {
    const gone = new Set(
      client.received
        .filter(({ method }) => method === 'client/unregisterCapability')
        .flatMap(({ params }) =>
          (params as { readonly unregisterations: { readonly id: string }[] }).unregisterations.map(
            ({ id }) => id,
          ),
        ),
    );
    return client.received
      .filter(({ method }) => method === 'client/registerCapability')
      .flatMap(
        ({ params }) =>
          (params as { readonly registrations: { id: string; method: string; registerOptions: unknown }[] })
            .registrations,
      )
      .filter(({ id, method }) => !gone.has(id) && method === 'textDocument/formatting')
      .map(({ registerOptions }) => JSON.stringify(registerOptions).includes('**/*.cedar'));
  };

  test('is left to it, and taken back when it is gone', async () => {
    await start({ [PATH]: permit('a') }, { settings: { leaveToOthers: { cedar: ['formatting'] } } });
    await client.open(PATH, 'permit(principal,action,resource);');
    await expect.poll(registered).toEqual([false]);
    expect(await format()).toBe(null);
    await client.set({});
    await expect.poll(registered).toEqual([true]);
    expect(await format()).not.toBe(null);
  });
});

import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeAssets, nodeByteSource, nodeFileTree, pathFromRoot } from '../src/node/index.ts';

let folder = '';
let root = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'benchbook-host-'));
  root = join(folder, 'ws');
  await mkdir(root);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(files: Record<string, string | Uint8Array>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const collected: Uint8Array[] = [];
  for await (const chunk of chunks) collected.push(chunk);
  return collected;
}

describe('a file tree', () => {
  test('lists files sorted, without tool and dot folders', async () => {
    await write({
      'ws/policies/b.rego': '',
      'ws/policies/a-1.rego': '',
      'ws/policies/a/x.rego': '',
      'ws/policies/.manifest': '',
      'ws/.git/config': '',
      'ws/node_modules/p/index.json': '',
      'ws/dist/out.json': '',
      'ws/.vscode/settings.json': '',
      'ws/benchbook.yaml': '',
    });
    expect(await nodeFileTree(root).list()).toEqual([
      'benchbook.yaml',
      'policies/.manifest',
      'policies/a-1.rego',
      'policies/a/x.rego',
      'policies/b.rego',
    ]);
  });

  test('follows links to files inside, never to folders or outside', async () => {
    await write({ 'ws/real.cedar': 'inside', 'secret.cedar': 'outside', 'ws/sub/x.cedar': '' });
    await symlink(join(root, 'real.cedar'), join(root, 'link.cedar'));
    await symlink(join(folder, 'secret.cedar'), join(root, 'out.cedar'));
    await symlink(root, join(root, 'sub', 'circle'));
    await symlink(join(root, 'gone'), join(root, 'dangling.cedar'));
    const tree = nodeFileTree(root);
    expect(await tree.list()).toEqual(['link.cedar', 'real.cedar', 'sub/x.cedar']);
    expect(new TextDecoder().decode(await tree.read('link.cedar'))).toBe('inside');
    await expect(tree.read('out.cedar')).rejects.toThrow(
      'cannot read out.cedar: it lies outside the workspace',
    );
    await expect(tree.read('../secret.cedar')).rejects.toThrow(
      'cannot read ../secret.cedar: it lies outside the workspace',
    );
  });

  test('lists what a caller names besides, file or folder', async () => {
    await write({ 'ws/a.cedar': '', 'shared/t/1.jsonl': 'one', 'shared/2.jsonl': '', 'shared/3.jsonl': '' });
    const tree = nodeFileTree(root, { also: ['../shared/t/', '../shared/2.jsonl'] });
    expect(await tree.list()).toEqual(['../shared/2.jsonl', '../shared/t/1.jsonl', 'a.cedar']);
    expect(await tree.size?.('../shared/t/1.jsonl')).toBe(3);
    const globbed = nodeFileTree(root, { also: ['../shared/t/*.jsonl'] });
    expect(await globbed.list()).toEqual(['../shared/t/1.jsonl', 'a.cedar']);
    await expect(tree.read('../shared/3.jsonl')).rejects.toThrow('it lies outside the workspace');
  });

  test('says in words what cannot be read', async () => {
    await expect(nodeFileTree(join(folder, 'none')).list()).rejects.toThrow(
      `cannot read ${join(folder, 'none')}: no such file or folder`,
    );
    await expect(nodeFileTree(root).read('x.cedar')).rejects.toThrow(
      'cannot read x.cedar: no such file or folder',
    );
    await expect(nodeFileTree(root, { also: ['../nope'] }).list()).rejects.toThrow(
      'cannot read ../nope: no such file or folder',
    );
  });

  test('paths given at the command line become relative to the root', () => {
    expect(pathFromRoot('/w/ws', '/w', 'shared/*.jsonl')).toBe('../shared/*.jsonl');
    expect(pathFromRoot('/w/ws', '/w', 'ws/traces')).toBe('traces');
    expect(pathFromRoot('/w/ws', '/elsewhere', '/w/ws/traces/a.jsonl')).toBe('traces/a.jsonl');
    expect(pathFromRoot('/w/ws', '/w/ws', '.')).toBe('');
  });
});

describe('a byte source', () => {
  test('reads in chunks of at most 256 KB, more than once', async () => {
    const bytes = new Uint8Array(600_000).map((_, index) => index % 251);
    await write({ 'ws/t.jsonl': bytes });
    const source = nodeByteSource(root, 't.jsonl');
    expect([source.path, source.size]).toEqual(['t.jsonl', 600_000]);
    for (let time = 0; time < 2; time++) {
      const chunks = await collect(source.open());
      expect(chunks.map((chunk) => chunk.length)).toEqual([262_144, 262_144, 75_712]);
      expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
    }
  });

  test('says in words what cannot be read', async () => {
    await expect(collect(nodeByteSource(root, 'none.jsonl').open())).rejects.toThrow(
      'cannot read none.jsonl: no such file or folder',
    );
    await expect(collect(nodeByteSource(root, '.').open())).rejects.toThrow('cannot read .: it is a folder');
  });

  // Open files are seen in /proc, which Linux alone has.
  test.skipIf(process.platform !== 'linux')('leaves no file open where reading is given up', async () => {
    await write({ 'ws/t.jsonl': new Uint8Array(2_000_000) });
    const open = () =>
      execFileSync('ls', ['-l', `/proc/${process.pid}/fd`], { encoding: 'utf8' }).includes(root);
    for await (const _ of nodeByteSource(root, 't.jsonl').open()) break;
    await expect.poll(open, { timeout: 2_000 }).toBe(false);
  });
});

describe('assets', () => {
  test('are found plain, by Brotli or gzip, in the first folder that has one', async () => {
    const bytes = new TextEncoder().encode('wasm '.repeat(100));
    await write({
      'a/plain.wasm': bytes,
      'b/plain.wasm': 'another',
      'b/small.wasm.br': brotliCompressSync(bytes),
      'b/web.wasm.gz': gzipSync(bytes),
    });
    const assets = nodeAssets([join(folder, 'a'), join(folder, 'b')]);
    for (const name of ['plain.wasm', 'small.wasm', 'web.wasm'])
      expect(Buffer.from(await assets.read(name)).equals(bytes)).toBe(true);
  });

  test('that are missing or broken say so', async () => {
    await write({ 'a/bad.wasm.gz': 'no gzip' });
    const assets = nodeAssets([join(folder, 'a'), join(folder, 'none')]);
    await expect(assets.read('x.wasm')).rejects.toThrow(
      `x.wasm is missing (looked in ${join(folder, 'a')}, ${join(folder, 'none')}); install or build Benchbook again`,
    );
    await expect(assets.read('bad.wasm')).rejects.toThrow(
      `${join(folder, 'a', 'bad.wasm.gz')} is broken: incorrect header check`,
    );
  });
});

import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { appendLine, nodeSpool } from '../src/node/index.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'benchbook-spool-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('records are written whole, listed in order, replaced and removed', async () => {
  const spool = nodeSpool(join(folder, 'spool'));
  expect([await spool.list('a/waiting'), await spool.read('a/waiting', 'x')]).toEqual([[], undefined]);
  await spool.write('a/waiting', 'y', 'one');
  await spool.write('a/waiting', 'x', 'two');
  await spool.write('a/waiting', 'y', 'three');
  expect(await readdir(join(folder, 'spool/a/waiting'))).toEqual(['x', 'y']);
  expect([await spool.list('a/waiting'), await spool.read('a/waiting', 'y')]).toEqual([['x', 'y'], 'three']);
  await spool.remove('a/waiting', 'y');
  await spool.remove('a/waiting', 'y');
  expect(await spool.list('a/waiting')).toEqual(['x']);
});

test.each(['../x', '.x', '', 'a/b'])('no record is named %j', async (name) => {
  await expect(nodeSpool(folder).write('box', name, '')).rejects.toThrow('no name of a box or record');
});

test('a lock keeps others out until it is released', async () => {
  const [one, two] = [nodeSpool(folder), nodeSpool(folder)];
  const lock = await one.lock();
  expect(await two.lock()).toBe(null);
  await lock!.release();
  const next = await two.lock();
  expect(next).not.toBe(null);
  await next!.release();
  expect(await readdir(folder)).toEqual([]);
});

test('of many that want it at once one gets it', async () => {
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  await writeFile(join(folder, 'lock'), `${dead} ${hostname()} x\n`);
  const locks = await Promise.all(Array.from({ length: 8 }, () => nodeSpool(folder).lock()));
  expect(locks.filter((one) => one !== null).length).toBe(1);
});

test.each([
  ['a process that is gone', () => `${spawnSync(process.execPath, ['-e', '']).pid} ${hostname()} x\n`],
  ['an earlier process with this number', () => `${process.pid} ${hostname()} x\n`],
])('the lock of %s counts for nothing', async (_, content) => {
  await writeFile(join(folder, 'lock'), content());
  expect(await nodeSpool(folder).lock()).not.toBe(null);
});

test('the lock of another machine counts until it is old', async () => {
  const path = join(folder, 'lock');
  await writeFile(path, '1 elsewhere x\n');
  expect(await nodeSpool(folder).lock()).toBe(null);
  await utimes(path, 1, 1);
  expect(await nodeSpool(folder).lock()).not.toBe(null);
});

test('lines are appended below the root alone', async () => {
  const outside = join(folder, 'outside');
  const root = join(folder, 'root');
  await mkdir(outside);
  await mkdir(root);
  await symlink(outside, join(root, 'out'));
  await symlink(join(outside, 'x'), join(root, 'link'));
  expect(await appendLine(root, 'a/b.jsonl', '1\n')).toBe(null);
  expect(await appendLine(root, 'a/b.jsonl', '2\n')).toBe(null);
  expect(await readFile(join(root, 'a/b.jsonl'), 'utf8')).toBe('1\n2\n');
  expect(await appendLine(root, 'out/b', '1\n')).toBe('out/b lies outside the workspace');
  expect(await appendLine(root, '../b', '1\n')).toBe('../b lies outside the workspace');
  expect(await appendLine(root, 'link', '1\n')).toBe('cannot append to link: it is a link');
  expect(await readdir(outside)).toEqual([]);
});

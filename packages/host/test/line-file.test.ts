import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFile, openLineFile } from '@benchbook/host/node';
import { digest } from '@benchbook/model';
import { afterAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'benchbook-lines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

test('grows by what is appended, over many openings', async () => {
  for (const text of ['a\n', 'b\nc\n', 'ü\n']) {
    const file = await openLineFile(at('grows'));
    expect(file.torn).toBeNull();
    await file.append(text);
    expect(new TextDecoder().decode(await file.read(0, 100))).toBe(readFileSync(at('grows'), 'utf8'));
    await file.close();
  }
  expect(readFileSync(at('grows'), 'utf8')).toBe('a\nb\nc\nü\n');
  const file = await openLineFile(at('grows'));
  expect([file.size, await file.read(2, 2), await file.read(8, 5)]).toEqual([
    9,
    new Uint8Array([98, 10]),
    new Uint8Array([10]),
  ]);
  await file.close();
});

describe('a last line that is not whole is set aside', () => {
  // Around the chunks in which the end of the last line is looked for.
  test.each([1, 65_535, 65_536, 65_537, 200_000])('of %i bytes', async (length) => {
    const path = at(`torn-${length}`);
    const torn = 'x'.repeat(length);
    writeFileSync(path, `whole\n${torn}`);
    const file = await openLineFile(path);
    expect([file.size, file.torn]).toEqual([6, { bytes: length, sha256: digest(torn) }]);
    await file.append('next\n');
    await file.close();
    expect(readFileSync(path, 'utf8')).toBe('whole\nnext\n');
    expect(readFileSync(`${path}.torn`, 'utf8')).toBe(torn);
  });

  test('where no line is whole', async () => {
    writeFileSync(at('none'), 'nothing whole');
    const file = await openLineFile(at('none'));
    expect([file.size, file.torn?.bytes]).toEqual([0, 13]);
    await file.close();
  });
});

describe('one process at a time', () => {
  test('writes to it', async () => {
    const file = await openLineFile(at('held'));
    await expect(openLineFile(at('held'))).rejects.toThrow(
      `cannot write ${at('held')}: process ${process.pid} on ${hostname()} is writing to it; ` +
        `if that is long over, delete ${at('held')}.lock`,
    );
    await file.close();
    await (await openLineFile(at('held'))).close();
    expect(existsSync(at('held.lock'))).toBe(false);
  });

  test('a lock of a process that is no more is taken over, also under the number of this one', async () => {
    for (const pid of [process.pid, 2 ** 22 + 1]) {
      writeFileSync(at('left.lock'), JSON.stringify({ pid, host: hostname(), token: 'of another run' }));
      await (await openLineFile(at('left'))).close();
      expect(existsSync(at('left.lock'))).toBe(false);
    }
  });

  test('a lock of another machine, or of nobody who can be told, is left alone', async () => {
    for (const text of [
      JSON.stringify({ pid: 1, host: 'elsewhere.example', token: 't' }),
      'no lock of ours',
    ]) {
      writeFileSync(at('remote.lock'), text);
      await expect(openLineFile(at('remote'))).rejects.toThrow(/is writing to it; if that is long over/);
      expect(readFileSync(at('remote.lock'), 'utf8')).toBe(text);
    }
  });

  test('while a lock is being removed, nobody else removes one', async () => {
    writeFileSync(at('busy.lock'), JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), token: 't' }));
    writeFileSync(at('busy.lock.stale'), '');
    await expect(openLineFile(at('busy'))).rejects.toThrow('a lock is being removed');
    expect(existsSync(at('busy.lock'))).toBe(true);
  });
});

test('errors are told for people, and leave no lock', async () => {
  await expect(openLineFile(at('no/such/folder'))).rejects.toThrow(
    `cannot write ${at('no/such/folder')}: no such file or folder`,
  );
  await expect(openLineFile(folder)).rejects.toThrow(`cannot write ${folder}: it is a folder`);
  expect(existsSync(`${folder}.lock`)).toBe(false);
});

test('a file is created once', () => {
  expect([
    createFile(at('once'), 'a'),
    createFile(at('once'), 'b'),
    readFileSync(at('once'), 'utf8'),
  ]).toEqual([true, false, 'a']);
});

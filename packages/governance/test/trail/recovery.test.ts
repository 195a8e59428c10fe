/** A process that ends at any moment leaves a trail that verifies up to its last whole record, and goes on. */
import { describe, expect, test } from 'vitest';
import { items, linesOf, opened, options, verify } from './fixtures.ts';
import { memoryFile, type Write } from './memory-file.ts';

/** Every byte that two runs put on the disk, in order: three decisions, a signed head after each fourth record. */
async function writes(): Promise<Write[]> {
  const log: Write[] = [];
  let trail = memoryFile(undefined, log, 'trail');
  let heads = memoryFile(undefined, log, 'heads');
  for (const from of [0, 3]) {
    const open = await opened(options(trail, heads, { signEvery: 4 }));
    for (const item of items(3, from)) await open.write([item]);
    await open.close();
    trail = memoryFile(trail.bytes(), log, 'trail');
    heads = memoryFile(heads.bytes(), log, 'heads');
  }
  return log;
}

/** Both files as they are after so many bytes. */
function filesAfter(log: readonly Write[], total: number) {
  const files = { trail: [] as Uint8Array[], heads: [] as Uint8Array[] };
  let left = total;
  for (const { file, bytes } of log) {
    if (left <= 0) break;
    files[file as 'trail' | 'heads'].push(bytes.subarray(0, left));
    left -= bytes.length;
  }
  const join = (parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
  return { trail: join(files.trail), heads: join(files.heads) };
}

test('after each byte that is written', async () => {
  const log = await writes();
  const total = log.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const wrong: string[] = [];
  for (let at = 0; at <= total; at++) {
    const left = filesAfter(log, at);
    const before = await verify(left.trail, left.heads);
    if (before.state === 'broken' || before.records !== linesOf(left.trail).length)
      wrong.push(`${at} of ${total}: ${JSON.stringify(before.problems)}`);
    const trail = memoryFile(left.trail);
    const heads = memoryFile(left.heads);
    const next = await opened(options(trail, heads, { signEvery: 4 }));
    await next.write(items(2, 100));
    await next.close();
    const after = await verify(trail.bytes(), heads.bytes());
    if (after.state !== 'intact') wrong.push(`${at}, continued: ${JSON.stringify(after.problems)}`);
    if (after.records < before.records + 4) wrong.push(`${at}, continued: ${after.records} records`);
    const torn = left.trail.length - (left.trail.lastIndexOf(10) + 1);
    const told = linesOf(trail.bytes()).some((line) => line.includes(`"torn":{"bytes":${torn},`));
    if (told !== torn > 0) wrong.push(`${at}: ${torn} bytes set aside, ${told ? '' : 'not '}recorded`);
  }
  expect(wrong).toEqual([]);
  expect(total).toBeGreaterThan(6000);
}, 120_000);

describe('a trail is not continued', () => {
  const cases: readonly [string, (lines: string[]) => string[], string][] = [
    [
      'that was cut before its last signed head',
      (lines) => lines.slice(0, -2),
      'it ends with record 20, before its last signed head over record 22',
    ],
    [
      'that is empty now',
      () => [],
      'it is empty, but there are signed heads: what they were signed over is gone',
    ],
    ['that lost its first record', (lines) => lines.slice(1), 'its first record does not open a trail'],
    ['that lost one of its last', (lines) => lines.toSpliced(15, 1), 'record 16 is missing'],
    [
      'whose last record was changed',
      (lines) => lines.with(-1, lines.at(-1)!.replace('auditor', 'someone')),
      'record 22 was changed: its hash is not that of its content',
    ],
    [
      'in which something else follows',
      (lines) => [...lines, 'a word by hand'],
      'record 23 is not as it was written: it is no JSON',
    ],
  ];
  test.each(cases)('%s', async (_, change, error) => {
    const trail = memoryFile();
    const heads = memoryFile();
    const open = await opened(options(trail, heads));
    await open.write(items(20));
    await open.close();
    const lines = change(linesOf(trail.bytes()));
    const changed = memoryFile(new TextEncoder().encode(lines.map((line) => `${line}\n`).join('')));
    await expect(opened(options(changed, heads))).rejects.toThrow(error);
  });
});

test('after a write that failed nothing follows', async () => {
  const trail = memoryFile();
  let full = false;
  const failing = {
    ...trail,
    get size() {
      return trail.size;
    },
    append: (text: string) => (full ? Promise.reject(new Error('no space left')) : trail.append(text)),
  };
  const open = await opened(options(failing, null));
  await open.write(items(2));
  full = true;
  await expect(open.write(items(1, 2))).rejects.toThrow('no space left');
  full = false;
  await expect(open.write(items(1, 3))).rejects.toThrow('no space left');
  const report = await verify(trail.bytes(), null);
  expect([report.state, report.records]).toEqual(['unanchored', 3]);
});

test('writes that are begun together come one after the other', async () => {
  const trail = memoryFile();
  const heads = memoryFile();
  const open = await opened(options(trail, heads, { signEvery: 7 }));
  await Promise.all(items(50).map((item) => open.write([item])));
  await open.close();
  const report = await verify(trail.bytes(), heads.bytes());
  expect([report.state, report.problems]).toEqual(['intact', []]);
});

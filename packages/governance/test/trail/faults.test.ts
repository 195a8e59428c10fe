/** What is done to a trail after it was written, and what `audit verify` says of it. */
import { digest } from '@benchbook/model';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkChain } from '../../src/trail/chain.ts';
import { splitLines } from '../../src/trail/lines.ts';
import { collectProblems } from '../../src/trail/problems.ts';
import { readLine, sealRecord } from '../../src/trail/record.ts';
import {
  bytesOf,
  entry,
  items,
  linesOf,
  opened,
  options,
  ring,
  stranger,
  verify,
  type Written,
  write,
} from './fixtures.ts';
import { memoryFile } from './memory-file.ts';

let whole: Written;
let lines: string[];
let heads: string[];
const kinds = async (changed: readonly string[], headLines: readonly string[] = heads) => {
  const report = await verify(bytesOf(changed), bytesOf(headLines));
  return { state: report.state, problems: report.problems.map(({ record, kind }) => `${record} ${kind}`) };
};
const swap = (all: readonly string[], a: number, b: number) =>
  all.map((line, index) => (index === a ? all[b]! : index === b ? all[a]! : line));

beforeAll(async () => {
  // 1 mark that opens it, 989 decisions, 10 marks of signed heads.
  whole = await write(989);
  lines = linesOf(whole.trail);
  heads = linesOf(whole.heads);
});

test('a trail of 1,000 records is intact to its end', async () => {
  expect(await verify(whole.trail, whole.heads)).toEqual({
    schema: 'benchbook.audit/v1',
    file: 'trail.jsonl',
    records: 1000,
    state: 'intact',
    signedRecords: 1000,
    problems: [],
    problemsLeftOut: 0,
    firstTs: '2026-05-01T10:00:00.000Z',
    lastTs: '2026-05-02T02:28:00.000Z',
    retention: { months: 12, required: 6, enough: true },
  });
  expect(heads).toHaveLength(10);
});

describe('each byte of the trail, changed', () => {
  /** Every byte with `BENCHBOOK_EVERY_BYTE=1`; else all of the first 30 records and each 11th, and every record. */
  const every = process.env.BENCHBOOK_EVERY_BYTE === '1';

  test('is found by the chain alone, at its record', async () => {
    const missed: string[] = [];
    let flips = 0;
    const utf8 = new TextEncoder();
    for (const [index, line] of lines.entries()) {
      const bytes = utf8.encode(`${line}\n`);
      const next = lines[index + 1];
      const record = readLine(line);
      if (record.kind !== 'record') throw new Error(record.why);
      const before = { seq: index, hash: record.record.prev };
      for (let at = 0; at < bytes.length; at++) {
        if (!every && index >= 30 && (at + index) % 11 !== 0) continue;
        const changed = bytes.slice();
        changed[at]! ^= 1 << ((at + index) % 8);
        flips++;
        const found = await problemsOf(
          [changed, ...(next === undefined ? [] : [utf8.encode(`${next}\n`)])],
          before,
        );
        if (!found.includes(index + 1)) missed.push(`record ${index + 1}, byte ${at}`);
      }
    }
    expect(missed).toEqual([]);
    expect(flips).toBeGreaterThan(every ? 400_000 : 40_000);
  }, 600_000);

  test('breaks the whole trail, wherever it is', async () => {
    // The same through the whole verification, heads too, at places spread over the file.
    for (let at = 0; at < whole.trail.length; at += 4801) {
      const changed = whole.trail.slice();
      changed[at]! ^= 1 << (at % 8);
      expect([at, (await verify(changed, whole.heads)).state]).toEqual([at, 'broken']);
    }
    const last = whole.trail.slice();
    last[last.length - 1]! ^= 1;
    expect((await verify(last, whole.heads)).problems.map(({ record, kind }) => `${record} ${kind}`)).toEqual(
      ['1000 torn', '1000 cut'],
    );
  });
});

async function problemsOf(
  parts: readonly Uint8Array[],
  from: { seq: number; hash: string },
): Promise<number[]> {
  const problems = collectProblems();
  const chain = checkChain(problems, from);
  async function* chunks() {
    yield* parts;
  }
  for await (const some of splitLines(chunks())) for (const line of some) chain.next(line);
  chain.end();
  return problems.list().map(({ record }) => record);
}

test('each byte of the heads, changed, breaks it', async () => {
  const missed: number[] = [];
  const small = await write(40, { signEvery: 20 });
  for (let at = 0; at < small.heads.length; at++) {
    const changed = small.heads.slice();
    changed[at]! ^= 1 << (at % 8);
    const { state } = await verify(small.trail, changed);
    // Without its line feed the last head is not whole: what it covered is not anchored any more.
    if (state !== (at === small.heads.length - 1 ? 'unanchored' : 'broken')) missed.push(at);
  }
  expect(missed).toEqual([]);
});

describe('records', () => {
  test('removed', async () => {
    expect(await kinds(lines.toSpliced(449, 1))).toEqual({ state: 'broken', problems: ['450 removed'] });
    expect(await kinds(lines.toSpliced(41, 3))).toEqual({ state: 'broken', problems: ['42 removed'] });
    expect((await verify(bytesOf(lines.toSpliced(41, 3)), whole.heads)).problems[0]?.message).toBe(
      'records 42 to 44 are missing',
    );
    expect((await kinds(lines.slice(1))).problems).toEqual(['1 removed']);
  });

  test('swapped, near and far', async () => {
    expect((await kinds(swap(lines, 9, 10))).problems).toEqual(['10 reordered']);
    expect((await kinds(swap(lines, 9, 20))).problems).toEqual(expect.arrayContaining(['10 reordered']));
    expect((await kinds(swap(lines, 9, 20))).state).toBe('broken');
  });

  test('doubled', async () => {
    expect(await kinds(lines.toSpliced(300, 0, lines[299]!))).toEqual({
      state: 'broken',
      problems: ['300 inserted'],
    });
    expect((await kinds([...lines, lines[9]!])).problems).toEqual(['10 inserted']);
  });

  test('changed under their old hash', async () => {
    const changed = lines.with(42, lines[42]!.replace('"enforced":"permitted"', '"enforced":"blocked"'));
    expect(changed[42]).not.toBe(lines[42]);
    expect((await kinds(changed)).problems).toEqual(['43 changed']);
  });

  test('changed and hashed anew: the next one no longer follows', async () => {
    const read = readLine(lines[41]!);
    if (read.kind !== 'record') throw new Error(read.why);
    const forged = sealRecord(42, read.record.prev, entry(41, { enforced: 'permitted', by: 'review' })).line;
    expect((await kinds(lines.with(41, forged))).problems).toEqual(['43 unlinked']);
  });

  test('written the same in other bytes', async () => {
    expect((await kinds(lines.with(41, `${lines[41]} `))).problems).toEqual(['42 changed']);
    expect((await kinds(lines.with(42, lines[42]!.replace('allow', '\\u0061llow')))).problems).toEqual([
      '43 changed',
    ]);
    expect((await kinds(lines.with(0, `\ufeff${lines[0]}`))).problems).toEqual(['1 changed']);
  });

  test('cut off before the signed head, at any record', async () => {
    for (const left of [0, 1, 99, 100, 500, 999]) {
      const { state, problems } = await kinds(lines.slice(0, left));
      expect([left, state, problems]).toEqual([left, 'broken', [`${left + 1} cut`]]);
    }
  });

  test('all chained anew by someone else: the heads are not over them', async () => {
    let prev = '0'.repeat(64);
    const forged = lines.map((line, index) => {
      const read = readLine(line);
      if (read.kind !== 'record') throw new Error(read.why);
      const changed = index === 649 ? entry(649, { outcome: 'allow', note: 'as agreed' }) : read.record.entry;
      const sealed = sealRecord(index + 1, prev, changed);
      prev = sealed.record.hash;
      return sealed.line;
    });
    const report = await verify(bytesOf(forged), whole.heads);
    expect([report.state, report.signedRecords, report.problems[0]]).toEqual([
      'broken',
      600,
      {
        record: 700,
        kind: 'head-mismatch',
        message: 'records 601 to 700 are not all those that the head over record 700 was signed over',
      },
    ]);
  });
});

describe('heads', () => {
  test('removed, moved, doubled, cut', async () => {
    expect((await kinds(lines, heads.toSpliced(3, 1))).problems).toEqual([
      '400 head-missing',
      '500 head-changed',
    ]);
    expect((await kinds(lines, swap(heads, 3, 4))).state).toBe('broken');
    expect((await kinds(lines, heads.toSpliced(3, 0, heads[3]!))).state).toBe('broken');
    expect(await kinds(lines, heads.slice(0, 8))).toEqual({
      state: 'broken',
      problems: ['900 head-missing', '1000 head-unverified'],
    });
  });

  test('of which there are none any more', async () => {
    const none = { state: 'broken', problems: ['0 head-missing', '1000 head-unverified'] };
    expect(await kinds(lines, [])).toEqual(none);
    const report = await verify(whole.trail, null);
    expect(report.problems[0]?.message).toBe('the trail says that heads were signed, but there are none');
  });

  test('by a key that nobody knows, or that was revoked before', async () => {
    const other = await write(20, { signer: stranger });
    const report = await verify(other.trail, other.heads);
    expect([report.state, report.signedRecords, report.problems.map(({ message }) => message)]).toEqual([
      'broken',
      0,
      ['the head over record 22: the key `stranger` is unknown: add it to governance.keys'],
    ]);
    const revoked = {
      ...ring,
      keys: ring.keys.map((key) => ({ ...key, revokedAt: Date.parse('2026-05-31') })),
    };
    expect((await verify(whole.trail, whole.heads, revoked)).problems[0]?.message).toBe(
      'the head over record 100: the key `auditor-2026` was revoked before it signed',
    );
  });

  test('of another continuation of the same trail', async () => {
    const continued = async (from: number): Promise<Written> => {
      const trail = memoryFile(whole.trail);
      const signed = memoryFile(whole.heads);
      const open = await opened(options(trail, signed, { signEvery: 5 }));
      await open.write(items(8, from));
      await open.close();
      return { trail: trail.bytes(), heads: signed.bytes() };
    };
    const [one, two] = [await continued(2000), await continued(3000)];
    const mixed = linesOf(one.heads).with(11, linesOf(two.heads)[11]!);
    const report = await verify(two.trail, bytesOf(mixed));
    expect(report.problems.map(({ record, kind }) => `${record} ${kind}`)).toEqual([
      '1005 head-mismatch',
      '1010 head-changed',
      '1012 head-changed',
      '1012 head-mismatch',
    ]);
  });

  test('of another trail', async () => {
    const other = await write(989, { id: 'trail-0002' });
    expect((await kinds(lines, linesOf(other.heads))).state).toBe('broken');
  });

  test('that no known key can verify anchor nothing', async () => {
    const report = await verify(whole.trail, whole.heads, null);
    expect([report.state, report.signedRecords, report.problems.map(({ kind }) => kind)]).toEqual([
      'unanchored',
      0,
      ['head-unverified'],
    ]);
  });
});

test('what follows the last signed head is sound, and never called intact', async () => {
  const trail = memoryFile();
  const signed = memoryFile();
  const open = await opened(options(trail, signed));
  await open.write(Array.from({ length: 150 }, (_, index) => ({ entry: entry(index) })));
  const report = await verify(trail.bytes(), signed.bytes());
  expect([report.state, report.records, report.signedRecords, report.problems]).toEqual([
    'unanchored',
    152,
    100,
    [],
  ]);
  // Down to the head nothing shows that records are gone; from there on it does.
  const all = linesOf(trail.bytes());
  expect((await kinds(all.slice(0, 120), linesOf(signed.bytes()))).state).toBe('unanchored');
  expect((await kinds(all.slice(0, 99), linesOf(signed.bytes()))).problems).toEqual(['100 cut']);
});

test('no edit of the lines of a signed trail passes', async () => {
  const small = await write(30, { signEvery: 10 });
  const all = linesOf(small.trail);
  const at = fc.nat({ max: all.length - 1 });
  const edit = fc.oneof(
    fc.record({ kind: fc.constant('drop'), a: at, b: at }),
    fc.record({ kind: fc.constant('move'), a: at, b: at }),
    fc.record({ kind: fc.constant('double'), a: at, b: at }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
      let changed = all;
      for (const { kind, a, b } of edits) {
        const line = changed[a];
        if (line === undefined) continue;
        const rest = kind === 'double' ? changed : changed.toSpliced(a, 1);
        changed = kind === 'drop' ? rest : rest.toSpliced(b, 0, line);
      }
      const same = digest(changed.join('\n')) === digest(all.join('\n'));
      expect((await verify(bytesOf(changed), small.heads)).state).toBe(same ? 'intact' : 'broken');
    }),
    { numRuns: 200 },
  );
});

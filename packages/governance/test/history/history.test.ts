import type { HistoryEntry, ReplayReport } from '@benchbook/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { historyEntry, historyLine, isIsoTime, readHistory } from '../../src/index.ts';
import { entry } from './fixtures.ts';

const line = (one: HistoryEntry) => historyLine([], one)!;

const share = fc.double({ min: 0, max: 1, noNaN: true });
const figure = fc.nat(1_000_000);
const entries = fc.record({
  schema: fc.constant('benchbook.history/v1' as const),
  at: fc.constantFrom('2026-05-01T10:00:00Z', '2026-05-02T10:00:00.123+02:00'),
  version: fc.option(fc.string({ unit: 'grapheme', maxLength: 60 })),
  policies: fc.constantFrom('a'.repeat(64), 'b'.repeat(64)),
  recordings: fc.constantFrom('a'.repeat(64), 'b'.repeat(64)),
  calls: figure,
  outcomes: fc.record({ allow: figure, deny: figure, escalate: figure, indeterminate: figure }),
  coverage: fc.record({ policies: share, conditions: share }),
  expectations: fc.record({ met: figure, missed: figure }),
  p99Ms: fc.option(fc.double({ min: 0, max: 1000, noNaN: true })),
});

/** As JSON keeps it: a minus before nothing is not kept. */
const asJson = (value: unknown) => JSON.parse(JSON.stringify(value));

test('what is written is read again, in order', () => {
  fc.assert(
    fc.property(fc.array(entries), (list) => {
      const read = readHistory(list.map(line).join(''));
      expect([asJson(read.entries), read.problems, read.torn]).toEqual([asJson(list), [], false]);
    }),
  );
});

test('cut anywhere, whole lines are read and the cut one is told', () => {
  const text = [entry(), entry({ version: 'v2' }), entry({ version: null })].map(line).join('');
  for (let cut = 0; cut <= text.length; cut++) {
    const part = text.slice(0, cut);
    const ends = part.split('\n').length - 1;
    const { entries: found, problems, torn } = readHistory(part);
    // The line that only lacks its end is whole.
    const isWhole = text[cut] === '\n';
    expect(found.length).toBe(ends + (isWhole ? 1 : 0));
    expect(torn).toBe(!(part === '' || part.endsWith('\n')));
    expect(problems.map((one) => one.line)).toEqual(torn && !isWhole ? [ends + 1] : []);
  }
});

test.each([
  ['nonsense', 'not a history entry: no JSON'],
  ['[]', 'not a history entry: its schema is not benchbook.history/v1'],
  ['{"schema":"benchbook.replay/v1"}', 'not a history entry: its schema is not benchbook.history/v1'],
  [`"${'x'.repeat(70_000)}"`, 'not a history entry: the line is too long'],
  ['['.repeat(60_000), 'not a history entry: no JSON'],
  ...(
    [
      { at: 'yesterday' },
      { calls: -1 },
      { policies: 'abc' },
      { version: 'x'.repeat(201) },
      { coverage: { policies: 2, conditions: 0 } },
      { p99Ms: -1 },
    ] as Partial<HistoryEntry>[]
  ).map((changes) => [
    JSON.stringify(entry(changes)),
    'not a whole history entry: a figure is missing or of another kind',
  ]),
])('a foreign line (%#) is told and hides no other', (foreign, message) => {
  const read = readHistory(`${line(entry())}${foreign}\n\n${line(entry({ version: 'v2' }))}`);
  expect(read).toEqual({
    entries: [entry(), entry({ version: 'v2' })],
    problems: [{ line: 2, message }],
    torn: false,
  });
});

test('members of a prototype count for nothing', () => {
  const text = JSON.stringify({ ...entry(), calls: undefined }).replace('{', '{"__proto__":{"calls":5},');
  expect(readHistory(text).entries).toEqual([]);
  expect(Object.prototype).not.toHaveProperty('calls');
});

describe('what is not repeated', () => {
  const last = [entry({ version: 'v0' }), entry()];
  test('the same version with the same figures, whatever the time and however fast', () => {
    expect(historyLine(last, entry({ at: '2027-01-01T00:00:00Z', p99Ms: 3 }))).toBe(null);
    expect(historyLine(last, entry({ p99Ms: null }))).toBe(null);
  });

  test.each([
    ['another version', { version: 'v2' }],
    ['an earlier version again', { version: 'v0' }],
    ['other policies', { policies: 'c'.repeat(64) }],
    ['other recordings', { recordings: 'c'.repeat(64) }],
    ['another figure', { expectations: { met: 3, missed: 1 } }],
  ] as const)('%s is', (_, changes) => {
    expect(historyLine(last, entry(changes))).toBe(`${JSON.stringify(entry(changes))}\n`);
  });
});

test('digests are over what decided and what was replayed, in no order', () => {
  const report = (files: readonly string[], sha256 = '1') =>
    ({
      summary: { calls: 2, outcomes: { allow: 1, deny: 1, escalate: 0, indeterminate: 0 }, expectations: {} },
      coverage: { policies: { covered: 1, total: 4 }, conditions: { covered: 0, total: 0 } },
      files: files.map((path) => ({ path, role: 'policies', sha256 })),
      recordings: [{ file: 'a.jsonl', format: 'native', calls: 2, sha256: '2' }],
    }) as unknown as ReplayReport;
  const of = (one: ReplayReport) => historyEntry(one, { at: '2026-05-01T10:00:00Z', version: null });
  expect(of(report(['a', 'b'])).policies).toBe(of(report(['b', 'a'])).policies);
  expect(of(report(['a', 'b'], '3')).policies).not.toBe(of(report(['a', 'b'])).policies);
  expect(of(report(['a', 'b'], '3')).recordings).toBe(of(report(['a', 'b'])).recordings);
  expect(of(report([])).coverage).toEqual({ policies: 0.25, conditions: 1 });
  expect(of(report([])).p99Ms).toBe(null);
});

test.each([
  ['2026-05-01T10:00:00Z', true],
  ['2026-05-01T10:00+02:00', true],
  ['2026-05-01', false],
  ['2026-13-01T10:00:00Z', false],
  ['2026-05-01T10:00:00', false],
  ['', false],
])('%s is an ISO time with its offset: %s', (text, is) => {
  expect(isIsoTime(text)).toBe(is);
});

import type { HistoryEntry, ReplayReport } from '@benchbook/model';
import { describe, expect, test } from 'vitest';
import { visible } from '../../src/format/visible.ts';
import { panelHtml, replayReporters } from '../../src/index.ts';
import { changesOf, comparison } from '../../src/replay/trend/changes.ts';
import { sparkline } from '../../src/replay/trend/sparkline.ts';
import { trendOf } from '../../src/replay/trend/trend.ts';
import { replay } from '../fixtures.ts';
import { attribute, byId, elementsOf, parsePage, textOf } from '../html/dom.ts';
import { holdsTogether } from '../html/holds-together.ts';
import { attacks } from '../html/hostile-rich.ts';

const options = { color: false, width: 100 };

function entry(changes: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    schema: 'benchbook.history/v1',
    at: '2026-05-01T10:00:00Z',
    version: 'v1.0',
    policies: 'a'.repeat(64),
    recordings: 'b'.repeat(64),
    calls: 1000,
    outcomes: { allow: 900, deny: 60, escalate: 40, indeterminate: 0 },
    coverage: { policies: 0.8, conditions: 0.7 },
    expectations: { met: 4, missed: 0 },
    p99Ms: 0.03,
    ...changes,
  };
}

const history = [
  entry(),
  entry({
    version: null,
    at: '2026-06-01T10:00:00Z',
    policies: 'c'.repeat(64),
    outcomes: { allow: 850, deny: 100, escalate: 40, indeterminate: 10 },
    p99Ms: null,
  }),
  entry({
    version: 'v1.2',
    at: '2026-07-01T10:00:00Z',
    policies: 'd'.repeat(64),
    outcomes: { allow: 700, deny: 260, escalate: 30, indeterminate: 10 },
    coverage: { policies: 0.9, conditions: 0.75 },
    expectations: { met: 3, missed: 1 },
    p99Ms: 0.06,
  }),
];
const report: ReplayReport = { ...replay, history };
const of = (...entries: HistoryEntry[]) => trendOf({ ...replay, history: entries })!;

test.each(['text', 'markdown'] as const)('the trend as %s', async (format) => {
  const extension = { text: 'txt', markdown: 'md' }[format];
  await expect(replayReporters[format]!(report, options)).toMatchFileSnapshot(`expected/trend.${extension}`);
});

test('json has the entries, and no format changes where no history was asked for', () => {
  expect(JSON.parse(replayReporters.json!(report, options)).history).toEqual(history);
  for (const [format, write] of Object.entries(replayReporters))
    expect([format, write({ ...replay, history: [] }, options).includes('Trend')]).toEqual([format, false]);
});

describe('what changed most', () => {
  test('most first, and only what is worth a word', () => {
    expect(changesOf(of(history[1]!, history[2]!))).toEqual([
      'deny 10.0 % to 26.0 % (+16.0 points)',
      'allow 85.0 % to 70.0 % (−15.0 points)',
      'policies covered 80.0 % to 90.0 % (+10.0 points)',
      'conditions covered 70.0 % to 75.0 % (+5.0 points)',
    ]);
    expect(changesOf(of(entry(), entry({ p99Ms: 0.06 })))).toEqual(['p99 0.0300 ms to 0.0600 ms (×2.00)']);
    expect(changesOf(of(entry(), entry({ p99Ms: 0.036 })))).toEqual([]);
    expect(changesOf(of(entry(), entry({ p99Ms: null })))).toEqual([]);
    expect(changesOf(of(entry()))).toEqual([]);
  });

  test('with what it is compared to', () => {
    const [policies, recordings] = [{ policies: 'e'.repeat(64) }, { recordings: 'e'.repeat(64) }];
    expect(comparison(of(entry()))).toBe('This is the first entry; a trend needs two.');
    expect(comparison(of(entry(), entry(policies)))).toBe(
      'Against the entry before: other policies on the same recordings.',
    );
    expect(comparison(of(entry(), entry(recordings)))).toBe(
      'Against the entry before: the same policies on other recordings.',
    );
    expect(comparison(of(entry(), entry({ ...policies, ...recordings })))).toBe(
      'Against the entry before: other policies and other recordings.',
    );
  });
});

test('a sparkline goes from its lowest to its highest', () => {
  expect(sparkline([0, 0.5, 1, null, 0.25])).toBe('▁▅█·▃');
  expect(sparkline([0.3, 0.1 + 0.2, 0.3])).toBe('▄▄▄');
  expect([sparkline([]), sparkline([null])]).toEqual(['', '·']);
});

const pages = {
  html: (one: ReplayReport) => replayReporters.html!(one, options),
  panel: (one: ReplayReport) =>
    `<!DOCTYPE html><html lang="en"><title>t</title><body>${panelHtml(one).body}</body></html>`,
};

describe.each(Object.entries(pages))('%s', (_, write) => {
  test('three charts, each told in words, and all of it as a table', () => {
    const section = elementsOf(byId(parsePage(write(report)).elements, 'trend'));
    const texts = (name: string) => section.filter((one) => one.tagName === name).map(textOf);
    expect(texts('title')).toEqual([
      'Share of calls by outcome',
      'Share of policies and conditions that are covered',
      '99th percentile of the time of one decision',
    ]);
    expect(texts('desc')[2]).toBe('p99: 0.0300 ms, none, 0.0600 ms');
    const rows = section
      .filter((one) => one.tagName === 'tr')
      .map((row) =>
        elementsOf(row)
          .filter((one) => one.tagName === 'td')
          .map(textOf),
      );
    expect(rows.slice(2)).toEqual([
      ['cccccccc', '2026-06-01', '1,000', '85.0 %', '10.0 %', '4.0 %', '1.0 %', '80.0 %', '70.0 %', '–', '0'],
      [
        'v1.2',
        '2026-07-01',
        '1,000',
        '70.0 %',
        '26.0 %',
        '3.0 %',
        '1.0 %',
        '90.0 %',
        '75.0 %',
        '0.0600 ms',
        '1',
      ],
    ]);
  });

  test('points lie in the chart, whatever the figures', () => {
    const odd = [entry({ calls: 0 }), entry({ p99Ms: 0 }), entry({ calls: 1, p99Ms: 1e9 })];
    const section = elementsOf(byId(parsePage(write({ ...replay, history: odd })).elements, 'trend'));
    const circles = section.filter((one) => one.tagName === 'circle');
    expect(circles.length).toBe(7 * 3);
    for (const circle of circles) {
      const [x, y] = [Number(attribute(circle, 'cx')), Number(attribute(circle, 'cy'))];
      expect(x >= 0 && x <= 720 && y >= 0 && y <= 120).toBe(true);
    }
  });

  test.each(attacks)('a version named %j is text', (attack) => {
    const page = write({ ...replay, history: [entry({ version: attack }), entry({ version: 'v2' })] });
    const plain = write({ ...replay, history: [entry({ version: 'v1' }), entry({ version: 'v2' })] });
    const { elements } = parsePage(page);
    expect(elements.length).toBe(parsePage(plain).elements.length);
    const cells = elementsOf(byId(elements, 'trend')).filter((one) => one.tagName === 'td');
    expect(textOf(cells[0]!)).toBe(visible(attack));
  });
});

test('the page holds together, with its charts', () => {
  holdsTogether(replayReporters.html!(report, options));
});

test('of a long history the newest entries are charted', () => {
  const long = Array.from({ length: 100 }, (_, index) => entry({ version: `v${index}` }));
  const trend = of(...long);
  expect([trend.entries.length, trend.entries.at(-1)!.version]).toEqual([60, 'v99']);
});

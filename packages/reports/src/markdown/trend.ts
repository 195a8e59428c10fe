import type { ReplayReport } from '@benchbook/model';
import { markdownCode, markdownText } from '../format/markdown.ts';
import { count } from '../format/numbers.ts';
import { changesOf, comparison } from '../replay/trend/changes.ts';
import { sparkline } from '../replay/trend/sparkline.ts';
import { dayOf, nameOf, TREND_NOTE, trendOf } from '../replay/trend/trend.ts';
import { fixedPart, type Part, tablePart } from './part.ts';

const ROWS = 20;

/** How the figures went over the entries of the history, newest first. */
export function trendPart(report: ReplayReport): Part {
  const trend = trendOf(report);
  if (!trend) return fixedPart([]);
  const { entries, series } = trend;
  const changes = changesOf(trend);
  const lines = series.map((one) => `${one.title} ${sparkline(one.values)}`).join(' · ');
  const rows = entries.map((entry, index) => [
    markdownCode(nameOf(entry)),
    dayOf(entry),
    count(entry.calls),
    ...series.map(({ values, write }) => {
      const value = values[index] ?? null;
      return value === null ? '-' : markdownText(write(value));
    }),
    count(entry.expectations.missed),
  ]);
  return tablePart({
    above: [
      '### Trend',
      '',
      comparison(trend),
      ...(changes.length > 0 ? ['', `Changed most: ${markdownText(changes.join('; '))}.`] : []),
      '',
      lines,
      '',
    ],
    header: ['version', 'day', 'calls', ...series.map((one) => one.title), 'missed'],
    right: Array.from({ length: series.length + 2 }, (_, index) => index + 2),
    rows: rows.reverse(),
    below: [TREND_NOTE],
    most: ROWS,
  });
}

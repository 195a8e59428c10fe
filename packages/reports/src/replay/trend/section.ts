import { OUTCOMES, type ReplayReport } from '@benchbook/model';
import { count, counted } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { html, type Markup } from '../../html/markup.ts';
import type { Section } from '../../html/section.ts';
import { table } from '../../html/table.ts';
import { changesOf, comparison } from './changes.ts';
import { lineChart, rangeOf } from './chart.ts';
import { dayOf, nameOf, type Series, TREND_NOTE, type Trend, trendOf } from './trend.ts';

/** How the figures went over the entries of the history; nothing where none was asked for. */
export function trendSection(report: ReplayReport): Section | undefined {
  const trend = trendOf(report);
  if (!trend) return undefined;
  const changes = changesOf(trend);
  const of = (...ids: readonly string[]) => trend.series.filter((one) => ids.includes(one.id));
  const whole = { low: 0, high: 1 };
  const p99 = of('p99');
  const isMeasured = p99.some((one) => one.values.some((value) => value !== null));
  return {
    id: 'trend',
    title: 'Trend',
    badge: counted(trend.entries.length, 'entry', 'entries'),
    body: html`<p>${comparison(trend)}${changes.length > 0 && ` Changed most: ${changes.join('; ')}.`}</p>
${figure(trend, 'trend-outcomes', 'Share of calls by outcome', of(...OUTCOMES), whole)}
${figure(trend, 'trend-coverage', 'Share of policies and conditions that are covered', of('policies', 'conditions'), whole)}
${isMeasured && figure(trend, 'trend-p99', '99th percentile of the time of one decision', p99, rangeOf(p99))}
<details class="item"><summary>The figures as a table</summary><div class="scroll" role="group" aria-label="Trend" tabindex="0">${figuresTable(trend)}</div></details>
<p class="note">${TREND_NOTE}</p>`,
  };
}

function figure(
  trend: Trend,
  id: string,
  title: string,
  lines: readonly Series[],
  range: { readonly low: number; readonly high: number },
): Markup {
  return html`<figure class="scroll" tabindex="0">${lineChart(trend, id, title, lines, range)}
<figcaption class="trend-key">${title}: ${lines.map((one) => html`<span class="t-${one.id}">${one.title}</span> `)}</figcaption></figure>`;
}

function figuresTable({ entries, series }: Trend): Markup {
  const columns = [
    { title: 'version' },
    { title: 'day' },
    ...['calls', ...series.map((one) => one.title), 'missed'].map((title) => ({ title, figures: true })),
  ];
  const rows = entries.map((entry, index) => ({
    cells: [
      html`<code>${visible(nameOf(entry))}</code>`,
      dayOf(entry),
      count(entry.calls),
      ...series.map(({ values, write }) => {
        const value = values[index] ?? null;
        return value === null ? '–' : write(value);
      }),
      count(entry.expectations.missed),
    ],
  }));
  return table('Figures of each entry, oldest first', columns, rows);
}

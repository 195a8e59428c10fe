import type { LatencyFigures, ReplayReport } from '@benchbook/model';
import { count, milliseconds } from '../format/numbers.ts';
import { visible } from '../format/visible.ts';
import { html } from '../html/markup.ts';
import type { Section } from '../html/section.ts';
import { table } from '../html/table.ts';
import { percentileChart } from '../replay/html/charts/percentiles.ts';
import { scrolling } from './figures.ts';

const columns = [
  { title: 'language' },
  ...['calls', 'p50', 'p95', 'p99', 'max'].map((title) => ({ title, figures: true })),
];

/** How long a decision takes; nothing where it was not measured. */
export function latencySection({ latency }: ReplayReport): Section | undefined {
  if (!latency) return undefined;
  const languages = Object.entries(latency.perLanguage).sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = [['all', latency] as const, ...languages].map(([name, figures]) => ({ name, figures }));
  return {
    id: 'latency',
    title: 'Latency',
    badge: milliseconds(latency.p99),
    body: html`<p>Half of the decisions take ${milliseconds(latency.p50)} or less, 99 of 100 ${milliseconds(latency.p99)} or less. The same measure over an empty set, the floor, is ${milliseconds(latency.floor)}.</p>
<figure class="scroll" tabindex="0">${percentileChart(rows, latency.floor)}
<figcaption class="key"><span class="k-p50">p50</span><span class="k-p95">p95</span><span class="k-p99">p99</span><span class="k-max">max</span><span class="k-floor">floor</span> on a logarithmic axis</figcaption></figure>
<details class="item"><summary>The figures as a table</summary>${scrolling(
      'Percentiles',
      table(
        'Percentiles',
        columns,
        rows.map(({ name, figures }) => ({ cells: cells(name, figures) })),
      ),
    )}</details>`,
  };
}

function cells(name: string, { n, p50, p95, p99, max }: LatencyFigures): readonly string[] {
  return [visible(name), count(n), ...[p50, p95, p99, max].map(milliseconds)];
}

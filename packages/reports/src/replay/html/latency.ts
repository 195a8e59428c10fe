import type { LatencyFigures } from '@benchbook/model';
import { count, decimal, milliseconds } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { html } from '../../html/markup.ts';
import type { Section } from '../../html/section.ts';
import { table } from '../../html/table.ts';
import { percentileChart } from './charts/percentiles.ts';
import type { Context } from './context.ts';

const columns = [
  { title: 'language' },
  ...['calls', 'p50', 'p95', 'p99', 'max'].map((title) => ({ title, figures: true })),
];

/** How long a decision took; nothing where it was not measured. */
export function latencySection({ report }: Context): Section | undefined {
  const { latency } = report;
  if (!latency) return undefined;
  const languages = Object.entries(latency.perLanguage).sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = [['all', latency] as const, ...languages].map(([name, figures]) => ({ name, figures }));
  return {
    id: 'latency',
    title: 'Latency',
    badge: milliseconds(latency.p99),
    body: html`<p>One decision on a prepared request; the same measure over an empty set, the floor, is ${milliseconds(latency.floor)}.${
      latency.readMBps !== undefined && ` Recordings were read at ${decimal(latency.readMBps)} MB/s.`
    }</p>
<figure>${percentileChart(rows, latency.floor)}
<figcaption><span class="key p50">p50</span><span class="key p95">p95</span><span class="key p99">p99</span><span class="key max">max</span><span class="key floor">floor</span> on a logarithmic axis</figcaption></figure>
<div class="scroll">${table(
      'Percentiles',
      columns,
      rows.map(({ name, figures }) => ({ cells: cells(name, figures) })),
    )}</div>`,
  };
}

function cells(name: string, figures: LatencyFigures): readonly string[] {
  const { n, p50, p95, p99, max } = figures;
  return [visible(name), count(n), ...[p50, p95, p99, max].map(milliseconds)];
}

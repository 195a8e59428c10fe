import type { DiffReport } from '@benchbook/model';
import { milliseconds, percent } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { html } from '../../html/markup.ts';
import type { Section } from '../../html/section.ts';
import { table } from '../../html/table.ts';
import { latencySentence, ratio } from '../latency-sentence.ts';
import { intervalChart } from './interval-chart.ts';

const ROWS = 20;

/** Are the slowest decisions slower, and what carries the difference; nothing where it was not measured. */
export function latencySection({ latency }: DiffReport): Section | undefined {
  if (!latency) return undefined;
  const { p50, p99, policies, calls } = latency;
  const figures = [{ title: 'figure' }, { title: 'before', figures: true }, { title: 'now', figures: true }];
  const rows = [['p50', p50] as const, ['p99', p99] as const].map(([name, { base, head }]) => ({
    cells: [name, milliseconds(base), milliseconds(head)],
  }));
  return {
    id: 'latency',
    title: 'Latency',
    badge: `${ratio(p99.ratio)} ×`,
    body: html`<p>${latencySentence(latency)}</p>
<figure>${intervalChart(p99)}<figcaption>p99 now by p99 before, with its 95 % interval</figcaption></figure>
<div class="scroll">${table('Percentiles of both versions', figures, rows)}</div>
${
  policies.length > 0 &&
  html`<h3>What carries the difference</h3>
<div class="scroll">${table(
    'Policies that carry the difference',
    [{ title: 'policy' }, { title: 'share', figures: true }],
    policies
      .slice(0, ROWS)
      .map((one) => ({ cells: [html`<code>${visible(one.policy)}</code>`, percent(one.share, 1)] })),
  )}</div>`
}
${
  calls.length > 0 &&
  html`<div class="scroll">${table(
    'Calls that carry the difference',
    [{ title: 'call' }, ...figures.slice(1)],
    calls.slice(0, ROWS).map((one) => ({
      cells: [
        html`<code>${visible(one.call)}</code> <small>${visible(one.tool)}</small>`,
        milliseconds(one.base),
        milliseconds(one.head),
      ],
    })),
  )}</div>`
}`,
  };
}

import { OUTCOMES } from '@benchbook/model';
import { count, percent } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { html, type Markup } from '../../html/markup.ts';
import { outcomeBadge } from '../../html/outcome.ts';
import type { Section } from '../../html/section.ts';
import { table } from '../../html/table.ts';
import { stackedBar } from './charts/stacked-bar.ts';
import type { Context } from './context.ts';

/** What the policies decide, of all calls and by tool. */
export function outcomesSection({ report }: Context): Section {
  const { summary, tools } = report;
  return {
    id: 'outcomes',
    title: 'Outcomes',
    body: html`${stackedBar('outcomes-bar', 'Calls by outcome', summary.outcomes)}
<ul class="outcomes">${OUTCOMES.map(
      (outcome) =>
        html`<li>${outcomeBadge(outcome)} <b>${count(summary.outcomes[outcome])}</b> <small>${percent(
          summary.outcomes[outcome],
          summary.calls,
        )}</small></li>`,
    )}</ul>
${
  tools.length > 0 &&
  html`<h3>By tool</h3>
${byTool(report.tools)}`
}
${audit(report.wouldChange)}`,
  };
}

function byTool(tools: Context['report']['tools']): Markup {
  const columns = [
    { title: 'tool' },
    { title: 'calls', figures: true },
    { title: 'outcomes' },
    ...OUTCOMES.map((title) => ({ title, figures: true })),
  ];
  const rows = tools.map((tool, index) => ({
    cells: [
      html`<code>${visible(tool.name)}</code>`,
      count(tool.calls),
      stackedBar(`tool-${index}`, visible(tool.name), tool.outcomes),
      ...OUTCOMES.map((outcome) => count(tool.outcomes[outcome])),
    ],
  }));
  return html`<div class="scroll by-tool">${table('Calls by tool and outcome', columns, rows)}</div>`;
}

function audit(wouldChange: Context['report']['wouldChange']): Markup | false {
  const kinds = Object.entries(wouldChange).sort(([a], [b]) => (a < b ? -1 : 1));
  return (
    kinds.length > 0 &&
    html`<h3>What audit policies would change</h3>
<ul>${kinds.map(([kind, calls]) => html`<li><code>${visible(kind).replace('->', ' → ')}</code> in ${count(calls)} ${calls === 1 ? 'call' : 'calls'}</li>`)}</ul>`
  );
}

import { OUTCOMES, type OutcomeCounts, type ReplayReport } from '@benchbook/model';
import { count, counted, percent } from '../format/numbers.ts';
import { visible } from '../format/visible.ts';
import { html, type Markup } from '../html/markup.ts';
import { outcomeBadge } from '../html/outcome.ts';
import type { Section } from '../html/section.ts';
import { bar } from './bar.ts';

/** What the policies decide, of all calls. */
export function outcomesSection({ summary, wouldChange }: ReplayReport): Section {
  const kinds = Object.entries(wouldChange).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    id: 'outcomes',
    title: 'Outcomes',
    body: html`${outcomeBar(summary.outcomes)}
<ul class="outcomes">${OUTCOMES.map(
      (outcome) =>
        html`<li>${outcomeBadge(outcome)} <b>${count(summary.outcomes[outcome])}</b> <small>${percent(
          summary.outcomes[outcome],
          summary.calls,
        )}</small></li>`,
    )}</ul>
${
  kinds.length > 0 &&
  html`<h3>What audit policies would change</h3>
<ul>${kinds.map(([kind, calls]) => html`<li><code>${visible(kind).replace('->', ' → ')}</code> in ${counted(calls, 'call')}</li>`)}</ul>`
}
${
  summary.firstDivergences > 0 &&
  html`<p>${counted(summary.firstDivergences, 'session')} would have gone another way: a call that was executed is not allowed now. What follows it is decided on the recorded history.</p>`
}`,
  };
}

/** Calls by outcome, for the eye. */
export function outcomeBar(counts: OutcomeCounts): Markup {
  const parts = OUTCOMES.map((outcome) => ({ kind: outcome, value: counts[outcome] }));
  return bar(
    parts,
    parts.reduce((sum, part) => sum + part.value, 0),
  );
}

import type { DiffReport } from '@benchbook/model';
import { count, counted } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { html } from '../../html/markup.ts';
import type { Section } from '../../html/section.ts';
import { table } from '../../html/table.ts';

/** What the reviewed list approves, and what in it approves nothing; nothing where there is no list. */
export function approvalsSection({ approvals, summary }: DiffReport): Section | undefined {
  if (!approvals) return undefined;
  const { file, entries, stale } = approvals;
  const rows = stale.map((one) => ({ cells: [count(one.line), html`<code>${visible(one.text)}</code>`] }));
  return {
    id: 'approvals',
    title: 'Approvals',
    ...(stale.length > 0 ? { badge: `${count(stale.length)} stale` } : {}),
    body: html`<p><code>${visible(file)}</code>: ${counted(entries, 'entry', 'entries')} approve ${counted(summary.approved, 'flip')} of ${count(summary.flips)}.</p>
${
  stale.length === 0
    ? html`<p>None is stale.</p>`
    : html`<h3>${counted(stale.length, 'stale approval')}</h3>
<div class="scroll">${table('Approvals that approve nothing', [{ title: 'line', figures: true }, { title: 'entry' }], rows)}</div>`
}`,
  };
}

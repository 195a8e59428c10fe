import type { DiffReport } from '@benchbook/model';
import { count } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { html } from '../../html/markup.ts';
import { outcomeBadge } from '../../html/outcome.ts';
import { recordingPlace } from '../../html/recording-place.ts';
import type { Section } from '../../html/section.ts';
import { table } from '../../html/table.ts';

const columns = [
  { title: 'call' },
  { title: 'tool' },
  { title: 'before' },
  { title: 'now' },
  { title: 'why' },
  { title: 'recorded in' },
];
const ROWS = 500;

/** Calls of which nobody knows whether they flip; nothing where there are none. */
export function undecidedSection({ undecided, summary }: DiffReport): Section | undefined {
  if (summary.undecided === 0) return undefined;
  const rows = undecided.slice(0, ROWS).map((one) => ({
    cells: [
      html`<code>${visible(one.call)}</code>`,
      html`<code>${visible(one.tool)}</code>`,
      outcomeBadge(one.from),
      outcomeBadge(one.to),
      html`<ul class="plain">${one.why.map((why) => html`<li>${visible(why)}</li>`)}</ul>`,
      html`<code>${recordingPlace(one.source)}</code>`,
    ],
  }));
  const rest = summary.undecided - rows.length;
  return {
    id: 'undecided',
    title: 'Undecided',
    badge: count(summary.undecided),
    body: html`<p>Indeterminate in one version or both: nobody knows whether they flip, and they are not counted as unchanged.</p>
<div class="scroll">${table('Undecided calls', columns, rows)}</div>${rest > 0 && html`<p>… and ${count(rest)} more</p>`}`,
  };
}

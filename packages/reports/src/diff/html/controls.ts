import type { DiffReport } from '@benchbook/model';
import { count } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { html } from '../../html/markup.ts';
import type { Section } from '../../html/section.ts';
import { table } from '../../html/table.ts';
import { changedControls, lostEvidence } from '../changed-controls.ts';
import { sides } from '../sides.ts';

const columns = [
  { title: 'control' },
  { title: 'policies', figures: true },
  { title: 'determined', figures: true },
  { title: 'evidenced' },
];

/** Controls whose policies or evidence changed. */
export function controlsSection(report: DiffReport): Section {
  const controls = changedControls(report);
  const rows = controls.map((one) => ({
    cells: [
      html`<code>${visible(one.ref)}</code> ${visible(one.title)}`,
      sides(one.policies, count),
      sides(one.determined, count),
      lostEvidence(one)
        ? html`<span class="bad">✕ no longer</span>`
        : sides(one.evidenced, (yes) => (yes ? 'yes' : 'no')),
    ],
  }));
  return {
    id: 'controls',
    title: 'Controls',
    badge: count(rows.length),
    body:
      rows.length === 0
        ? html`<p>Every control is served as before.</p>`
        : html`<div class="scroll">${table('Controls served otherwise', columns, rows)}</div>`,
  };
}

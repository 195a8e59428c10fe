import type { BoundaryReport } from '@benchbook/model';
import { count } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { html } from '../../html/markup.ts';
import { outcomeBadge } from '../../html/outcome.ts';
import type { Section } from '../../html/section.ts';
import { type Row, table } from '../../html/table.ts';
import { type Context, callLink, placeLink } from './context.ts';

const columns = [
  { title: 'condition' },
  { title: 'where' },
  { title: 'fact' },
  { title: 'value' },
  { title: 'decided' },
  { title: 'recorded call' },
  { title: 'was' },
];

/** Recorded calls varied to just below, at and above what conditions compare with. */
export function boundariesSection(context: Context): Section {
  const { boundaries } = context.report;
  return {
    id: 'boundaries',
    title: 'Boundary calls',
    badge: count(boundaries.length),
    body:
      boundaries.length === 0
        ? html`<p>None: no condition that compares a fact with a literal was reached.</p>`
        : html`<p class="aside-note">Recorded calls, varied to just below, at and above each literal, and decided by the same
policies. They are not counted anywhere else. Where the outcome is what you want, keep the call with an <code>expect</code>.</p>
<div class="scroll">${table(
            'Boundary calls',
            columns,
            boundaries.map((one) => boundaryRow(context, one)),
          )}</div>`,
  };
}

function boundaryRow(context: Context, one: BoundaryReport): Row {
  return {
    cells: [
      html`<code>${visible(one.text)}</code>`,
      placeLink(context, one.file, one.range),
      html`<code>${visible(one.pointer)}</code>`,
      html`<code${typeof one.value === 'number' && html` class="nowrap"`}>${visible(JSON.stringify(one.value))}</code>`,
      html`${outcomeBadge(one.outcome)}${one.outcome !== one.from && html` <small>changed</small>`}`,
      html`${callLink(context, one.call)} <small>${visible(one.tool)}</small>`,
      outcomeBadge(one.from),
    ],
  };
}

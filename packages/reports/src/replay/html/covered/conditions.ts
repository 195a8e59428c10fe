import { count } from '../../../format/numbers.ts';
import { visible } from '../../../format/visible.ts';
import { html, type Markup } from '../../../html/markup.ts';
import { table } from '../../../html/table.ts';
import { seen, seenBadge } from './condition.ts';
import type { Numbered } from './marks.ts';

const columns = [
  { title: 'no.', figures: true },
  { title: 'line', figures: true },
  { title: 'condition' },
  { title: 'seen' },
  { title: 'true', figures: true },
  { title: 'false', figures: true },
  { title: 'error', figures: true },
  { title: 'unreached', figures: true },
];

/** The conditions of a file as a list, for files whose source is not to be had. */
export function conditionTable(file: string, conditions: readonly Numbered[]): Markup {
  const rows = conditions.map(({ number, condition, whole }) => ({
    cells: [
      count(number),
      `${condition.range.start.line}:${condition.range.start.column}`,
      html`<code>${visible(condition.text)}</code>${whole && html` <i>whole</i>`}`,
      seenBadge(seen(condition)),
      count(condition.true),
      count(condition.false),
      count(condition.error),
      count(condition.unreached),
    ],
  }));
  return html`<div class="scroll">${table(`Conditions of ${visible(file)}`, columns, rows)}</div>`;
}

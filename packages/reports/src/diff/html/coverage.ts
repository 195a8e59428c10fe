import type { DiffReport } from '@benchbook/model';
import { count, counted, percent } from '../../format/numbers.ts';
import { visible } from '../../format/visible.ts';
import { html } from '../../html/markup.ts';
import type { Section } from '../../html/section.ts';
import { table } from '../../html/table.ts';

const ROWS = 500;

/** Coverage of both versions, and what base covers and head no longer does. */
export function coverageSection({ coverage: { policies, conditions, lost } }: DiffReport): Section {
  const shares = [
    ['policies that applied', policies],
    ['conditions seen true and false', conditions],
  ] as const;
  const total = lost.policies.length + lost.conditions.length;
  const losses = [
    ...lost.policies.map((id) => [html`<code>${visible(id)}</code>`, 'never applies now', '–']),
    ...lost.conditions.map((one) => [
      one.policy === null ? '–' : html`<code>${visible(one.policy)}</code>`,
      html`<code>${visible(one.text)}</code>`,
      html`<code>${visible(`${one.file}:${one.range.start.line}:${one.range.start.column}`)}</code>`,
    ]),
  ];
  const rest = total - ROWS;
  const columns = [{ title: 'covered' }, { title: 'before', figures: true }, { title: 'now', figures: true }];
  return {
    id: 'coverage',
    title: 'Coverage',
    ...(total > 0 ? { badge: `${count(total)} lost` } : {}),
    body: html`<div class="scroll">${table(
      'Coverage of both versions',
      columns,
      shares.map(([what, share]) => ({ cells: [what, percent(share.base, 1), percent(share.head, 1)] })),
    )}</div>
${
  total === 0
    ? html`<p>Nothing lost coverage.</p>`
    : html`<h3>${counted(total, 'entry', 'entries')} lost coverage</h3>
<div class="scroll">${table(
        'Lost coverage',
        [{ title: 'policy' }, { title: 'condition' }, { title: 'where' }],
        losses.slice(0, ROWS).map((cells) => ({ cells })),
      )}</div>${rest > 0 && html`<p>… and ${count(rest)} more</p>`}`
}`,
  };
}

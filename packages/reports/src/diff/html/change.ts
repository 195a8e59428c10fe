import type { ConditionChange, ConditionPlace } from '@benchbook/model';
import { visible } from '../../format/visible.ts';
import { html, type Markup } from '../../html/markup.ts';

/** A changed condition, both versions side by side. */
export function changeMarkup({ base, head }: ConditionChange): Markup {
  return html`<div class="change"><div class="before"><small>before${place(base)}</small>${text(base)}</div><div class="now"><small>now${place(head)}</small>${text(head)}</div></div>
`;
}

function text(side: ConditionPlace | null): Markup {
  return side === null ? html`<i>none</i>` : html`<code>${visible(side.text)}</code>`;
}

function place(side: ConditionPlace | null): string {
  return side === null ? '' : visible(`, ${side.file}:${side.range.start.line}:${side.range.start.column}`);
}

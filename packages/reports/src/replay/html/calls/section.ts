import { OUTCOMES } from '@benchbook/model';
import { count, counted } from '../../../format/numbers.ts';
import { html, type Markup } from '../../../html/markup.ts';
import { pager } from '../../../html/pager.ts';
import type { Section } from '../../../html/section.ts';
import type { Context } from '../context.ts';
import type { CallsData } from './data.ts';
import { decodeCall } from './decode.ts';
import { filterForm } from './form.ts';
import { callRow } from './row.ts';
import { CALLS, selectCalls } from './select.ts';

/** Entries that stand in the page itself, for readers without scripts. */
const STATIC = 200;

/** Every call of the page, to be filtered. */
export function callsSection(context: Context, data: CallsData): Section {
  const decisions = context.report.decisions ?? [];
  const shown = new Set(selectCalls(context.calls, STATIC));
  const rows = context.calls.flatMap((call, index) => (shown.has(call) ? [index] : []));
  return {
    id: 'calls',
    title: 'Calls',
    badge: count(decisions.length),
    body:
      decisions.length === 0
        ? html`<p>This report was made without an entry per call.</p>`
        : html`${left(decisions.length)}
${rows.length < data.calls.length && html`<noscript><p class="aside-note">Without scripts the page shows ${counted(rows.length, 'call')}, those that were not allowed first.</p></noscript>`}
${filterForm(OUTCOMES)}
<p id="calls-status" class="status" role="status">${counted(rows.length, 'call')}</p>
<ol id="calls-list" class="calls">
${rows.map((index) => callRow(decodeCall(data, index)))}</ol>
${pager('calls', 'Pages of calls')}`,
  };
}

function left(total: number): Markup | false {
  return (
    total > CALLS &&
    html`<p class="aside-note">This page holds ${count(CALLS)} of ${count(
      total,
    )} calls: those that were not allowed first. <code>--format csv --decisions</code> writes them all.</p>`
  );
}

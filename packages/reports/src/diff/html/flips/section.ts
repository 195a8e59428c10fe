import { count, counted } from '../../../format/numbers.ts';
import { html, type Markup } from '../../../html/markup.ts';
import { outcomeBadge } from '../../../html/outcome.ts';
import { pager } from '../../../html/pager.ts';
import type { Section } from '../../../html/section.ts';
import type { FlipsData } from '../data.ts';
import { decodeFlip } from './decode.ts';
import { flipRow } from './row.ts';

/** Entries that stand in the page itself, for readers without scripts. */
const STATIC = 100;

/** Every flip of the page, to be filtered. */
export function flipsSection(data: FlipsData, total: number): Section {
  const shown = Math.min(STATIC, data.flips.length);
  const rest = total - data.flips.length;
  return {
    id: 'flips',
    title: 'Flips',
    badge: count(total),
    body:
      total === 0
        ? html`<p>None: no recorded call with a known outcome comes out otherwise.</p>`
        : html`${rest > 0 && html`<p class="aside-note">This page holds ${count(data.flips.length)} of ${counted(total, 'flip')}: unapproved and newly allowed ones first. <code>--format json</code> writes them all.</p>`}
${shown < data.flips.length && html`<noscript><p class="aside-note">Without scripts the page shows the first ${counted(shown, 'flip')}.</p></noscript>`}
${form(data)}
<p id="flips-status" class="status" role="status">${counted(shown, 'flip')}</p>
<ol id="flips-list" class="calls">
${Array.from({ length: shown }, (_, index) => flipRow(decodeFlip(data, index)))}</ol>
${pager('flips', 'Pages of flips')}`,
  };
}

/** The filters. Hidden until a script takes them over: without one they would do nothing. */
function form({ kinds }: FlipsData): Markup {
  return html`<form id="flips-filter" class="filter" hidden aria-label="Filter flips">
<fieldset><legend>Kind</legend>${kinds.map(
    ([from, to], index) =>
      html`<label class="check"><input type="checkbox" name="kind" value="${index}" checked> ${badge(from)} → ${badge(to)} <span class="n" data-kind="${index}"></span></label>`,
  )}</fieldset>
<label>Policy <select name="policy"><option value="">any</option></select></label>
<label>Tool <select name="tool"><option value="">any</option></select></label>
<label>Only flips <select name="mark"><option value="">all</option><option value="unapproved">that nothing approves</option><option value="approved">approved</option><option value="first">that are no consequence of another</option></select></label>
<label class="wide">Text <input name="text" type="search" autocomplete="off" spellcheck="false" placeholder="call, session, agent, user, policy, condition, reason, file"></label>
<button type="button" id="flips-clear">Clear</button>
</form>`;
}

function badge(outcome: string): Markup {
  return outcomeBadge(outcome as Parameters<typeof outcomeBadge>[0]);
}

import type { Outcome } from '@benchbook/model';
import { html, type Markup } from '../../../html/markup.ts';
import { outcomeBadge } from '../../../html/outcome.ts';

/** What a call can be singled out for, beside its outcome; values are those of the browser's filter. */
export const MARKS = {
  unexpected: 'decided otherwise than expected',
  expected: 'with an expectation',
  error: 'with an error',
  missing: 'for want of a fact',
  audit: 'that audit policies would change',
  after: 'after a first divergence',
} as const;

/** The filters. Hidden until a script takes them over: without one they would do nothing. */
export function filterForm(outcomes: readonly Outcome[]): Markup {
  return html`<form id="calls-filter" class="filter" hidden aria-label="Filter calls">
<fieldset><legend>Outcome</legend>${outcomes.map(
    (outcome, index) =>
      html`<label class="check"><input type="checkbox" name="outcome" value="${index}" checked> ${outcomeBadge(outcome)} <span class="n" data-outcome="${index}"></span></label>`,
  )}</fieldset>
<label>Tool <select name="tool"><option value="">any</option></select></label>
<label>Policy <select name="policy"><option value="">any</option></select></label>
<label>Session <input name="session" type="search" autocomplete="off" spellcheck="false" list="calls-sessions"></label><datalist id="calls-sessions"></datalist>
<label>Only calls <select name="mark"><option value="">all</option>${Object.entries(MARKS).map(
    ([value, words]) => html`<option value="${value}">${words}</option>`,
  )}</select></label>
<label class="wide">Text <input name="text" type="search" autocomplete="off" spellcheck="false" placeholder="call, tool, policy, reason, error, file"></label>
<button type="button" id="calls-clear">Clear</button>
</form>`;
}

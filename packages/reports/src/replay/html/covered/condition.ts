import type { ConditionReport } from '@benchbook/model';
import { count } from '../../../format/numbers.ts';
import { html, type Markup } from '../../../html/markup.ts';

/** How far a condition was exercised; an error hides the rest. */
export type Seen = 'both' | 'true-only' | 'false-only' | 'unreached' | 'error';

/** The sign tells without colour what the colour tells. */
export const seenSigns: { readonly [seen in Seen]: { readonly sign: string; readonly words: string } } = {
  both: { sign: '✓', words: 'seen true and false' },
  'true-only': { sign: 'T', words: 'only ever true' },
  'false-only': { sign: 'F', words: 'only ever false' },
  unreached: { sign: '○', words: 'never reached' },
  error: { sign: '!', words: 'in error on some call' },
};

/** What the counts of a condition come to. */
export function seen(condition: ConditionReport): Seen {
  if (condition.error > 0) return 'error';
  if (condition.true > 0) return condition.false > 0 ? 'both' : 'true-only';
  return condition.false > 0 ? 'false-only' : 'unreached';
}

/** `true 14 / false 3,046`, with errors where there are any. */
export function sides(condition: ConditionReport): string {
  const errors = condition.error > 0 ? ` / error ${count(condition.error)}` : '';
  return `true ${count(condition.true)} / false ${count(condition.false)}${errors}`;
}

/** The whole of it, for a tooltip: the verdict, the counts, the calls that did not get there. */
export function told(condition: ConditionReport): string {
  return `${seenSigns[seen(condition)].words}: ${sides(condition)} / unreached ${count(condition.unreached)}`;
}

/** The sign in its colour. */
export function seenBadge(one: Seen): Markup {
  const { sign, words } = seenSigns[one];
  return html`<span class="seen ${one}" title="${words}" aria-label="${words}" role="img">${sign}</span>`;
}

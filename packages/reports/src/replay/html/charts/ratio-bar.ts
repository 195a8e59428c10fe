import { count, percent } from '../../../format/numbers.ts';
import { html, type Markup } from '../../../html/markup.ts';

/** `18 of 19 policies` over a small bar; a dash where there is nothing to cover. */
export function ratioBar(what: string, covered: number, total: number): Markup {
  if (total === 0) return html`<span class="ratio none">no ${what}</span>`;
  const width = ((100 * covered) / total).toFixed(2);
  return html`<span class="ratio"><span>${count(covered)} of ${count(total)} ${what} <b>${percent(covered, total)}</b></span><svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="ground" width="100" height="6"/><rect class="${
    covered === total ? 'full' : 'part'
  }" width="${width}" height="6"/></svg></span>`;
}

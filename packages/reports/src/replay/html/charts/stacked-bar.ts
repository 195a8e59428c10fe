import { OUTCOMES, type Outcome } from '@benchbook/model';
import { count } from '../../../format/numbers.ts';
import { html, type Markup } from '../../../html/markup.ts';

/** Calls by outcome as one bar of full width; `id` is an anchor of ours. */
export function stackedBar(
  id: string,
  title: string,
  counts: { readonly [outcome in Outcome]: number },
): Markup {
  const total = OUTCOMES.reduce((sum, outcome) => sum + counts[outcome], 0);
  const told = OUTCOMES.filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${count(counts[outcome])} ${outcome}`)
    .join(', ');
  let start = 0;
  const parts = OUTCOMES.filter((outcome) => counts[outcome] > 0).map((outcome) => {
    // What happened at all stays to be seen: never thinner than half a per cent.
    const width = Math.max(0.5, (100 * counts[outcome]) / total);
    const part = html`<rect class="${outcome}" x="${start.toFixed(2)}" width="${width.toFixed(2)}" height="10"/>`;
    start += width;
    return part;
  });
  const width = Math.max(100, start).toFixed(2);
  return html`<svg class="stack" viewBox="0 0 ${width} 10" preserveAspectRatio="none" role="img" aria-labelledby="${id}-t ${id}-d"><title id="${id}-t">${title}</title><desc id="${id}-d">${
    told === '' ? 'no calls' : told
  }</desc><rect class="ground" width="${width}" height="10"/>${parts}</svg>`;
}

import type { Outcome } from '@benchbook/model';
import { html, type Markup } from './markup.ts';

/** Beside the word, so that an outcome is told without its colour. */
const signs: { readonly [outcome in Outcome]: string } = {
  allow: '✓',
  deny: '✕',
  escalate: '↑',
  indeterminate: '?',
};

/** An outcome as a coloured word with its sign. */
export function outcomeBadge(outcome: Outcome): Markup {
  return html`<span class="outcome ${outcome}"><span aria-hidden="true">${signs[outcome]}</span> ${outcome}</span>`;
}

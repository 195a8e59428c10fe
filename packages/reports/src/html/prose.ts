import { visible } from '../format/visible.ts';
import { html, type Markup } from './markup.ts';

/** A sentence in which what stands in backticks is code; an odd backtick stays what it is. */
export function prose(sentence: string): Markup {
  const parts = visible(sentence).split('`');
  if (parts.length % 2 === 0) return html`${parts.join('`')}`;
  return html`${parts.map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

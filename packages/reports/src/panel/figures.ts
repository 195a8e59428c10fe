import { html, type Markup, type Part } from '../html/markup.ts';

/** A figure with what it is and a note. */
export interface Figure {
  readonly title: string;
  readonly value: Part;
  readonly note: Part;
}

/** Figures as cards. */
export function figures(list: readonly Figure[]): Markup {
  return html`<dl class="figures">${list.map(
    ({ title, value, note }) => html`<div><dt>${title}</dt><dd>${value}<small>${note}</small></dd></div>`,
  )}</dl>`;
}

/** A table that scrolls by itself where it is too wide, also by keyboard. */
export function scrolling(label: string, table: Markup): Markup {
  return html`<div class="scroll" role="group" aria-label="${label}" tabindex="0">${table}</div>`;
}

/** Items beyond which a list starts folded or is cut. */
export const LISTED = 200;

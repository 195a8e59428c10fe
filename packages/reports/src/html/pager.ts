import { html, type Markup } from './markup.ts';

/** Buttons that turn the pages of the list called `id`; hidden until a script takes them over. */
export function pager(id: string, label: string): Markup {
  return html`<nav id="${id}-pages" class="pages" aria-label="${label}" hidden><button type="button" data-page="first">First</button><button type="button" data-page="previous">Previous</button><span id="${id}-page"></span><button type="button" data-page="next">Next</button><button type="button" data-page="last">Last</button></nav>`;
}

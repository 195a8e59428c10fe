import { html, type Markup, type Part } from './markup.ts';

/** A part of the report: where it stands in the contents, and what it says. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** Beside the title in the contents. */
  readonly badge?: string;
  readonly body: Part;
}

/** The part with its heading. */
export function sectionMarkup(section: Section): Markup {
  return html`<section id="${section.id}" aria-labelledby="${section.id}-title">
<h2 id="${section.id}-title">${section.title}</h2>
${section.body}
</section>`;
}

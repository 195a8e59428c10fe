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

/** The parts of the report with what is in them. */
export function contents(sections: readonly Section[]): Markup {
  return html`<nav class="contents" aria-label="Contents"><ul>${sections.map(
    ({ id, title, badge }) =>
      html`<li><a href="#${id}">${title}${badge !== undefined && html` <span class="badge">${badge}</span>`}</a></li>`,
  )}</ul></nav>`;
}

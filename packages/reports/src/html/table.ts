import { html, type Markup, type Part } from './markup.ts';

/** A column: its heading, and whether it holds figures. */
export interface Column {
  readonly title: string;
  readonly figures?: boolean;
}

/** A table row; `id` is an anchor made by us. */
export interface Row {
  readonly id?: string | undefined;
  readonly cells: readonly Part[];
}

/** A table that becomes a list of cards on a narrow screen: each cell carries its heading. */
export function table(caption: string, columns: readonly Column[], rows: readonly Row[]): Markup {
  return html`<table class="cards"><caption class="aside">${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col"${figures(column)}>${column.title}</th>`)}</tr></thead>
<tbody>
${rows.map(
  (row) => html`<tr${row.id !== undefined && html` id="${row.id}"`}>${row.cells.map(
    (cell, index) =>
      html`<td data-label="${columns[index]!.title}"${figures(columns[index]!)}><div>${cell}</div></td>`,
  )}</tr>
`,
)}</tbody></table>`;
}

function figures(column: Column): Markup | false {
  return column.figures === true && html` class="num"`;
}

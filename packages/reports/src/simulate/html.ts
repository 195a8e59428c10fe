import type { SimulationReport } from '@benchbook/model';
import { html } from '../html/markup.ts';
import { page, scriptJson } from '../html/page.ts';
import { contents, sectionMarkup } from '../html/section.ts';
import type { Reporter } from '../reporter.ts';
import * as assets from './html/assets.ts';
import { header } from './html/header.ts';
import { simulationSections } from './html/sections-of.ts';
import { verdictOf } from './words.ts';

/** The simulation as one page that opens from disk, fetches nothing and can be printed. */
export const simulateHtml: Reporter<SimulationReport> = (report) => {
  const sections = simulationSections(report);
  const main = html`<main id="main">
${sections.map(
  (section) => html`${sectionMarkup(section)}
`,
)}</main>`;
  const title = `Benchbook simulation: ${verdictOf(report).sentence}`;
  return page(title, [header(report), contents(sections), main], scriptJson(null), assets);
};

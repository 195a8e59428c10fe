import type { SimulationReport } from '@benchbook/model';
import { html } from '../html/markup.ts';
import { page, scriptJson } from '../html/page.ts';
import { contents, type Section, sectionMarkup } from '../html/section.ts';
import type { Reporter } from '../reporter.ts';
import * as assets from './html/assets.ts';
import { header } from './html/header.ts';
import {
  agentsSection,
  breakersSection,
  findingsSection,
  incidentsSection,
  trialsSection,
} from './html/sections.ts';
import { timeLineSection } from './html/time-line.ts';
import { verdictOf } from './words.ts';

/** The simulation as one page that opens from disk, fetches nothing and can be printed. */
export const simulateHtml: Reporter<SimulationReport> = (report) => {
  const sections = [
    findingsSection(report),
    timeLineSection(report),
    agentsSection(report),
    breakersSection(report),
    trialsSection(report),
    incidentsSection(report),
  ].filter((section): section is Section => section !== undefined);
  const main = html`<main id="main">
${sections.map(
  (section) => html`${sectionMarkup(section)}
`,
)}</main>`;
  const title = `Benchbook simulation: ${verdictOf(report).sentence}`;
  return page(title, [header(report), contents(sections), main], scriptJson(null), assets);
};
